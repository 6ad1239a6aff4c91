"""What the worker does when it has nothing to do, and at its start: find what a crash left behind.

Apps register a function that looks for their own unfinished work and takes it up again:

    @sweep.register
    def unfinished_batches() -> None: ...
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import models

from phereclos.ledger import limits, mail

logger = logging.getLogger(__name__)
Row = TypeVar("Row", bound=models.Model)
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


def each(rows: Iterable[Row], action: Callable[[Row], object]) -> None:
    """Do it for each; one that fails is logged with its key, and those after it have their turn all the same."""
    for row in rows:
        try:
            action(row)
        except Exception:  # whatever it is, it must not starve the others; the next sweep tries it again
            logger.exception("sweeping with %s.%s failed for %s", action.__module__, action.__qualname__, row.pk)


@register
def waiting_mails() -> None:
    mail.send_due()


@register
def ended_counts() -> None:
    limits.forget_old()
