"""Every address of activities and everybody of the cast."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from phereclos.activities import actions
from phereclos.activities.urls import urlpatterns
from tests.activities import making
from tests.cast import Cast
from tests.exchange import making as exchange_making

PEOPLE = ("alice", "bob", "charlie", "dora", "erin", "stranger")
EVERYBODY, SIDES, INSIDE = set(PEOPLE), {"alice", "bob", "charlie"}, {"alice", "bob", "charlie", "dora"}

# address after the uid: who may look at a planned one, and at a confirmed one
READING = {
    "": (INSIDE, EVERYBODY),
    "activity.ics": (INSIDE, INSIDE),
    "lane/": (SIDES, SIDES),
    "move/": (SIDES, SIDES),
    "cancel/": (SIDES, SIDES),
    "confirm/": (SIDES, SIDES),
    "feedback/": (SIDES, SIDES),
    "settle/": ({"dora"}, {"dora"}),
}
WRITING = {name: who for name, (who, _confirmed) in READING.items() if name.endswith("/") and name}


def client_of(cast: Cast, who: str) -> Any:
    return cast.client(None if who == "stranger" else getattr(cast, who))


def plain(response: Any) -> str:
    return re.sub(r"[0-9a-f]{8}", "", response.content.decode())


@pytest.mark.parametrize("who", PEOPLE)
def test_every_cell(cast: Cast, who: str) -> None:
    planned = making.planned(cast)
    confirmed = making.over(cast, need=exchange_making.need(cast, question="Another?"))
    for side in (cast.alice, cast.charlie):
        actions.count_heads(by=side, activity=confirmed, children=24, adults=2)
    client = client_of(cast, who)
    for column, activity in enumerate((planned, confirmed)):
        for name, allowed in READING.items():
            response = client.get(f"{activity.get_absolute_url()}{name}")
            assert response.status_code == (200 if who in allowed[column] else 404), (who, column, name)
            if response.status_code == 404:
                assert plain(client.get(f"/activities/{uuid.uuid4()}/{name}")) == plain(response), (who, name)
    for name, allowed_to_write in WRITING.items():
        response = client.post(f"{planned.get_absolute_url()}{name}")
        assert response.status_code == (422 if who in allowed_to_write else 404), (who, name)
    assert client.get("/activities/").status_code == 200
    of_request = client.get(f"/activities/of/{planned.request.uid}/")
    assert of_request.status_code == (302 if who in INSIDE else 404)


def test_reading_rights_do_not_write(cast: Cast) -> None:
    activity = making.planned(cast)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path in ("/activities/", activity.get_absolute_url(), f"{activity.get_absolute_url()}activity.ics"):
            assert cast.client(cast.alice).generic(method, path).status_code == 405


def test_no_address_is_missing_from_the_table() -> None:
    named = {str(pattern.pattern).removeprefix("<uuid:uid>/") for pattern in urlpatterns}
    assert named == set(READING) | {"of/<uuid:uid>/"}


def test_lists_stay_within_few_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        activity = making.over(cast, need=exchange_making.need(cast, question=f"{number}?"), at=None)
        for side in (cast.alice, cast.charlie):
            actions.count_heads(by=side, activity=activity, children=24, adults=2)
        if number == 5:
            break
    for who in (None, cast.alice):
        client = cast.client(who)
        with django_assert_max_num_queries(18):
            assert client.get("/activities/").status_code == 200
        with django_assert_max_num_queries(25):
            assert client.get(activity.get_absolute_url()).status_code == 200
