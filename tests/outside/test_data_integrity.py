"""Proofs of three suites, made here and shown to Digital Bazaar's implementation, and made there and verified here."""

from __future__ import annotations

from typing import Any

import pytest

from tests.outside.checkers import DATA_INTEGRITY, verdicts
from tests.outside.letters import with_one_letter_changed
from tests.verifiable_badges.makers import MUSEUM_KEY, NOW, credential
from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.jsonld import Reading
from verifiable_badges.keys import KeyKind, SigningKey, did_key, did_key_method
from verifiable_badges.keys.multibase import multibase_encode
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.data_integrity import add_proof, verify_document

pytestmark = pytest.mark.node

P256 = SigningKey(bytes(range(1, 33)), KeyKind.P256)
P384 = SigningKey(bytes(range(1, 49)), KeyKind.P384)
SUITES = [("eddsa-rdfc-2022", MUSEUM_KEY), ("ecdsa-rdfc-2019", P256), ("ecdsa-rdfc-2019", P384)]
suites = pytest.mark.parametrize(("suite", "key"), SUITES, ids=["ed25519", "p256", "p384"])


def badge(key: SigningKey) -> dict[str, Any]:
    document: dict[str, Any] = credential().to_json()
    # Their JSON-LD leaves \b unescaped, and they sort by UTF-16.
    document["credentialSubject"]["achievement"]["criteria"] = {"narrative": "Tied six knots."}
    document["credentialSubject"]["achievement"]["tag"] = ["knots", "Ματρόζος"]
    return {**document, "issuer": {**document["issuer"], "id": did_key(key.public)}}


def signed(key: SigningKey, suite: str, document: dict[str, Any], **options: Any) -> dict[str, Any]:
    method = did_key_method(key.public)
    return add_proof(document, key=key, cryptosuite=suite, verification_method=method, created=NOW, **options)


def multikey(key: SigningKey) -> dict[str, str]:
    secret = key.secret_multibase
    if key.kind is KeyKind.ED25519:  # their Ed25519 secrets hold the public half too
        secret = multibase_encode(bytes.fromhex("8026") + key.seed + key.public.raw)
    return {
        "type": "Multikey",
        "id": did_key_method(key.public),
        "controller": did_key(key.public),
        "publicKeyMultibase": key.public.multibase,
        "secretKeyMultibase": secret,
    }


def theirs(suite: str, key: SigningKey, document: dict[str, Any]) -> dict[str, Any]:
    (answer,) = verdicts(DATA_INTEGRITY, [{"do": "sign", "suite": suite, "document": document, "key": multikey(key)}])
    assert answer["verified"], answer["errors"]
    found: dict[str, Any] = answer["document"]
    return found


@suites
def test_ours_is_accepted_and_refused_with_one_letter_changed(suite: str, key: SigningKey) -> None:
    document = signed(key, suite, badge(key))
    places, changed = zip(*with_one_letter_changed(document), strict=True)

    good, *bad = verdicts(
        DATA_INTEGRITY, [{"do": "verify", "suite": suite, "document": one} for one in (document, *changed)]
    )

    assert good == {"verified": True, "errors": []}
    assert [place for place, found in zip(places, bad, strict=True) if found["verified"]] == []


@suites
def test_theirs_is_accepted_and_refused_with_one_letter_changed(suite: str, key: SigningKey) -> None:
    document = theirs(suite, key, badge(key))

    assert verify_document(document, resolve=unavailable).key.public == key.public
    for place, changed in with_one_letter_changed(document):
        with pytest.raises(VerifiableBadgesError):
            verify_document(changed, resolve=unavailable)
            pytest.fail(f"accepted with another letter at {place}")


def test_both_make_the_same_signature_where_it_is_determined() -> None:
    assert theirs("eddsa-rdfc-2022", MUSEUM_KEY, badge(MUSEUM_KEY)) == signed(
        MUSEUM_KEY, "eddsa-rdfc-2022", badge(MUSEUM_KEY)
    )


