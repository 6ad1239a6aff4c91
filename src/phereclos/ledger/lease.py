"""Leases with fencing numbers: a batch has one worker at a time, and a worker believed dead cannot finish it.

django-tasks-db leaves the task of a dead worker "running" for good. So the truth about a batch is its own rows, and
the right to work on it is this lease: whoever finds it lapsed takes it with a higher number, and every write of a
batch names its number in the same transaction.
"""

from __future__ import annotations

import os
import platform
import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from phereclos.ledger.models import BatchLease


class LeaseLost(Exception):
    """Somebody else holds the lease now; what was about to be written must not be."""


def me() -> str:
    """A name for this process as a holder: machine, process, and a word that a later process of its number lacks."""
    return f"{platform.node()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def take(*, name: str, holder: str, seconds: int) -> int | None:
    """Take a free or lapsed lease; returns its fencing number, or None while somebody else holds it.

    A holder on this machine whose process is gone counts as lapsed at once, so that a restart need not wait.
    """
    now = timezone.now()
    with transaction.atomic():
        lease = BatchLease.objects.select_for_update(no_key=True).filter(name=name).first()
        if lease is None:
            try:
                with transaction.atomic():
                    lease = BatchLease.objects.create(name=name, holder="", until=now)
            except IntegrityError:
                return None
        if lease.until > now and lease.holder and not is_gone(lease.holder):
            return None
        lease.holder, lease.until, lease.fencing = holder, now + timedelta(seconds=seconds), lease.fencing + 1
        lease.save()
        return lease.fencing


def hold(*, name: str, fencing: int, seconds: int) -> None:
    """Prove, inside the transaction that writes, that the lease is still ours, and prolong it. Raises LeaseLost."""
    lease = (
        BatchLease.objects.select_for_update(no_key=True).filter(name=name, fencing=fencing).exclude(holder="").first()
    )
    if lease is None:
        raise LeaseLost(name)
    lease.until = timezone.now() + timedelta(seconds=seconds)
    lease.save(update_fields=["until"])


def release(*, name: str, fencing: int) -> None:
    """Give the lease back; does nothing when somebody else has it."""
    BatchLease.objects.filter(name=name, fencing=fencing).update(holder="", until=timezone.now())


def is_gone(holder: str) -> bool:
    """Surely dead. Wrongly believing so is harmless: the higher fencing number refuses the old holder's writes."""
    node, _, rest = holder.rpartition(":")[0].rpartition(":")
    if node != platform.node()[:40] or not rest.isdigit():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
