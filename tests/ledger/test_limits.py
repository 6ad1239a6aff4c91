"""Counting tries in windows that end, however many tries follow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import F

from phereclos.ledger import sweep
from phereclos.ledger.limits import allowed
from phereclos.ledger.models import Count

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def one_more(whom: str = "192.0.2.7") -> bool:
    return allowed(what="verify", whom=whom, most=2, seconds=3600)


def test_so_many_are_allowed_and_no_more_for_each_by_themselves() -> None:
    assert [one_more(), one_more(), one_more(), one_more("192.0.2.8")] == [True, True, False, True]
    assert not Count.objects.filter(key__contains="192").exists()


def test_the_window_ends_at_its_time_and_tries_do_not_prolong_it() -> None:
    one_more()
    until = Count.objects.get().until
    one_more()
    one_more()

    assert Count.objects.get().until == until
    Count.objects.update(until=F("until") - timedelta(hours=1))
    assert one_more()


def test_the_sweeper_forgets_windows_that_have_ended() -> None:
    one_more()
    sweep.run()
    assert Count.objects.count() == 1
    Count.objects.update(until=F("until") - timedelta(hours=1))
    sweep.run()
    assert Count.objects.count() == 0


def test_the_cache_has_room_so_that_nobody_pushes_the_limits_of_signing_in_out_of_it() -> None:
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000
