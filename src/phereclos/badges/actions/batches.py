"""Awarding to many: the lines are accepted in one transaction, the signing follows in the background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from phereclos.badges.actions.awards import check_awardable
from phereclos.badges.killpoints import reach
from phereclos.badges.models import Achievement, AwardBatch, AwardBatchItem, Issuer
from phereclos.badges.recipients import ToMailbox, ToPassport, fingerprint
from phereclos.badges.repeats import refuse_repeats
from phereclos.ledger import audit
from phereclos.ledger import once as keys
from phereclos.organisations.models import Representative

MOST_LINES = 2000


def accept_batch(
    *,
    achievement: Achievement,
    issuer: Issuer,
    recipients: Sequence[ToMailbox | ToPassport],
    by: Representative,
    once: str,
    at: datetime | None = None,
) -> AwardBatch:
    """Accept up to 2,000 awards of one achievement. What is accepted is signed without a person's further help.

    Idempotent by `once` like `award`; raises NotAwardable and GivenAlready.
    """
    if not 1 <= len(recipients) <= MOST_LINES:
        raise ValueError(f"between 1 and {MOST_LINES} awards are accepted at once")
    check_awardable(issuer=issuer, achievement=achievement, by=by)
    content = [issuer.pk, achievement.pk, by.pk, *(fingerprint(one) for one in recipients)]
    with transaction.atomic():
        row, new = keys.remember(scope="badges.accept_batch", key=once, content=content)
        if not new:
            return AwardBatch.objects.get(uid=row.result)
        refuse_repeats(issuer=issuer, achievement=achievement, recipients=recipients)
        batch = AwardBatch.objects.create(
            issuer=issuer, achievement=achievement, accepted_by=by, total=len(recipients),
            awarded_at=at or timezone.now(),
        )  # fmt: skip
        AwardBatchItem.objects.bulk_create(
            AwardBatchItem(
                batch=batch,
                position=position,
                mailbox=one.mailbox.lower() if isinstance(one, ToMailbox) else "",
                passport=one.passport if isinstance(one, ToPassport) else None,
            )
            for position, one in enumerate(recipients, start=1)
        )
        audit.record(
            who=by, for_whom=issuer.responsible, verb="badges.accept_batch", what=batch, details={"lines": batch.total}
        )
        keys.settle(row, str(batch.uid))
        _ask_for_work(batch)
    reach("batch_accepted")
    return batch


def _ask_for_work(batch: AwardBatch) -> None:
    from phereclos.badges.tasks import sign_batch  # the task calls back into this package

    transaction.on_commit(lambda: sign_batch.enqueue(batch.pk))
