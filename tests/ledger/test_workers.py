"""Tasks of workers without a sign of life are parked; those of the living go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from phereclos.ledger import workers
from phereclos.ledger.models import BatchLease
from phereclos.ledger.tasks import send_mail

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ELSEWHERE = "another-machine:1:abcd"  # its process cannot be looked for: only time tells


@pytest.fixture
def running() -> DBTaskResult:
    task = DBTaskResult.objects.get(pk=send_mail.enqueue(0).id)
    task.claim(ELSEWHERE)
    workers.beat(ELSEWHERE)
    return task


def test_a_task_goes_on_while_its_worker_gives_signs_of_life(running: DBTaskResult) -> None:
    assert workers.park_tasks_of_dead_workers() == 0


def test_a_worker_elsewhere_is_dead_once_its_time_has_lapsed(running: DBTaskResult) -> None:
    BatchLease.objects.update(until=timezone.now() - timedelta(seconds=1))

    assert workers.park_tasks_of_dead_workers() == 1
    running.refresh_from_db()
    assert (running.status, running.exception_class_path) == ("FAILED", workers.DEAD)
    assert not BatchLease.objects.exists()
