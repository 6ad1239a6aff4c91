"""Places in status lists."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiable_badges.errors import InvalidStatusList
from verifiable_badges.status import free_index, shuffled_index
from verifiable_badges.status.bitstring import MIN_LENGTH

SECRET = bytes(range(16))


@given(st.integers(1, 700), st.binary(min_size=16, max_size=80))
@settings(max_examples=30, deadline=None)
def test_every_number_has_its_own_place(length, secret):
    places = [shuffled_index(number, length=length, secret=secret) for number in range(length)]

    assert sorted(places) == list(range(length))


def test_another_secret_gives_another_order():
    orders = {
        tuple(shuffled_index(number, length=MIN_LENGTH, secret=bytes([key]) * 16) for number in range(10))
        for key in range(20)
    }

    assert len(orders) == 20


def test_neighbours_in_time_are_not_neighbours_in_place():
    places = [shuffled_index(number, length=MIN_LENGTH, secret=SECRET) for number in range(2_000)]
    steps = [abs(after - before) for before, after in pairwise(places)]

    # Two places drawn by chance are a third of the list apart on average.
    assert abs(sum(steps) / len(steps) - MIN_LENGTH / 3) < MIN_LENGTH / 50
    assert sum(1 for step in steps if step < 100) < 20


@pytest.mark.parametrize("number", [-1, MIN_LENGTH])
def test_a_list_has_no_more_places_than_its_length(number):
    with pytest.raises(InvalidStatusList):
        shuffled_index(number, length=MIN_LENGTH, secret=SECRET)


def test_a_short_secret_is_refused():
    with pytest.raises(InvalidStatusList):
        shuffled_index(0, length=MIN_LENGTH, secret=b"short")


def test_a_place_is_drawn_until_it_is_free():
    taken = set(range(0, 1000, 2))
    draw = random.Random(7)

    places = {free_index(1000, taken.__contains__, draw.randrange) for _ in range(100)}

    assert not places & taken
    assert len(places) > 80


def test_a_full_list_is_refused():
    with pytest.raises(InvalidStatusList):
        free_index(8, lambda index: True, random.Random(7).randrange)