def test_their_older_signatures_are_verified() -> None:
    document = badge(MUSEUM_KEY)
    document["@context"].append("https://w3id.org/security/suites/ed25519-2020/v1")

    found = theirs("Ed25519Signature2020", MUSEUM_KEY, document)

    assert found["proof"]["type"] == "Ed25519Signature2020"
    assert verify_document(found, resolve=unavailable).key.public == MUSEUM_KEY.public
    with pytest.raises(VerifiableBadgesError):
        verify_document({**found, "name": "Tailor"}, resolve=unavailable)


GENERIC: dict[str, dict[str, Any]] = {
    "a context of its own": {"@context": {"colour": "https://example.org/colour"}, "colour": "red"},
    "a direction": {"name": {"@value": "ملاح", "@language": "ar", "@direction": "rtl"}},
    "a list in a list": {
        "@context": {"rows": {"@id": "https://example.org/rows", "@container": "@list"}},
        "rows": [["a", "b"], ["c"]],
    },
    "languages by their codes": {
        "@context": {"title": {"@id": "https://example.org/title", "@container": "@language"}},
        "title": {"de": "Seemann", "el": "Ναύτης"},
    },
    "a language for all": {"@context": {"@language": "de", "word": "https://example.org/word"}, "word": "Knoten"},
    "numbers": {"@context": {"n": "https://example.org/n"}, "n": [1, 1.5, -2, 1e6, 123456.789, True]},
    "a double": {
        "@context": {"n": {"@id": "https://example.org/n", "@type": "http://www.w3.org/2001/XMLSchema#double"}},
        "n": [5, 0.5, 1000000],
    },
    "JSON": {
        "@context": {"data": {"@id": "https://example.org/data", "@type": "@json"}},
        "data": {"b": [1, "é", None], "a": 1.5},
    },
    "the other way round": {
        "@context": {"partOf": {"@reverse": "https://example.org/has"}},
        "partOf": {"id": "https://example.org/whole"},
    },
    "a name for a blank node": {
        "@context": {"x": {"@id": "https://example.org/x", "@type": "@id"}},
        "x": ["_:b0", "_:b1", "_:b0"],
    },
    "a graph": {
        "@context": {"said": {"@id": "https://example.org/said", "@container": "@graph"}, "w": "https://example.org/w"},
        "said": [{"w": "one"}, {"w": "two"}],
    },
    "nested members": {
        "@context": {"box": "@nest", "w": {"@id": "https://example.org/w", "@nest": "box"}},
        "box": {"w": "one"},
    },
    "addresses below a base": {
        "@context": {"@base": "https://example.org/a/", "x": {"@id": "https://example.org/x", "@type": "@id"}},
        "x": ["b", "../c"],
    },
    "words for anything": {"@context": {"@vocab": "https://example.org/words#"}, "anything": {"more": "x"}},
}


@pytest.mark.parametrize("members", GENERIC.values(), ids=GENERIC.keys())
def test_what_json_ld_allows_is_signed_alike(members: dict[str, Any]) -> None:
    document: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": did_key(MUSEUM_KEY.public),
        "credentialSubject": {"id": "urn:uuid:6a1d2c86-0c0d-4b66-8a3e-8d3b9d0c4f0e"},
    }
    place = document if "name" in members else document["credentialSubject"]
    place.update({name: value for name, value in members.items() if name != "@context"})
    if "@context" in members:
        document["@context"].append(members["@context"])

    ours = signed(MUSEUM_KEY, "eddsa-rdfc-2022", document, reading=Reading.GENERIC)

    assert ours == theirs("eddsa-rdfc-2022", MUSEUM_KEY, document)
    assert verify_document(ours, resolve=unavailable, reading=Reading.GENERIC).key.public == MUSEUM_KEY.public
