"""Opening cards: for everybody who holds one, and for nobody who tries."""

from __future__ import annotations

from django.test import Client

from phereclos.badges import actions
from phereclos.badges.views.holding import WRONG_PER_HOUR
from tests.cast import Cast

PAGE = "/badges/passport/"


def test_a_class_behind_one_address_opens_its_cards_and_a_guesser_is_stopped(cast: Cast) -> None:
    numbers = actions.create_passports(organisation=cast.school, count=30, by=cast.bob, once="class")
    for number in numbers:
        assert Client().post(PAGE, {"number": number}).status_code == 302
    wrong = [Client().post(PAGE, {"number": "0000-0000-0000-0000"}).status_code for _ in range(WRONG_PER_HOUR + 1)]
    assert wrong == [422] * WRONG_PER_HOUR + [429]
    assert Client().post(PAGE, {"number": numbers[0]}).status_code == 302
