"""Signing, and what is refused before a signature exists."""

import json

import pytest

from tests.verifiable_badges.makers import MUSEUM, MUSEUM_KEY, NOW, World, credential, sign, signed
from verifiable_badges import issue
from verifiable_badges.errors import InvalidCredential, InvalidDocument, UnknownContext
from verifiable_badges.json_text import parse
from verifiable_badges.keys import did_key_method
from verifiable_badges.model import Achievement, Criteria, IdentityObject, Profile


def test_the_bytes_are_readable_canonical_and_the_same_every_time():
    badge = signed()

    assert badge == signed()
    assert "Ματρόζος 🚀".encode() in badge
    assert b"\n" not in badge
    assert list(parse(badge))[-1] == "proof"


def test_nothing_empty_is_written():
    document = credential(evidence=(), identifiers=(), source=None, valid_until=None, name="").to_json()

    assert not {"evidence", "validUntil", "name", "credentialStatus"} & set(document)
    assert set(document["credentialSubject"]) == {"id", "type", "achievement"}


def test_sets_are_lists_even_with_one_member():
    document = credential().to_json()

    assert isinstance(document["evidence"], list)
    assert isinstance(document["issuer"]["type"], list)
    assert isinstance(document["credentialSubject"]["achievement"]["related"], list)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"favourite": 1}, InvalidDocument),
        ({"id": "7"}, InvalidCredential),
        ({"proof": {}}, InvalidCredential),
        ({"type": ["Profile"]}, InvalidCredential),
        ({"type": 7}, InvalidCredential),
        ({"type": "VerifiableCredentials"}, InvalidCredential),
        ({"validFrom": "soon"}, InvalidCredential),
        ({"validUntil": "2020-01-01T00:00:00Z"}, InvalidCredential),
        ({"credentialSubject": {}}, InvalidCredential),
        ({"@context": ["https://www.w3.org/ns/credentials/v2", "https://evil.example/"]}, UnknownContext),
        ({"endorsementJwt": ["a.b.c"]}, InvalidDocument),
        ({"name": "\ud800"}, Exception),
    ],
)
def test_what_verifiers_would_refuse_is_not_signed(change, error):
    method = did_key_method(MUSEUM_KEY.public)
    with pytest.raises(error):
        issue(credential().to_json() | change, key=MUSEUM_KEY, verification_method=method, created=NOW)


def test_the_document_is_left_unsigned():
    document = credential().to_json()
    sign(document)

    assert "proof" not in document


@pytest.mark.parametrize(
    "make",
    [
        lambda: Criteria(),
        lambda: Achievement("urn:a", "n", "d", Criteria("c"), "Medal"),
        lambda: IdentityObject.of_email("a@example.com", ""),
        lambda: credential(subject_id="", identifiers=()),
        lambda: credential(valid_until=NOW.replace(year=2000)),
    ],
)
def test_models_refuse_what_the_standard_refuses(make):
    with pytest.raises(InvalidCredential):
        make()


def test_the_published_identity_hash():
    identity = IdentityObject.of_email("a@example.com", "Kosher")

    assert identity.identity_hash == "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"


def test_extension_types_begin_with_ext():
    assert Achievement("urn:a", "n", "d", Criteria("c"), "ext:Voyage").to_json()["achievementType"] == "ext:Voyage"


def test_a_small_badge_is_enough():
    small = credential(
        issuer=Profile(MUSEUM), name="", identifiers=(), evidence=(), source=None, awarded_date=None, valid_until=None
    )

    assert World().verify(sign(small)).verdict.value == "passed"
    json.dumps(small.to_json())
