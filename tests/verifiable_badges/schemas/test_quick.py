"""The quick test and the library agree on every document, whole or spoiled; only their speed differs."""

import random

import pytest

from tests.verifiable_badges import strategies
from verifiable_badges.schemas import KINDS
from verifiable_badges.schemas.quick import quick_test
from verifiable_badges.schemas.validators import validator

MAKERS = {"open_badge_3": "open_badge", "endorsement": "endorsement", "clr": "clr", "profile": "profile"}
ODD = (
    *(None, True, False, 0, 1, 1.0, -1.5, "", "text", "Profile", "Image", "2026-01-01", "2026-01-01T00:00:00Z"),
    *("2026-02-30T00:00:00Z", "a.b.c", "ext:Own", "de", [], [1], [None], [[]], ["Profile"], {}, {"en": "a"}),
    *({"en": 1}, {"EN": "a"}, {"@value": "a"}, {"type": ["Profile"]}, {"id": "urn:a", "type": "Image"}),
    {"id": "urn:a", "type": ["Profile"], "parentOrg": {"id": 5}},
)


def places(value):
    """Every place of a document: its holder and the name or number there."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in entries:
        yield value, name
        yield from places(inner)


def spoil(document, chance):
    holder, name = chance.choice(list(places(document)))
    match chance.choice(("replace", "delete", "add")):
        case "replace":
            holder[name] = chance.choice(ODD)
        case "delete":
            del holder[name]
        case "add" if isinstance(holder, dict):
            holder[chance.choice(("type", "id", "name", "issuer", "other"))] = chance.choice(ODD)
        case "add":
            holder.append(chance.choice(ODD))


@pytest.mark.parametrize("kind", KINDS)
def test_quick_test_and_library_agree_on_spoiled_documents(kind):
    chance = random.Random(kind)
    verdicts = set()
    for seed in range(80):
        knobs = {"share": 0.3, "many": 2, "languages": False, "single": seed % 2 == 0, "extended": seed % 3 == 0}
        document = strategies.one(MAKERS[kind], seed, **knobs)
        for _ in range(seed % 3):
            spoil(document, chance)
        fits = quick_test(kind)(document)
        verdicts.add(fits)

        assert fits == validator(kind).is_valid(document), document
    assert verdicts == {True, False}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", ODD, ids=repr)
def test_they_agree_on_what_is_no_document_at_all(kind, value):
    assert quick_test(kind)(value) == validator(kind).is_valid(value)
