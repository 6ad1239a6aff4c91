"""Becoming an issuer, and changing its key."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from phereclos.badges import keyring, status_lists
from phereclos.badges.models import Issuer, IssuerKey
from phereclos.clusters.models import Cluster
from phereclos.ledger import audit
from phereclos.organisations.models import Organisation, Representative


@transaction.atomic
def become_issuer(
    *,
    organisation: Organisation | None = None,
    cluster: Cluster | None = None,
    by: Representative,
    at: datetime | None = None,
) -> Issuer:
    """Make an organisation or a cluster an issuer with its first key; one that is an issuer already stays as it is."""
    owner = organisation or cluster
    assert owner is not None
    # Locked, so that two colleagues at once make one issuer.
    type(owner)._default_manager.select_for_update(no_key=True).get(pk=owner.pk)
    found = Issuer.objects.filter(organisation=organisation, cluster=cluster).first()
    if found is not None:
        return found
    at = at or timezone.now()
    issuer = Issuer.objects.create(
        organisation=organisation, cluster=cluster, slug=_free_slug(owner), name=owner.name,
        url=organisation.website if organisation else "", public_url=settings.PUBLIC_URL, created_at=at,
    )  # fmt: skip
    key = keyring.new_key(issuer, at)
    status_lists.open_list(key, at)
    audit.record(who=by, for_whom=issuer.responsible, verb="badges.become_issuer", what=issuer, at=at)
    return issuer


@transaction.atomic
def rotate_key(
    *, issuer: Issuer, by: Representative, replaces: int | None = None, at: datetime | None = None
) -> IssuerKey:
    """Retire the active key and make a new one. The old key stays listed, so old badges stay true.

    `replaces` is the key that was active when the button was shown: pressed twice, it makes one new key.
    """
    active = Issuer.objects.select_for_update(no_key=True).get(pk=issuer.pk).keys.active().get()
    if replaces is not None and active.pk != replaces:
        return active
    return _replace_key(issuer, by=by, verb="badges.rotate_key", at=at or timezone.now())


@transaction.atomic
def mark_key_stolen(*, issuer: Issuer, key: IssuerKey, since: datetime, by: Representative) -> IssuerKey:
    """Stop relying on a key from a moment on; returns the active key, a new one if the stolen one was active.

    The key leaves the published document, so nobody outside accepts it any more. Status lists of its identity are
    signed anew where another key can speak for them.
    """
    # All that changes is locked before the first entry of the ledger, in the order of the other actions.
    issuer = Issuer.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    locked = IssuerKey.objects.select_for_update(no_key=True).get(pk=key.pk, issuer=issuer)
    list(issuer.status_lists.select_for_update(no_key=True).order_by("pk"))
    locked.compromised_at = since
    locked.save(update_fields=["compromised_at"])
    active = issuer.keys.active().get()
    if active.pk == locked.pk:
        active = _replace_key(issuer, by=by, verb="badges.rotate_key", at=timezone.now())
    for row in issuer.status_lists.filter(did=active.did):
        status_lists.sign_again(row)
    audit.record(who=by, for_whom=issuer.responsible, verb="badges.mark_key_stolen", what=locked)
    return active


def _replace_key(issuer: Issuer, *, by: Representative, verb: str, at: datetime) -> IssuerKey:
    locked = Issuer.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    active = locked.keys.active().get()
    keyring.opened(active)  # a wrong KEY_SECRET is noticed here, before a key is made that nobody asked for
    active.retired_at = at
    active.save(update_fields=["retired_at"])
    key = keyring.new_key(locked, at)
    if not locked.status_lists.filter(did=key.did).exists():
        status_lists.open_list(key, at)
    audit.record(who=by, for_whom=locked.responsible, verb=verb, what=key, at=at)
    return key


def _free_slug(owner: Organisation | Cluster) -> str:
    """The owner's own slug; a cluster and an organisation of one name are told apart."""
    taken = Issuer.objects.filter(slug=owner.slug).exists()
    return (
        f"{owner.slug}-cluster"
        if taken and isinstance(owner, Cluster)
        else f"{owner.slug}-org"
        if taken
        else owner.slug
    )
