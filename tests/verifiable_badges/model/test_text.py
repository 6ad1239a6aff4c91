"""Texts with their language."""

import pytest

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.model import LanguageValue, Profile, in_language

MUSEUM = (LanguageValue("Museum of the Harbour", "en"), LanguageValue("Hafenmuseum", "de-AT"), "Μουσείο")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("de",), "Hafenmuseum"),
        (("DE-at",), "Hafenmuseum"),
        (("fr", "de"), "Hafenmuseum"),
        (("d",), "Museum of the Harbour"),
        ((), "Museum of the Harbour"),
    ],
)
def test_the_first_language_that_there_is_wins(wanted, found):
    assert in_language(MUSEUM, *wanted) == found


def test_a_plain_text_is_its_own_wording():
    assert in_language("Museum", "de") == "Museum"
    assert in_language((), "de") == ""


def test_languages_and_directions_are_kept():
    name = LanguageValue("מוזיאון", "he", "rtl")
    document = Profile("urn:a", name=name).to_json()

    assert document["name"] == {"@value": "מוזיאון", "@language": "he", "@direction": "rtl"}
    assert Profile.from_json(document).name == name


def test_texts_by_language_are_no_text():
    """The published JSON schemas allow them, but no context gives them a meaning."""
    with pytest.raises(InvalidCredential):
        Profile.from_json({"id": "urn:a", "type": ["Profile"], "name": {"de": "Museum"}})
