"""Signing an accepted batch: in portions, under a lease, so that two workers or a dead one spoil nothing.

Each portion is one transaction that writes its awards and then proves that the lease is still ours. A worker believed
dead finds its fencing number outdated and its portion undone. What was done is read from the rows: a line with an award
is done, so whoever comes next goes on from there.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from phereclos.badges.actions import awards
from phereclos.badges.killpoints import reach
from phereclos.badges.models import AwardBatch, AwardBatchItem, Issuer
from phereclos.badges.recipients import ToMailbox, ToPassport
from phereclos.ledger import audit, lease

PORTION = 25
LEASE_SECONDS = 30
RIGHT_ENDED = "right_ended"


def run(batch_id: int) -> bool:
    """Work on a batch until it is done; returns False at once when another worker holds it. Safe to call again."""
    batch = AwardBatch.objects.select_related(
        "issuer__organisation", "issuer__cluster__coordinator", "achievement", "accepted_by"
    ).get(pk=batch_id)
    if batch.finished_at is not None:
        return True
    name = lease_name(batch)
    fencing = lease.take(name=name, holder=lease.me(), seconds=LEASE_SECONDS)
    if fencing is None:
        return False
    reach("lease_taken")
    stopped = ""
    try:
        while _sign_portion(batch, name, fencing):
            reach("after_commit")
    except awards.NotAwardable:
        stopped = RIGHT_ENDED
    reach("before_finish")
    _finish(batch, name, fencing, stopped)
    reach("after_finish")
    lease.release(name=name, fencing=fencing)
    return True


def lease_name(batch: AwardBatch) -> str:
    return f"badges.batch:{batch.pk}"


@transaction.atomic
def _sign_portion(batch: AwardBatch, name: str, fencing: int) -> int:
    """Give the next awards and prove the lease, all or nothing; returns how many.

    Raises NotAwardable when whoever accepted the batch may not award any more: what was accepted is no right.
    """
    waiting = list(AwardBatchItem.objects.filter(batch=batch, award=None).select_related("passport")[:PORTION])
    if not waiting:
        return 0
    # Read anew for each portion, for the right to award may have ended since the one before.
    issuer = Issuer.objects.select_related("organisation", "cluster__coordinator").get(pk=batch.issuer_id)
    awards.check_awardable(issuer=issuer, achievement=batch.achievement, by=batch.accepted_by)
    pen = awards.pen(issuer)
    for item in waiting:
        awards.give(
            pen, achievement=batch.achievement, recipient=_recipient(item), by=batch.accepted_by,
            at=batch.awarded_at, item=item,
        )  # fmt: skip
    reach("after_lines")
    lease.hold(name=name, fencing=fencing, seconds=LEASE_SECONDS)
    reach("before_commit")
    return len(waiting)


@transaction.atomic
def _finish(batch: AwardBatch, name: str, fencing: int, stopped: str) -> None:
    lease.hold(name=name, fencing=fencing, seconds=LEASE_SECONDS)
    batch.finished_at, batch.stopped_reason = timezone.now(), stopped
    batch.save(update_fields=["finished_at", "stopped_reason"])
    verb = "badges.stop_batch" if stopped else "badges.finish_batch"
    audit.record(who=audit.SYSTEM, for_whom=batch.issuer.responsible, verb=verb, what=batch)


def _recipient(item: AwardBatchItem) -> ToMailbox | ToPassport:
    return ToPassport(item.passport) if item.passport else ToMailbox(item.mailbox)
