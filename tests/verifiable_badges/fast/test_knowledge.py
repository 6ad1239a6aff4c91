"""What a process learns of shapes: late, within bounds, and never from what nobody vouches for."""

import json

import orjson
import pytest

from tests.verifiable_badges.makers import MUSEUM, credential
from verifiable_badges.fast import knowledge
from verifiable_badges.fast.knowledge import SIGHTINGS, Knowledge
from verifiable_badges.fast.programs import Tie
from verifiable_badges.fast.shapes import compile_shape

BADGE = credential().to_json()


def badge(number, **changes):
    return {**BADGE, "id": f"urn:uuid:{number}", "name": f"Badge {number}", **changes}


def plain(number, **changes):
    """Without the twin alignments, which no shape can tell apart."""
    document = badge(number, **changes)
    achievement = {
        name: value for name, value in document["credentialSubject"]["achievement"].items() if name != "alignment"
    }
    return {**document, "credentialSubject": {**document["credentialSubject"], "achievement": achievement}}


def found(known, document):
    return known.find(document, orjson.dumps(document))


def taught(*documents):
    known = Knowledge()
    for document in documents:
        known.learn(document)
    return known


def test_a_shape_is_known_after_a_few_sightings():
    known = taught(*map(plain, range(SIGHTINGS - 1)))
    assert found(known, plain(9)) is None

    known.learn(plain(8))

    _, values = found(known, plain(9))
    assert values == [b"urn:uuid:9", b"Badge 9"]


def test_texts_that_never_varied_belong_to_the_shape():
    known = taught(*map(plain, range(SIGHTINGS)))

    assert found(known, plain(9, validFrom="2026-01-01T00:00:00Z")) is None


def test_other_types_members_numbers_and_orders_are_other_shapes():
    known = taught(*map(plain, range(SIGHTINGS)))
    document = plain(9)

    assert found(known, document)
    assert found(known, {**document, "description": "x"}) is None
    assert found(known, {**document, "name": 9}) is None
    assert found(known, {**document, "name": {"@value": "Badge 9", "@language": "en"}}) is None
    assert found(known, dict(reversed(document.items()))) is None


@pytest.mark.parametrize("text", ['"', "\\", '\\"', '","name":"other', "a\nb", "\x7f", "é🚀", "", "\\u0041"])
def test_texts_that_json_writes_with_escapes_are_found_whole(text):
    shape, values = found(taught(*map(plain, range(SIGHTINGS))), plain(9, name=text))

    assert json.loads(b'"' + values[1] + b'"') == text
    assert shape.fill(values) == orjson.dumps(plain(9, name=text))


def test_values_that_would_merge_two_nodes_are_not_for_the_shape():
    shape, _ = found(taught(*map(plain, range(SIGHTINGS))), plain(9))

    assert shape.digest([b"urn:uuid:9", b"x"])
    for address in (
        MUSEUM,
        BADGE["credentialSubject"]["id"],
        "badge/7",
        "_:b0",
        "https://a.example",
        "urn:a b",
        "urn:ä",
    ):
        with pytest.raises(Tie):
            shape.digest([address.encode(), b"x"])


def test_each_issuer_has_a_room_of_its_own(monkeypatch):
    monkeypatch.setattr(knowledge, "_MAX_ISSUERS", 3)
    known = Knowledge()
    for number in range(5):
        for _ in range(SIGHTINGS):
            known.learn(plain(number, issuer={"id": f"https://{number}.example", "type": ["Profile"]}))

    kept = [plain(number, issuer={"id": f"https://{number}.example", "type": ["Profile"]}) for number in range(5)]
    assert [found(known, document) is not None for document in kept] == [False, False, True, True, True]


def test_an_issuer_keeps_its_latest_shapes_only(monkeypatch):
    monkeypatch.setattr(knowledge, "_MAX_SHAPES", 2)
    known = Knowledge()
    for text in "abc":
        for number in range(SIGHTINGS):
            known.learn(plain(number, description=text))

    assert [found(known, plain(9, description=text)) is not None for text in "abc"] == [False, True, True]


def test_all_rooms_together_are_bounded(monkeypatch):
    monkeypatch.setattr(knowledge, "_MAX_TOTAL", 100)

    assert found(taught(*map(plain, range(SIGHTINGS))), plain(9)) is None


def test_large_documents_are_not_learned(monkeypatch):
    monkeypatch.setattr(knowledge, "_MAX_SIZE", 100)

    assert found(taught(*map(plain, range(SIGHTINGS))), plain(9)) is None


def test_an_issuer_of_nothing_but_different_documents_is_looked_at_seldom(monkeypatch):
    looked = []
    monkeypatch.setattr(Knowledge, "_learn", lambda self, name, document: looked.append(name))
    known = Knowledge()
    known._issuers[MUSEUM] = knowledge._Issuer()
    for number in range(120):
        known.learn(plain(number))

    assert 10 < len(looked) < 30


def test_a_shape_that_cannot_be_made_is_tried_once(monkeypatch):
    tried = []
    monkeypatch.setattr(knowledge, "compile_shape", lambda *_: tried.append(1))
    taught(*map(plain, range(SIGHTINGS * 3)))

    assert tried == [1]


def test_a_document_with_our_own_marks_has_no_shape():
    assert compile_shape(plain(1, name="urn:x-slot:0;"), {0}) is None


@pytest.mark.parametrize("address", ["x-relative:a", "badge/7", "_:b0", "schema:name x"])
def test_what_is_no_complete_address_makes_no_shape(address):
    assert compile_shape(plain(1, id=address), {0}) is None
