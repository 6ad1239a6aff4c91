"""Passport numbers: long, typed without doubt, and telling nothing."""

from __future__ import annotations

import pytest

from phereclos.badges import numbers
from phereclos.badges.numbers import ALPHABET, NotANumber


def test_a_number_is_read_whatever_case_spaces_and_look_alikes_were_typed() -> None:
    number = numbers.from_seed(bytes(range(1, 17)))

    typed = number.lower().replace("-", " ").replace("1", "l").replace("0", "o")
    assert numbers.read(typed) == number
    assert not set(number.replace("-", "")) & set("ILOU")
    assert len(number) == 19


def test_every_single_mistyped_sign_and_every_exchange_of_two_is_noticed() -> None:
    signs = numbers.make().replace("-", "")
    for place in range(16):
        for sign in ALPHABET:
            if sign != signs[place]:
                with pytest.raises(NotANumber):
                    numbers.read(signs[:place] + sign + signs[place + 1 :])
    for one in range(16):
        for two in range(one + 1, 16):
            if signs[one] != signs[two]:
                swapped = list(signs)
                swapped[one], swapped[two] = swapped[two], swapped[one]
                with pytest.raises(NotANumber):
                    numbers.read("".join(swapped))


@pytest.mark.parametrize("text", ["", "abc", "7F3K-92QD", "U" * 16, "é" * 16, "7F3K-92QD-7F3K-92QD-7F3K"])
def test_other_texts_are_no_numbers(text: str) -> None:
    with pytest.raises(NotANumber):
        numbers.read(text)


def test_the_number_space_makes_a_hit_in_a_year_less_likely_than_one_in_a_million() -> None:
    """A million cards, and as many tries as twenty an hour from each of a thousand addresses for a year."""
    tries = 20 * 24 * 365 * 1000

    assert 1_000_000 * tries / 32 ** (numbers.LENGTH - 1) < 1e-6
