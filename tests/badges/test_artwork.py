"""The artwork: four channels, every combination can be drawn and read."""

import itertools
from xml.etree import ElementTree

import pytest

from phereclos.badges.artwork import FIELDS, GLYPHS, RINGS, SHAPES, compose

SVG = "{http://www.w3.org/2000/svg}"


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_there_are_glyphs_for_the_topics_of_steam() -> None:
    assert len(GLYPHS) >= 14


@pytest.mark.parametrize("glyph", GLYPHS)
def test_a_glyph_has_at_most_five_strokes(glyph: str) -> None:
    assert 1 <= len(GLYPHS[glyph]) <= 5


def test_every_combination_is_a_small_well_formed_picture() -> None:
    for shape, ring, field in itertools.product(SHAPES, RINGS, FIELDS):
        text = compose(shape, ring, field, "tide", "Tide Watcher", "Moon and waves")

        assert ElementTree.fromstring(text).get("viewBox") == "0 0 200 200"
        assert len(text.encode()) < 6000


@pytest.mark.parametrize("glyph", GLYPHS)
def test_every_glyph_is_drawn(glyph: str) -> None:
    root = ElementTree.fromstring(compose("sailor", "formal", "science", glyph, "t", "d"))

    assert len(root.findall(f"{SVG}g")[-1]) == len(GLYPHS[glyph])


def test_no_two_combinations_look_the_same() -> None:
    drawn = {
        compose(shape, ring, field, glyph, "t", "d")
        for shape, ring, field, glyph in itertools.product(SHAPES, RINGS, FIELDS, ("tide", "knot"))
    }

    assert len(drawn) == len(SHAPES) * len(RINGS) * len(FIELDS) * 2


@pytest.mark.parametrize("field", FIELDS)
def test_each_colour_stands_clear_of_white(field: str) -> None:
    assert 1.05 / (luminance(FIELDS[field].colour) + 0.05) >= 6.5


def test_without_colour_the_hatching_tells_the_subject() -> None:
    assert len({field.hatching for field in FIELDS.values()}) == len(FIELDS)


def test_title_and_description_are_told_and_escaped() -> None:
    text = compose("learner", "informal", "arts", "sound", "A & <b>", 'Waves "high"')
    root = ElementTree.fromstring(text)

    assert root.findtext(f"{SVG}title") == "A & <b>"
    assert root.findtext(f"{SVG}desc") == 'Waves "high"'


@pytest.mark.parametrize(
    ("channels", "message"),
    [
        (("anchor", "formal", "arts", "tide"), "Unknown shape 'anchor': use one of sailor"),
        (("sailor", "nonformal", "arts", "tide"), "Unknown ring 'nonformal'"),
        (("sailor", "formal", "sport", "tide"), "Unknown field 'sport'"),
        (("sailor", "formal", "arts", "unicorn"), "Unknown glyph 'unicorn'"),
    ],
)
def test_a_value_no_channel_knows_is_refused(channels: tuple[str, str, str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        compose(*channels, "t", "d")
