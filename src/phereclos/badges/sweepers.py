"""What a crash may have left behind, taken up by the next worker."""

from __future__ import annotations

from phereclos.badges import batches
from phereclos.badges.models import AwardBatch
from phereclos.ledger import sweep


@sweep.register
def unfinished_batches() -> None:
    """Batches nobody works on: their worker died, or their task was never taken. A held lease is left alone."""
    sweep.each(AwardBatch.objects.unfinished(), _go_on)


def _go_on(batch: AwardBatch) -> None:
    batches.run(batch.pk)
