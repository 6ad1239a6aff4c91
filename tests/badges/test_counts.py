"""Few children are nowhere told apart: neither their number nor the total that would give it away."""

from __future__ import annotations

import pytest
from django.test import Client

from phereclos.badges import actions
from phereclos.badges.counts import counted
from tests.badges.conftest import Bench
from tests.cast import Cast


@pytest.mark.parametrize(
    ("all_", "learners", "words"),
    [
        (7, 0, ("7", "0")),
        (7, 1, ("5", "fewer than 5")),
        (3, 3, ("fewer than 5", "fewer than 5")),
        (9, 5, ("9", "5")),
    ],
)
def test_small_numbers_of_children_are_not_told_apart(all_: int, learners: int, words: tuple[str, str]) -> None:
    assert counted(all_, learners) == words


def test_no_public_page_says_that_one_child_has_a_badge(bench: Bench, cast: Cast, client: Client) -> None:
    (card,) = actions.create_passports(organisation=cast.school, count=1, by=cast.bob, once="one")
    bench.give_child(card)
    of = (bench.issuer, bench.tide, cast.cluster)
    for path in ("/badges/", *(one.get_absolute_url() for one in of)):
        text = client.get(path).content.decode()
        assert "fewer than 5" in text, path
        assert "1 to children" not in text, path
