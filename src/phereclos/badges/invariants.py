"""What must always hold of awards, their bytes and their status lists."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F
from django.utils import timezone

from phereclos.badges import status_lists
from phereclos.badges.models import Award, AwardBatch, StatusList
from phereclos.badges.own import KeyDocuments, published_list, unavailable_list
from phereclos.ledger import invariants
from verifiable_badges import Outcome, verify
from verifiable_badges.status import StatusList as Bits


@invariants.register
def every_award_is_signed_and_unchanged() -> Iterator[str]:
    """The bytes are those first signed, and they verify as a stranger's program verifies them.

    What the lists say of each is the rule below; their own signatures are proved once, with one badge of each list.
    """
    resolve = KeyDocuments()
    now = timezone.now()
    proved: set[int] = set()
    for award in Award.objects.select_related("key").order_by("pk").iterator(chunk_size=200):
        data = bytes(award.credential)
        if hashlib.sha256(data).hexdigest() != award.sha256:
            yield f"Award {award.pk}: the bytes are not those that were signed."
            continue
        if award.key.compromised_at:
            continue
        fetch = unavailable_list if award.status_list_id in proved else published_list
        report = verify(data, resolve=resolve, fetch=fetch, now=max(now, award.awarded_at))
        expected = _expected(award, asked=award.status_list_id not in proved)
        proved.add(award.status_list_id)
        found = {check.name: check.outcome for check in report.checks}
        if wrong := {name: outcome.value for name, outcome in found.items() if outcome is not expected[name]}:
            yield f"Award {award.pk} does not verify as it should: {wrong}."


def _expected(award: Award, *, asked: bool) -> dict[str, Outcome]:
    stands = Outcome.PASSED if award.revoked_at is None else Outcome.FAILED
    names = ("readable", "structure", "proof", "issuer", "valid_from", "expiry")
    status = stands if asked else Outcome.UNKNOWN
    return dict.fromkeys(names, Outcome.PASSED) | {"status": status, "recipient": Outcome.UNKNOWN}


@invariants.register
def every_award_has_its_own_place() -> Iterator[str]:
    """One status place each, and the place written into the signed bytes is the row's."""
    places = Award.objects.values("status_list", "status_index").annotate(n=Count("pk")).filter(n__gt=1)
    for place in places:
        yield f"Place {place['status_index']} of status list {place['status_list']} is used {place['n']} times."
    for award in Award.objects.select_related("status_list__issuer").order_by("pk").iterator(chunk_size=200):
        entry: dict[str, Any] = json.loads(bytes(award.credential)).get("credentialStatus", {})
        said = (entry.get("statusListCredential"), entry.get("statusListIndex"))
        if said != (award.status_list.address, str(award.status_index)):
            yield f"Award {award.pk}: the signed bytes name another place in the status list than its row."


@invariants.register
def every_status_list_says_what_is_committed() -> Iterator[str]:
    for row in StatusList.objects.select_related("issuer"):
        encoded = json.loads(bytes(row.credential))["credentialSubject"]["encodedList"]
        expected = Bits()
        for index in status_lists.withdrawn(row):
            expected.set(index)
        if Bits.decode(encoded) != expected:
            yield f"Status list {row.pk} does not say what is committed."
        if row.used < row.awards.count():
            yield f"Status list {row.pk} has more awards than places taken."


@invariants.register
def every_accepted_line_has_its_award() -> Iterator[str]:
    """A batch that is done gave every line its award; one that is not done waits for a worker."""
    for batch in AwardBatch.objects.annotate(lines=Count("items"), given=Count("items__award")):
        if batch.lines != batch.total:
            yield f"Batch {batch.pk} lost lines: {batch.lines} of {batch.total}."
        if batch.finished_at is not None and not batch.stopped_reason and batch.given != batch.total:
            yield f"Batch {batch.pk} is said to be done with {batch.given} of {batch.total} awards."


@invariants.register
def no_key_signs_after_its_end() -> Iterator[str]:
    for award in Award.objects.filter(key__retired_at__isnull=False, awarded_at__gt=F("key__retired_at")):
        yield f"Award {award.pk} was signed with a key that was retired before."
