"""One worker at a time; a worker believed dead cannot finish what another took over."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from phereclos.ledger import lease
from phereclos.ledger.models import BatchLease

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def lapse() -> None:
    BatchLease.objects.update(until=timezone.now() - timedelta(seconds=1))


def test_a_held_lease_is_not_taken() -> None:
    assert lease.take(name="b", holder="one", seconds=60) == 1
    assert lease.take(name="b", holder="two", seconds=60) is None


def test_a_lapsed_lease_is_taken_with_a_higher_number_and_the_old_holder_is_refused() -> None:
    first = lease.take(name="b", holder="one", seconds=60)
    lapse()
    second = lease.take(name="b", holder="two", seconds=60)

    assert (first, second) == (1, 2)
    with transaction.atomic():
        lease.hold(name="b", fencing=2, seconds=60)
    with pytest.raises(lease.LeaseLost), transaction.atomic():
        lease.hold(name="b", fencing=1, seconds=60)


def test_a_released_lease_is_free_and_its_number_is_used_up() -> None:
    lease.take(name="b", holder="one", seconds=60)
    lease.release(name="b", fencing=1)

    with pytest.raises(lease.LeaseLost), transaction.atomic():
        lease.hold(name="b", fencing=1, seconds=60)
    assert lease.take(name="b", holder="two", seconds=60) == 2


def test_releasing_somebody_elses_lease_does_nothing() -> None:
    lease.take(name="b", holder="one", seconds=60)
    lapse()
    lease.take(name="b", holder="two", seconds=60)
    lease.release(name="b", fencing=1)

    assert BatchLease.objects.get(name="b").holder == "two"


def test_a_dead_process_of_this_machine_holds_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    holder = lease.me().replace(f":{os.getpid()}:", f":{process.pid}:")

    assert lease.take(name="b", holder=holder, seconds=60) == 1
    assert lease.take(name="b", holder=lease.me(), seconds=60) == 2
    assert lease.take(name="b", holder=lease.me(), seconds=60) is None


def test_a_process_of_another_machine_is_believed_until_its_lease_lapses() -> None:
    assert lease.take(name="b", holder="elsewhere:999999999:00000000", seconds=60) == 1
    assert lease.take(name="b", holder=lease.me(), seconds=60) is None
