"""A key is used for one thing, once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from phereclos.ledger import once
from phereclos.ledger.models import IdempotencyKey

pytestmark = [pytest.mark.database]


@pytest.mark.django_db
def test_the_second_time_names_what_was_made_the_first_time() -> None:
    row, new = once.remember(scope="test", key="k", content={"a": 1})
    once.settle(row, "thing:7")
    again, new_again = once.remember(scope="test", key="k", content={"a": 1})

    assert (new, new_again, again.result) == (True, False, "thing:7")


@pytest.mark.django_db
def test_the_same_key_for_something_else_is_refused() -> None:
    once.remember(scope="test", key="k", content={"a": 1})

    with pytest.raises(once.KeyReused):
        once.remember(scope="test", key="k", content={"a": 2})


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_one() -> None:
    news: list[bool] = []

    def claim() -> None:
        try:
            with transaction.atomic():
                news.append(once.remember(scope="test", key="k", content=1)[1])
        finally:
            connection.close()

    threads = [threading.Thread(target=claim) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(news) == [False] * 49 + [True]
    assert IdempotencyKey.objects.count() == 1
