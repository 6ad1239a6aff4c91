"""The soundings: every country on a chart or named beside it."""

import itertools
import re

import pytest

from phereclos.ui.drawings import Sounding, soundings
from phereclos.ui.drawings.places import PLACES
from phereclos.ui.drawings.soundings import unplaced
from phereclos.ui.specimens import COUNTED


def labels(text: str) -> list[tuple[int, int, str]]:
    found = re.findall(r'<text class="soundings__c" x="(-?\d+)" y="(-?\d+)">([^<]+)</text>', text)
    return [(int(x), int(y), word) for x, y, word in found]


def test_forty_one_countries_on_all_continents_each_have_a_number() -> None:
    text = soundings(COUNTED, key="s", title="97 cases")

    words = {word for _x, _y, word in labels(text)}
    assert words == {one.code for one in COUNTED} | {"Europe"}
    assert len(COUNTED) == 41


def test_no_two_numbers_cover_each_other() -> None:
    for (x, y, one), (x2, y2, other) in itertools.combinations(labels(soundings(COUNTED, key="s", title="t")), 2):
        assert abs(x - x2) > 30 or abs(y - y2) > 34, (one, other)


def test_the_frame_of_europe_carries_the_sum_of_the_chart_above() -> None:
    text = soundings(
        [Sounding("PL", "Poland", 2), Sounding("FI", "Finland", 3), Sounding("KE", "Kenya", 1)], key="s", title="t"
    )

    assert re.search(r">5</text><text[^>]*>Europe<", text)


@pytest.mark.parametrize("codes", [["PL"], ["KE"], []])
def test_one_part_of_the_world_needs_one_chart(codes: list[str]) -> None:
    text = soundings([Sounding(code, code, 1) for code in codes], key="s", title="t")

    assert text.count("soundings__edge") == 1
    assert "Europe" not in text


def test_a_country_without_a_place_is_named_beside_the_chart() -> None:
    everywhere = Sounding("XX", "Everywhere", 4)

    assert unplaced([Sounding("PL", "Poland", 1), everywhere]) == [everywhere]
    assert "Everywhere 4" in soundings([everywhere], key="s", title="t")


def test_countries_without_cases_are_left_out() -> None:
    assert "Finland" not in soundings([Sounding("FI", "Finland", 0)], key="s", title="t")


def test_the_description_names_every_country_largest_first() -> None:
    text = soundings([Sounding("PL", "Poland", 1), Sounding("FI", "Finland", 3)], key="s", title="t")

    assert "Finland 3, Poland 1</desc>" in text


def test_names_are_escaped() -> None:
    assert "<script>" not in soundings([Sounding("PL", "<script>", 1)], key="s", title="<script>")


def test_every_place_lies_on_the_globe() -> None:
    assert all(-180 <= east <= 180 and -90 <= north <= 90 for east, north in PLACES.values())
    assert all(len(code) == 2 and code.isupper() for code in PLACES)
