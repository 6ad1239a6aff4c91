"""Places in status lists."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiable_badges.errors import InvalidStatusList
from verifiable_badges.status import Shuffle, free_index
from verifiable_badges.status.bitstring import MIN_LENGTH

SECRET = bytes(range(16))
# Written down: a list that was begun must be continued by every later version.
ORDER = [120610, 44462, 4031, 104698, 69716]


@given(st.integers(1, 700), st.binary(min_size=16, max_size=80))
@settings(max_examples=30, deadline=None)
def test_every_number_has_its_own_place(length, secret):
    shuffle = Shuffle(length, secret)
    places = [shuffle.place(number) for number in range(length)]

    assert sorted(places) == list(range(length))


def test_another_secret_gives_another_order():
    shuffles = [Shuffle(MIN_LENGTH, bytes([key]) * 16) for key in range(20)]
    orders = {tuple(shuffle.place(number) for number in range(10)) for shuffle in shuffles}

    assert len(orders) == 20


def test_neighbours_in_time_are_not_neighbours_in_place():
    shuffle = Shuffle(MIN_LENGTH, SECRET)
    places = [shuffle.place(number) for number in range(2_000)]
    steps = [abs(after - before) for before, after in pairwise(places)]

    # Two places drawn by chance are a third of the list apart on average.
    assert abs(sum(steps) / len(steps) - MIN_LENGTH / 3) < MIN_LENGTH / 50
    assert sum(1 for step in steps if step < 100) < 20


@pytest.mark.parametrize("number", [-1, MIN_LENGTH])
def test_a_list_has_no_more_places_than_its_length(number):
    with pytest.raises(InvalidStatusList):
        Shuffle(MIN_LENGTH, SECRET).place(number)


@pytest.mark.parametrize(("length", "secret"), [(MIN_LENGTH, b"short"), (0, SECRET), (2**40, SECRET)])
def test_a_short_secret_and_an_impossible_length_are_refused(length, secret):
    with pytest.raises(InvalidStatusList):
        Shuffle(length, secret)


def test_the_same_secret_goes_on_with_the_same_order():
    assert [Shuffle(MIN_LENGTH, SECRET).place(number) for number in range(5)] == ORDER


def test_a_place_is_drawn_until_it_is_free():
    taken = set(range(0, 1000, 2))
    draw = random.Random(7)

    places = {free_index(1000, taken.__contains__, draw.randrange) for _ in range(100)}

    assert not places & taken
    assert len(places) > 80


def test_a_full_list_is_refused():
    with pytest.raises(InvalidStatusList):
        free_index(8, lambda index: True, random.Random(7).randrange)
