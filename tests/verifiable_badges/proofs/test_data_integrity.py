"""Data Integrity: which proofs hold, for what, and on what they build."""

import json

import pytest

from tests.verifiable_badges.makers import MUSEUM_KEY, NOW, credential, signed
from verifiable_badges.errors import InvalidDate, InvalidDocument, InvalidProof, InvalidSignature, Unsupported
from verifiable_badges.jsonld import all_context_urls, choices
from verifiable_badges.keys import KeyKind, did_key_method
from verifiable_badges.keys.multibase import base58_decode, base58_encode, base64url_encode
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.data_integrity import create_proof, verify_document
from verifiable_badges.proofs.eddsa_rdfc_2022 import SUITE
from verifiable_badges.proofs.suite import Unsecured


def badge():
    return json.loads(signed())


def test_one_changed_letter_breaks_the_signature():
    document = badge()
    document["credentialSubject"]["achievement"]["description"] += "!"

    with pytest.raises(InvalidSignature):
        verify_document(document, resolve=unavailable)


@pytest.mark.parametrize("name", ["created", "verificationMethod", "proofPurpose", "type", "cryptosuite"])
def test_every_option_is_signed(name):
    document = badge()
    document["proof"][name] = {"created": "2020-01-01T00:00:00Z"}.get(name, "X")

    with pytest.raises((InvalidProof, Unsupported)):
        verify_document(document, resolve=unavailable)


@pytest.mark.parametrize("name", ["challenge", "domain", "nonce", "id"])
def test_options_cannot_be_added(name):
    document = badge()
    document["proof"][name] = "urn:x"

    with pytest.raises(InvalidSignature):
        verify_document(document, resolve=unavailable)


def spelled_otherwise(value):
    raw = base58_decode(value[1:])
    yield "u" + base64url_encode(raw)
    yield "m" + value[1:]
    yield "z1" + value[1:]
    yield value + " "
    yield value.replace(value[-1], "0")
    yield "z" + base58_encode(raw + b"\0")
    yield "z" + base58_encode(bytes(64))
    yield ""
    yield None
    yield [value]


def test_other_spellings_of_the_signature_all_fail():
    value = badge()["proof"]["proofValue"]
    for spelling in spelled_otherwise(value):
        document = badge()
        document["proof"]["proofValue"] = spelling
        with pytest.raises(InvalidProof):
            verify_document(document, resolve=unavailable)


def test_of_several_proofs_one_that_holds_is_enough():
    document = badge()
    document["proof"] = [{**document["proof"], "created": "2020-01-01T00:00:00Z"}, document["proof"]]

    assert verify_document(document, resolve=unavailable).key.public == MUSEUM_KEY.public


@pytest.mark.parametrize("proof", [None, [], "x", [7], {}, [{}, 7]])
def test_missing_and_malformed_proofs(proof):
    document = {**badge(), "proof": proof}

    with pytest.raises((InvalidProof, Unsupported)):
        verify_document(document, resolve=unavailable)


def test_a_proof_for_another_purpose_is_refused():
    document = credential().to_json()
    method = did_key_method(MUSEUM_KEY.public)
    proof = create_proof(document, key=MUSEUM_KEY, verification_method=method, created=NOW, purpose="authentication")

    with pytest.raises(InvalidProof) as error:
        verify_document({**document, "proof": proof}, resolve=unavailable)
    assert error.value.code == "proof_purpose"


def test_the_variant_of_a_context_is_tried_and_named():
    """Signed where `endorsementJwt` had a meaning already: verified under that edition, refused for signing here."""
    document = {**credential().to_json(), "endorsementJwt": ["a.b.c"]}
    with pytest.raises(InvalidDocument):
        create_proof(document, key=MUSEUM_KEY, verification_method="urn:x", created=NOW)

    variant = list(choices(all_context_urls(document)))[-1]
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-05-04T12:00:00Z",
        "verificationMethod": did_key_method(MUSEUM_KEY.public),
        "proofPurpose": "assertionMethod",
    }
    value = "z" + base58_encode(
        MUSEUM_KEY.sign(SUITE.hash_data(Unsecured(document), options, KeyKind.ED25519, variant))
    )

    proved = verify_document({**document, "proof": {**options, "proofValue": value}}, resolve=unavailable)

    assert [edition.agreed for edition in proved.contexts] == [True, False]


def test_the_date_of_the_signature_needs_its_zone():
    local = NOW.replace(tzinfo=None)

    with pytest.raises(InvalidDate):
        create_proof(credential().to_json(), key=MUSEUM_KEY, verification_method="urn:x", created=local)
