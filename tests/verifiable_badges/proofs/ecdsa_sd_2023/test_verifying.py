"""Derived proofs: every published stage, and a table of what strangers do to them."""

import random

import pytest

from tests.verifiable_badges.makers import NOW, World
from tests.verifiable_badges.proofs.ecdsa_sd_2023.learner import METHOD, MUSEUM_KEY, badge, base_signed
from tests.verifiable_badges.proofs.ecdsa_sd_2023.published import CASES
from verifiable_badges.errors import (
    InvalidDocument,
    InvalidKey,
    InvalidProof,
    InvalidSignature,
    LimitExceeded,
    VerifiableBadgesError,
)
from verifiable_badges.json_text import write
from verifiable_badges.jsonld import all_context_urls, choices
from verifiable_badges.keys import KeyKind, SigningKey, did_key_method
from verifiable_badges.keys.multibase import base64url_encode
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.data_integrity import create_proof, verify_document
from verifiable_badges.proofs.ecdsa_sd_2023 import SUITE, create_base_proof, derive, verify_base_proof
from verifiable_badges.proofs.ecdsa_sd_2023.proof_value import DerivedProofValue
from verifiable_badges.proofs.ecdsa_sd_2023.signing import signed_data
from verifiable_badges.proofs.ecdsa_sd_2023.verifying import revealed_statements
from verifiable_badges.proofs.suite import Unsecured

cases = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@cases
def test_published_derived_proof_is_read(case):
    value = DerivedProofValue.decode(case.stage("derivedRevealDocument")["proof"]["proofValue"])

    published = case.stage("verifyDerivedProofValue")
    labels = [[f"c14n{number}", "u" + base64url_encode(label)] for number, label in value.labels.items()]
    assert value.base_signature.hex() == published["baseSignature"]
    assert value.proof_key.multibase == published["publicKey"]
    assert [signature.hex() for signature in value.signatures] == published["signatures"]
    assert labels == published["labelMap"]
    assert list(value.mandatory_indexes) == published["mandatoryIndexes"]


@cases
def test_published_data_to_verify(case):
    document = case.stage("derivedRevealDocument")
    proof = document.pop("proof")
    chosen = next(choices(all_context_urls(document)))
    value = DerivedProofValue.decode(proof["proofValue"])
    options = {name: member for name, member in proof.items() if name != "proofValue"}

    mandatory, optional = revealed_statements(Unsecured(document), value, chosen)
    data = signed_data(Unsecured(document), options, chosen, value.proof_key, mandatory)

    published = case.stage("verifyCreateVerifyData")
    assert sorted([*mandatory, *optional]) == case.stage("verifyNQuads")
    assert optional == published["nonMandatory"]
    assert (data[:32].hex(), data[67:].hex()) == (published["proofHash"], published["mandatoryHash"])


@cases
def test_published_documents_verify(case):
    base, derived = case.stage("addSignedSDBase"), case.stage("derivedRevealDocument")

    assert verify_document(derived, resolve=unavailable).options["cryptosuite"] == "ecdsa-sd-2023"
    assert verify_base_proof(base, resolve=unavailable).public.multibase in derived["proof"]["verificationMethod"]


@cases
def test_published_base_proof_is_not_for_showing(case):
    with pytest.raises(InvalidProof) as error:
        verify_document(case.stage("addSignedSDBase"), resolve=unavailable)
    assert error.value.code == "base_proof"


def shown(**proof):
    """The badge with its mandatory parts, a result and evidence; members of the proof value changed."""
    document = derive(base_signed(), selective_pointers=["/evidence/0", "/credentialSubject/identifier"])
    value = DerivedProofValue.decode(document["proof"]["proofValue"])
    members = {name: getattr(value, name) for name in DerivedProofValue.__dataclass_fields__}
    if proof:
        document["proof"]["proofValue"] = DerivedProofValue(
            **members | {name: change(members[name]) for name, change in proof.items()}
        ).encode()
    return document


def document_with(change):
    document = shown()
    change(document)
    return document


def swapped(labels):
    return {**labels, 0: labels[1], 1: labels[0]}


def without(sequence, place):
    return sequence[:place] + sequence[place + 1 :]


