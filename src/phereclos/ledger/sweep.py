"""What the worker does when it has nothing to do, and at its start: find what a crash left behind.

Apps register a function that looks for their own unfinished work and takes it up again:

    @sweep.register
    def unfinished_batches() -> None: ...
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from phereclos.ledger import mail

logger = logging.getLogger(__name__)
_sweepers: list[Callable[[], None]] = []


def register(sweeper: Callable[[], None]) -> Callable[[], None]:
    _sweepers.append(sweeper)
    return sweeper


def run() -> None:
    """Run every sweeper; one that fails is logged and does not keep the others from their work."""
    for sweeper in _sweepers:
        try:
            sweeper()
        except Exception:
            logger.exception("sweeping with %s.%s failed", sweeper.__module__, sweeper.__qualname__)


@register
def waiting_mails() -> None:
    mail.send_due()
