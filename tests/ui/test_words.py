"""Whatever stands in an address, a search finds something or nothing, and a key is a number or none."""

from __future__ import annotations

import pytest

from phereclos.ui.words import clean_words, number_or_none

STRANGE = ("\x00", "²", "9" * 20, "-1", "٣", "\x1b[2J")


def test_control_characters_part_words_and_long_searches_are_cut() -> None:
    assert clean_words(" tide\x00 school\n") == "tide school"
    assert clean_words("a" * 300, 5) == "aaaaa"


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("007", 7), *((one, None) for one in (*STRANGE, "", None))])
def test_only_a_short_row_of_plain_digits_is_a_number(text: object, number: int | None) -> None:
    assert number_or_none(text) == number
