"""The worker outlives a database that is busy or gone."""

from __future__ import annotations

import signal

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from phereclos.ledger.management.commands import worker
from phereclos.ledger.models import BatchLease

pytestmark = pytest.mark.django_db


def gone(*arguments: object) -> None:
    raise OperationalError("the connection was lost")


def test_a_sign_of_life_is_kept() -> None:
    assert worker.beat("here:1:a")
    assert BatchLease.objects.get().holder == "here:1:a"


def test_a_sign_of_life_that_is_not_taken_ends_nothing() -> None:
    with connection.execute_wrapper(gone):
        assert not worker.beat("here:1:a")


@pytest.mark.django_db(transaction=True)
def test_work_waits_for_a_database_that_is_gone(caplog: pytest.LogCaptureFixture) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    try:
        with connection.execute_wrapper(gone):
            call_command("worker", "--once")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert "the worker waits for it" in caplog.text
