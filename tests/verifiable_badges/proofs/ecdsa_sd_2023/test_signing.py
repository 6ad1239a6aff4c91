"""The base proof: every published stage, and what is refused."""

import json
import random

import pytest

from tests.verifiable_badges.makers import MUSEUM_KEY as ED25519_KEY
from tests.verifiable_badges.makers import NOW
from tests.verifiable_badges.proofs.ecdsa_sd_2023.learner import METHOD, MUSEUM_KEY, badge, base_signed
from tests.verifiable_badges.proofs.ecdsa_sd_2023.published import (
    CASES,
    HMAC_KEY,
    ISSUER_KEY,
    PROOF_KEY,
    published_random,
)
from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidDocument, InvalidKey, LimitExceeded
from verifiable_badges.jsonld import canonical_text
from verifiable_badges.keys import KeyKind, SigningKey
from verifiable_badges.proofs.ecdsa_sd_2023 import create_base_proof, proof_value
from verifiable_badges.proofs.ecdsa_sd_2023.signing import separated, signed_data
from verifiable_badges.proofs.ecdsa_sd_2023.statements import Statements

cases = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@cases
def test_published_statements(case):
    statements = Statements(case.unsecured, HMAC_KEY, case.chosen)
    mandatory, optional = separated(statements, case.mandatory)
    transformed = case.stage("addBaseTransform")

    assert case.unsecured.nquads(case.chosen, "sha256").decode() == "".join(case.stage("addBaseDocCanon"))
    assert statements.lines == case.stage("addBaseDocHMACCanon")
    assert mandatory == [line for _, line in transformed["mandatory"]["value"]]
    assert optional == [line for _, line in transformed["nonMandatory"]["value"]]


@cases
def test_published_hashes_and_signed_bytes(case):
    config = case.stage("addProofConfig")
    options = {name: value for name, value in config.items() if name != "@context"}
    mandatory, _ = separated(Statements(case.unsecured, HMAC_KEY, case.chosen), case.mandatory)

    data = signed_data(case.unsecured, options, case.chosen, PROOF_KEY.public, mandatory)

    hashes = case.stage("addHashData")
    assert canonical_text(config) == case.text("addProofConfigCanon").rstrip("\n") + "\n"
    assert (data[:32].hex(), data[67:].hex()) == (hashes["proofHash"], hashes["mandatoryHash"])
    assert data[32:67] == bytes.fromhex("8024") + PROOF_KEY.public.raw


@cases
def test_published_signatures_and_proof(case):
    published = case.stage("addSignedSDBase")

    proof = create_base_proof(
        case.unsigned,
        key=ISSUER_KEY,
        verification_method=published["proof"]["verificationMethod"],
        created=parse_datetime(published["proof"]["created"]),
        mandatory_pointers=case.mandatory,
        random=published_random,
    )

    value = proof_value.BaseProofValue.decode(proof["proofValue"])
    raw = case.stage("addRawBaseSignatureInfo")
    assert value.base_signature.hex() == raw["baseSignature"]
    assert [signature.hex() for signature in value.signatures] == raw["signatures"]
    assert value.proof_key.multibase == raw["publicKey"]
    assert proof == published["proof"]


def test_the_same_randomness_gives_the_same_proof_and_other_randomness_another():
    assert base_signed(seed=1) == base_signed(seed=1)
    assert base_signed(seed=1)["proof"]["proofValue"] != base_signed(seed=2)["proof"]["proofValue"]


def test_the_order_of_members_changes_no_statement():
    """Stores reorder members. Two alignments are alike, so only their order in the list tells them apart."""
    document = badge()
    reordered = json.loads(json.dumps(document, sort_keys=True))

    assert base_signed(reordered)["proof"] != base_signed(badge(name="Another"))["proof"]
    assert base_signed(reordered, pointers=["/issuer"])["proof"] == base_signed(pointers=["/issuer"])["proof"]


def sign(document=None, key=MUSEUM_KEY, pointers=("/issuer",)):
    return create_base_proof(
        document or badge(),
        key=key,
        verification_method=METHOD,
        created=NOW,
        mandatory_pointers=pointers,
        random=random.Random(1).randbytes,
    )


@pytest.mark.parametrize("key", [ED25519_KEY, SigningKey(bytes(range(1, 49)), KeyKind.P384)])
def test_only_p256_keys_sign(key):
    with pytest.raises(InvalidKey) as error:
        sign(key=key)
    assert error.value.code == "key_kind"


DOCUMENTS = {
    "undefined term": (badge(colour="blue"), "undefined_term"),
    "an id that is none for others": (badge(id="urn:bnid:x"), "skolem_address"),
    "a blank name": (badge(id="_:b0"), "blank_name"),
    "respelled": (badge(**{"https://schema.org/name": "x"}), "respelled"),
}


@pytest.mark.parametrize(("document", "code"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_documents_that_are_not_signed(document, code):
    with pytest.raises(InvalidDocument) as error:
        sign(document)
    assert error.value.code == code


def test_a_pointer_that_leads_nowhere_is_an_error_and_not_less_protection():
    with pytest.raises(InvalidDocument) as error:
        sign(pointers=["/issuer", "/validTill"])
    assert error.value.code == "pointer_nowhere"


def test_more_statements_than_a_proof_may_have(monkeypatch):
    monkeypatch.setattr("verifiable_badges.proofs.ecdsa_sd_2023.signing.MAX_STATEMENTS", 10)

    with pytest.raises(LimitExceeded):
        sign()
    assert sign(pointers=[""])  # nothing is left to sign alone
