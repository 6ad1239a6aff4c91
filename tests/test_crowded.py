"""Fifty people write at the same moment (threat 140)."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from phereclos.exchange.models import Need
from phereclos.ledger import audit
from tests.cast import gather
from tests.who_may import SENT
from tests.who_may_world import World

pytestmark = pytest.mark.database
WRITERS = 50


@pytest.mark.django_db(transaction=True)
def test_nobody_sees_a_locked_database_and_nothing_is_lost_or_doubled() -> None:
    cast = gather()
    form = SENT["exchange:post-need"](World(cast, cast.cluster))
    client = cast.client(cast.alice)
    cookie = client.cookies["sessionid"].value
    answers: list[tuple[int, bool]] = []

    def post() -> None:
        one = Client(raise_request_exception=False)
        one.cookies["sessionid"] = cookie
        body = {**form, "once": str(uuid4()), "question": f"Why {uuid4()}?"}
        try:
            answer = one.post("/exchange/needs/new/", body)
            if answer.status_code == 503:
                assert "Retry-After" in answer.headers
                answer = one.post("/exchange/needs/new/", body)
            answers.append((answer.status_code, b"locked" in answer.content))
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [(302, False)] * WRITERS
    assert Need.objects.count() == WRITERS
    assert list(audit.broken_links()) == []
