"""eddsa-rdfc-2022 against the published vectors, every intermediate stage compared."""

import hashlib
import json

import pytest

from tests.verifiable_badges.makers import MUSEUM_KEY, NOW, VECTORS, credential, signed
from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidDate, InvalidDocument, InvalidProof, InvalidSignature, Unsupported
from verifiable_badges.jsonld import all_context_urls, canonical_text, choices
from verifiable_badges.keys import SigningKey, did_key_method
from verifiable_badges.keys.multibase import base58_decode, base58_encode, base64url_encode
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.eddsa_rdfc_2022 import create_proof, hash_data, verify_proof

FOLDER = VECTORS / "eddsa-rdfc-2022"
SECRET = json.loads((FOLDER / "keyPair.json").read_text())["privateKeyMultibase"]
KEY = SigningKey.from_seed(base58_decode(SECRET[1:])[2:])


def stage(case, name):
    return (FOLDER / case / f"{name}DataInt.txt").read_text()


def parts(case):
    document = json.loads((FOLDER / case / "signedDataInt.json").read_text())
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in document["proof"].items() if name != "proofValue"}
    return document, unsecured, options


@pytest.mark.parametrize("case", ["", "employ"])
def test_published_stages(case):
    document, unsecured, options = parts(case)
    canonical = canonical_text(unsecured)

    assert canonical == stage(case, "canonDoc")
    assert canonical_text({**options, "@context": document["@context"]}) == stage(case, "proofCanon")
    assert hashlib.sha256(canonical.encode()).hexdigest() == stage(case, "docHash").strip()
    assert hash_data(unsecured, options).hex() == stage(case, "combinedHash").strip()


@pytest.mark.parametrize("case", ["", "employ"])
def test_published_signatures_come_out_and_verify(case):
    document, unsecured, options = parts(case)

    proof = create_proof(
        unsecured,
        key=KEY,
        verification_method=options["verificationMethod"],
        created=parse_datetime(options["created"]),
    )

    assert proof == document["proof"]
    assert verify_proof(document, resolve=unavailable).key.public == KEY.public


def badge():
    return json.loads(signed())


def test_one_changed_letter_breaks_the_signature():
    document = badge()
    document["credentialSubject"]["achievement"]["description"] += "!"

    with pytest.raises(InvalidSignature):
        verify_proof(document, resolve=unavailable)


@pytest.mark.parametrize("name", ["created", "verificationMethod", "proofPurpose", "type", "cryptosuite"])
def test_every_option_is_signed(name):
    document = badge()
    document["proof"][name] = {"created": "2020-01-01T00:00:00Z"}.get(name, "X")

    with pytest.raises((InvalidProof, Unsupported)):
        verify_proof(document, resolve=unavailable)


@pytest.mark.parametrize("name", ["challenge", "domain", "nonce", "id"])
def test_options_cannot_be_added(name):
    document = badge()
    document["proof"][name] = "urn:x"

    with pytest.raises(InvalidSignature):
        verify_proof(document, resolve=unavailable)


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
            verify_proof(document, resolve=unavailable)


def test_of_several_proofs_one_that_holds_is_enough():
    document = badge()
    document["proof"] = [{**document["proof"], "created": "2020-01-01T00:00:00Z"}, document["proof"]]

    assert verify_proof(document, resolve=unavailable).key.public == MUSEUM_KEY.public


@pytest.mark.parametrize("proof", [None, [], "x", [7], {}, [{}, 7]])
def test_missing_and_malformed_proofs(proof):
    document = {**badge(), "proof": proof}

    with pytest.raises((InvalidProof, Unsupported)):
        verify_proof(document, resolve=unavailable)


def test_a_proof_for_another_purpose_is_refused():
    document = credential().to_json()
    method = did_key_method(MUSEUM_KEY.public)
    proof = create_proof(document, key=MUSEUM_KEY, verification_method=method, created=NOW, purpose="authentication")

    with pytest.raises(InvalidProof) as error:
        verify_proof({**document, "proof": proof}, resolve=unavailable)
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
    value = "z" + base58_encode(MUSEUM_KEY.sign(hash_data(document, options, variant)))

    proved = verify_proof({**document, "proof": {**options, "proofValue": value}}, resolve=unavailable)

    assert [edition.agreed for edition in proved.contexts] == [True, False]


def test_the_date_of_the_signature_needs_its_zone():
    local = NOW.replace(tzinfo=None)

    with pytest.raises(InvalidDate):
        create_proof(credential().to_json(), key=MUSEUM_KEY, verification_method="urn:x", created=local)
