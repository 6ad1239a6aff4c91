"""Many at once: one badge from fifty equal requests, one issuer from two founders, bits that stay true."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection

from phereclos.badges import actions
from phereclos.badges.models import Award, Issuer, StatusList
from phereclos.badges.recipients import ToMailbox
from phereclos.ledger.invariants import broken
from phereclos.ledger.once import KeyReused
from tests.badges.conftest import Bench
from tests.cast import Cast

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def together(number: int, act: Callable[[int], object]) -> list[object]:
    """Run it in so many threads, each with a connection of its own; returns results and exceptions alike."""
    results: list[object] = [None] * number
    start = threading.Barrier(number)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = act(place)
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def give(bench: Bench, key: str, mailbox: str = "aino@example.org") -> int:
    return actions.award(
        achievement=bench.tide, issuer=bench.issuer, recipient=ToMailbox(mailbox), by=bench.dora, once=key
    ).pk


def test_fifty_equal_requests_give_one_badge_and_fifty_equal_answers(bench: Bench) -> None:
    key = str(uuid4())
    results = together(50, lambda place: give(bench, key))

    assert Award.objects.count() == 1
    assert set(results) == {Award.objects.get().pk}


def test_the_same_key_with_other_content_is_refused_whoever_comes_first(bench: Bench) -> None:
    key = str(uuid4())
    results = together(6, lambda place: give(bench, key, f"p{place}@example.org"))

    assert Award.objects.count() == 1
    assert sum(isinstance(result, KeyReused) for result in results) == 5


def test_badges_given_at_once_have_places_of_their_own(bench: Bench) -> None:
    results = together(12, lambda place: give(bench, str(uuid4()), f"p{place}@example.org"))

    assert all(isinstance(result, int) for result in results), results
    assert Award.objects.values("status_list", "status_index").distinct().count() == 12
    assert StatusList.objects.count() == 1
    assert list(broken()) == []


def test_withdrawn_from_two_browsers_while_others_are_given(bench: Bench) -> None:
    awards = [Award.objects.get(pk=give(bench, str(uuid4()), f"p{n}@example.org")) for n in range(6)]

    def act(place: int) -> object:
        if place % 3 == 2:
            return give(bench, str(uuid4()), f"q{place}@example.org")
        return actions.revoke_award(award=awards[place // 2], by=bench.dora, why="mistake")

    results = together(9, act)
    assert not [result for result in results if isinstance(result, Exception)]
    assert list(broken()) == []


def test_two_colleagues_at_once_make_one_issuer(cast: Cast) -> None:
    results = together(4, lambda place: actions.become_issuer(organisation=cast.museum, by=cast.charlie).pk)

    assert set(results) == {Issuer.objects.get().pk}
    assert Issuer.objects.get().keys.count() == 1
