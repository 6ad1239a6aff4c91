"""Places in status lists, and the lists signed anew with every change of a bit, in the transaction of that change."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils import timezone

from phereclos.badges import documents, keyring
from phereclos.badges.models import STATUS_LENGTH, Award, IssuerKey, StatusList
from verifiable_badges.status import free_index

# Half full: a random free place is found in two tries on average, and who looks at a place learns nothing of its time.
FULL = STATUS_LENGTH // 2


def open_list(key: IssuerKey, at: datetime) -> StatusList:
    """A new, empty, signed list for the identity of this key."""
    row = StatusList(issuer=key.issuer, did=key.did)
    row.credential = keyring.sign(documents.status_credential(row, (), at), key=key, at=at)
    row.signed_at = at
    row.save()
    return row


def free_place(key: IssuerKey, at: datetime) -> tuple[StatusList, int]:
    """A list of this key's identity, locked until the transaction ends, and a random place in it nobody has or had."""
    row = StatusList.objects.select_for_update(no_key=True).filter(did=key.did, used__lt=FULL).order_by("-pk").first()
    if row is None:
        row = open_list(key, at)
    row.used += 1
    row.save(update_fields=["used"])

    def is_taken(index: int) -> bool:
        return Award.objects.filter(status_list=row, status_index=index).exists()

    return row, free_index(STATUS_LENGTH, is_taken, secrets.randbelow)


def sign_again(row: StatusList) -> None:
    """Sign the list as the rows stand now; the row must be locked by the caller."""
    at = timezone.now()
    key = _speaker(row)
    row.credential = keyring.sign(documents.status_credential(row, withdrawn(row), at), key=key, at=at)
    row.signed_at = at
    row.save(update_fields=["credential", "signed_at"])


def withdrawn(row: StatusList) -> list[int]:
    revoked = Award.objects.filter(status_list=row, revoked_at__isnull=False)
    return sorted(revoked.values_list("status_index", flat=True))


def _speaker(row: StatusList) -> IssuerKey:
    """The key that speaks for the list's identity: the active one; for a did:key, which is its key, that key alone.

    A retired did:key signs no badge any more, but its status list must stay true, and nobody else can sign it.
    """
    keys = row.issuer.keys.filter(did=row.did).order_by("compromised_at", "-pk")
    return keys.filter(retired_at=None).first() or keys.filter(compromised_at=None).first() or keys[0]
