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
from phereclos.badges.own import KeyDocuments, published_list
from phereclos.ledger import invariants
from verifiable_badges import Outcome, verify
from verifiable_badges.status import StatusList as Bits


@invariants.register
def every_award_is_signed_and_unchanged() -> Iterator[str]:
    """The bytes are those first signed, they verify, and their status is the committed one."""
    resolve = KeyDocuments()
    lists: dict[str, bytes] = {}
    now = timezone.now()

    def fetch(address: str) -> bytes:
        if address not in lists:
            lists[address] = published_list(address)
        return lists[address]

    for award in Award.objects.select_related("key").order_by("pk").iterator(chunk_size=200):
        data = bytes(award.credential)
        if hashlib.sha256(data).hexdigest() != award.sha256:
            yield f"Award {award.pk}: the bytes are not those that were signed."
            continue
        if award.key.compromised_at:
            continue
        report = verify(data, resolve=resolve, fetch_status=fetch, now=max(now, award.awarded_at))
        status = report.check("status")
        others = [check for check in report.checks if check is not status and check.outcome is Outcome.FAILED]
        if others or any(report.check(name) is None for name in ("proof", "issuer")):
            yield f"Award {award.pk} does not verify: {'; '.join(check.reason for check in others)}"
        expected = Outcome.PASSED if award.revoked_at is None else Outcome.FAILED
        if status is None or status.outcome is not expected:
            yield f"Award {award.pk}: its published status is not the committed one."


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
        if batch.finished_at is not None and batch.given != batch.total:
            yield f"Batch {batch.pk} is said to be done with {batch.given} of {batch.total} awards."


@invariants.register
def no_key_signs_after_its_end() -> Iterator[str]:
    for award in Award.objects.filter(key__retired_at__isnull=False, awarded_at__gt=F("key__retired_at")):
        yield f"Award {award.pk} was signed with a key that was retired before."
