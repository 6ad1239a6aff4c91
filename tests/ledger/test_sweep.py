"""What fails does not starve what comes after it."""

from __future__ import annotations

import logging

import pytest
from django.utils import timezone

from phereclos.ledger import sweep
from phereclos.ledger.models import Count

pytestmark = pytest.mark.django_db


def test_a_row_that_fails_is_logged_and_the_others_have_their_turn(caplog: pytest.LogCaptureFixture) -> None:
    rows = [Count.objects.create(key=str(n), until=timezone.now()) for n in range(3)]
    done: list[str] = []

    def act(row: Count) -> None:
        if row.key == "0":
            raise ValueError
        done.append(row.key)

    with caplog.at_level(logging.ERROR):
        sweep.each(rows, act)

    assert done == ["1", "2"]
    assert f"failed for {rows[0].pk}" in caplog.text
