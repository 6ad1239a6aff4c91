"""What a crash may have left behind, taken up by the next worker."""

from __future__ import annotations

import logging

from phereclos.badges import batches
from phereclos.badges.models import AwardBatch
from phereclos.badges.sealing import SealBroken
from phereclos.ledger import sweep

logger = logging.getLogger(__name__)


@sweep.register
def unfinished_batches() -> None:
    """Batches nobody works on: their worker died, or their task was never taken. A held lease is left alone."""
    for batch_id in AwardBatch.objects.unfinished().values_list("pk", flat=True):
        try:
            batches.run(batch_id)
        except SealBroken as error:
            logger.error("batch %s waits: %s", batch_id, error)
