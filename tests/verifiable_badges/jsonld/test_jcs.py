"""RFC 8785 against the published vectors, and what has no canonical form."""

import json

import pytest

from tests.verifiable_badges.makers import VECTORS
from verifiable_badges.errors import InvalidDocument
from verifiable_badges.json_text import parse
from verifiable_badges.jsonld.jcs import jcs

FOLDER = VECTORS / "rfc8785"
NAMES = sorted(path.stem for path in (FOLDER / "input").iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_published_vectors(name):
    canonical = jcs(parse((FOLDER / "input" / f"{name}.json").read_bytes()))

    assert canonical == (FOLDER / "output" / f"{name}.json").read_bytes()
    assert canonical == bytes.fromhex((FOLDER / "outhex" / f"{name}.txt").read_text())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (123456789012345680000.0, "123456789012345680000"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (0.1 + 0.2, "0.30000000000000004"),
        ("\x7f\u2028", '"\x7f\u2028"'),
        ({"\ufb33": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ufb33":1}'),
    ],
)
def test_numbers_and_order_are_those_of_javascript(value, text):
    assert jcs(value).decode() == text


@pytest.mark.parametrize("value", [2**53, float("nan"), float("inf"), "\ud800", {1: 2}, {"\ud800": 1}, {1, 2}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(InvalidDocument):
        jcs(value)


def test_the_canonical_form_says_the_same():
    value = {"b": [1, 2.5, None, True, "é\n"], "a": {}}

    assert json.loads(jcs(value)) == value