OTHER = SigningKey(bytes(31) + b"\1", KeyKind.P256)
TAMPERED = {
    "another issuer's signature": (shown(base_signature=lambda _: bytes(31) + b"\1" + bytes(31) + b"\1"), "signature"),
    "another key for statements": (shown(proof_key=lambda _: OTHER.public), "signature"),
    "a signature less": (shown(signatures=lambda all_: all_[1:]), "statements"),
    "a signature more": (shown(signatures=lambda all_: (*all_, all_[0])), "statements"),
    "signatures in another order": (shown(signatures=lambda all_: all_[::-1]), "signature"),
    "no signatures": (shown(signatures=lambda _: ()), "statements"),
    "names exchanged": (shown(labels=swapped), "signature"),
    "two things made one": (shown(labels=lambda all_: {**all_, 1: all_[0]}), "proof_labels"),
    "a name less": (shown(labels=lambda all_: {n: all_[n] for n in range(len(all_) - 1)}), "labels"),
    "a name more": (shown(labels=lambda all_: {**all_, len(all_): bytes(32)}), "labels"),
    "names from one on": (shown(labels=lambda all_: {n + 1: label for n, label in all_.items()}), "proof_labels"),
    "a mandatory statement less": (shown(mandatory_indexes=lambda all_: all_[1:]), "signature"),
    "no mandatory statements": (shown(mandatory_indexes=lambda _: ()), "signature"),
    "an index outside": (shown(mandatory_indexes=lambda all_: (*all_, 10_000)), "statements"),
    "an index twice": (shown(mandatory_indexes=lambda all_: (all_[0], *all_)), "proof_indexes"),
    "indexes in another order": (shown(mandatory_indexes=lambda all_: all_[::-1]), "proof_indexes"),
    "a shown part dropped": (document_with(lambda d: d.pop("evidence")), "labels"),
    "a shown value dropped": (document_with(lambda d: d["evidence"][0].pop("name")), "statements"),
    "a mandatory part dropped": (document_with(lambda d: d.pop("validUntil")), "statements"),
    "status dropped": (document_with(lambda d: d.pop("credentialStatus")), "statements"),
    "a part added": (document_with(lambda d: d.update(description="x")), "signature"),
    "a part of the whole added back": (document_with(lambda d: d.update(evidence=badge()["evidence"])), "signature"),
    "a value changed": (document_with(lambda d: d.update(name="Admiral")), "signature"),
    "a date moved": (document_with(lambda d: d.update(validUntil="2099-01-01T00:00:00Z")), "signature"),
    "another date of the proof": (
        document_with(lambda d: d["proof"].update(created="2020-01-01T00:00:00Z")),
        "signature",
    ),
    "a challenge added": (document_with(lambda d: d["proof"].update(challenge="x")), "signature"),
    "respelled": (document_with(lambda d: d.update({"https://schema.org/name": d.pop("name")})), "respelled"),
    "a term unknown": (document_with(lambda d: d.update(colour="blue")), "undefined_term"),
    "no value": (document_with(lambda d: d["proof"].pop("proofValue")), "proof_value"),
    "a base proof": (base_signed(), "base_proof"),
    "a plain signature": (
        document_with(lambda d: d["proof"].update(proofValue="z" + "1" * 64)),
        "proof_value",
    ),
}  # fmt: skip


def test_what_is_tampered_with_was_good_before():
    assert verify_document(shown(), resolve=unavailable).key.public == MUSEUM_KEY.public


@pytest.mark.parametrize(("document", "code"), TAMPERED.values(), ids=TAMPERED)
def test_what_was_tampered_with_fails(document, code):
    with pytest.raises((InvalidProof, InvalidDocument)) as error:
        verify_document(document, resolve=unavailable)
    assert error.value.code == code


def test_one_issuer_is_not_mistaken_for_another():
    document = shown()
    document["proof"]["verificationMethod"] = did_key_method(OTHER.public)

    with pytest.raises(InvalidSignature):
        verify_document(document, resolve=unavailable)


def test_statements_of_two_badges_are_not_mixed():
    """Two badges of one learner: each has its own key for statements and its own names."""
    first, second = shown(), derive(base_signed(seed=8), selective_pointers=["/evidence/0"])
    mixed = {**first, "evidence": second["evidence"], "proof": second["proof"]}

    with pytest.raises(InvalidSignature):
        verify_document(mixed, resolve=unavailable)


def test_only_p256_keys_are_asked():
    document = shown()
    document["proof"]["verificationMethod"] = did_key_method(SigningKey(bytes(32)).public)

    with pytest.raises(InvalidKey):
        verify_document(document, resolve=unavailable)


def test_the_suite_makes_no_ordinary_proofs():
    with pytest.raises(VerifiableBadgesError) as error:
        create_proof(badge(), key=MUSEUM_KEY, verification_method=METHOD, created=NOW, cryptosuite=SUITE.name)
    assert error.value.code == "cryptosuite"


def test_a_shown_badge_is_a_good_badge():
    document = {k: v for k, v in badge().items() if k != "credentialStatus"}

    report = World().verify(write(derive(base_signed(document), selective_pointers=["/evidence"])))

    assert {check.name: check.code for check in report.checks if check.outcome.value == "failed"} == {}


def test_a_presentation_purpose_is_not_an_assertion():
    proof = create_base_proof(
        badge(),
        key=MUSEUM_KEY,
        verification_method=METHOD,
        created=NOW,
        mandatory_pointers=["/issuer"],
        random=random.Random(1).randbytes,
        purpose="authentication",
    )
    derived = derive({**badge(), "proof": proof}, selective_pointers=[])

    assert verify_document(derived, resolve=unavailable, purpose="authentication")
    for refuse in (verify_document, verify_base_proof):
        with pytest.raises(InvalidProof):
            refuse(derived if refuse is verify_document else {**badge(), "proof": proof}, resolve=unavailable)


def test_the_number_of_statements_is_bounded():
    value = DerivedProofValue.decode(shown()["proof"]["proofValue"])
    many = DerivedProofValue(value.base_signature, value.proof_key, (bytes(64),) * 5_001, value.labels, ())
    document = shown()
    document["proof"]["proofValue"] = many.encode()

    with pytest.raises(LimitExceeded):
        verify_document(document, resolve=unavailable)
