"""Which workers live, and what becomes of the tasks of those that died.

django-tasks-db never takes back a dead worker's task. Ours need no second run of the same task: whatever they should
have done is found again by the sweepers from the rows themselves. So the dead task is parked with its reason.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from phereclos.ledger import lease
from phereclos.ledger.models import BatchLease

ALIVE_FOR = timedelta(seconds=90)
PREFIX = "worker:"
DEAD = "phereclos.ledger.workers.WorkerDied"


def beat(worker_id: str) -> None:
    """Say that this worker lives."""
    until = timezone.now() + ALIVE_FOR
    BatchLease.objects.update_or_create(name=PREFIX + worker_id, defaults={"holder": worker_id, "until": until})


def park_tasks_of_dead_workers() -> int:
    """Mark running tasks of workers without a sign of life as failed; returns how many. Forgets the dead workers."""
    now = timezone.now()
    rows = BatchLease.objects.filter(name__startswith=PREFIX)
    rows.filter(pk__in=[row.pk for row in rows if row.until <= now or lease.is_gone(row.holder)]).delete()
    alive = {row.holder for row in BatchLease.objects.filter(name__startswith=PREFIX)}
    dead = [task for task in DBTaskResult.objects.running() if not alive.intersection(task.worker_ids)]
    for task in dead:
        DBTaskResult.objects.filter(pk=task.pk, status=task.status).update(
            status="FAILED", finished_at=now, exception_class_path=DEAD,
            traceback="The worker died while this task ran; its work was taken up by the sweepers.",
        )  # fmt: skip
    return len(dead)
