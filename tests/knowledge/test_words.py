"""Words and ages of a search, without a database."""

from __future__ import annotations

import pytest

from phereclos.knowledge import words


@pytest.mark.parametrize(
    ("one", "other"),
    [("robots", "robotics"), ("schools", "school"), ("Łódź", "lodz"), ("cities", "city"), ("girls'", "girl"),
     ("teaching", "teach")],
)  # fmt: skip
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert list(words.stems(one)) == list(words.stems(other))


@pytest.mark.parametrize("word", ["bus", "class", "this", "us", "is", "iss", "ics", "s"])
def test_short_words_are_not_cut_to_nothing(word: str) -> None:
    assert words.stem(word)


@pytest.mark.parametrize(
    ("search", "ages"),
    [
        ("robotics girls 12", [(12, 12)]),
        ("aged 8-12", [(8, 12)]),
        ("12-year-olds", [(12, 12)]),
        ("10 14", [(10, 10), (14, 14)]),
        ("3 19", [(3, 3), (19, 19)]),
        ("2 20 2019 112000", []),
        ("K-12 3D web2", []),
        ("", []),
    ],
)
def test_numbers_from_3_to_19_are_ages(search: str, ages: list[tuple[int, int]]) -> None:
    assert [(age.low, age.high) for age in words.read(search).ages] == ages


def test_filler_words_are_not_looked_for() -> None:
    assert list(words.read("who pays for the bus?").words) == ["pays", "bus"]


@pytest.mark.parametrize(
    ("search", "typed", "left"),
    [
        ("robotics girls 12", "12", "robotics girls"),
        ("robotics girls 12", "girls", "robotics 12"),
        ("robotics, girls!", "girls", "robotics,"),
        ("aged 8-12", "8-12", "aged"),
    ],
)
def test_a_word_can_be_left_out(search: str, typed: str, left: str) -> None:
    assert words.leave_out(search, typed) == left


@pytest.mark.parametrize("search", ["well-known after-school clubs", "K-12", "girls' clubs", "12-year-olds’ 12"])
def test_leaving_out_always_leaves_less(search: str) -> None:
    """What the page offers to give up is gone afterwards."""
    read = words.read(search)
    for typed in [*read.words, *(age.typed for age in read.ages)]:
        after = words.read(words.leave_out(search, typed))
        assert typed not in after.words
        assert typed not in [age.typed for age in after.ages]
