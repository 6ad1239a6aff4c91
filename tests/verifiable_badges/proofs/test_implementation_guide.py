"""The examples of the Open Badges and CLR implementation guide: canonical forms, hashes and signatures."""

import hashlib
import json

import pytest

from tests.verifiable_badges.makers import VECTORS
from verifiable_badges.errors import InvalidSignature
from verifiable_badges.jsonld import canonical_text
from verifiable_badges.proofs.data_integrity import verify_document

GUIDE = VECTORS / "ob3-impl-guide"
ISSUER = "https://example.edu/issuers/565049"
KEY = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"
METHOD = f"{ISSUER}#{KEY}"
ISSUER_DOCUMENT = {
    "id": ISSUER,
    "verificationMethod": [{"id": METHOD, "type": "Multikey", "controller": ISSUER, "publicKeyMultibase": KEY}],
    "assertionMethod": [METHOD],
}
OPTIONS = {
    "type": "DataIntegrityProof",
    "created": "2010-01-01T19:23:24Z",
    "verificationMethod": METHOD,
    "cryptosuite": "eddsa-rdfc-2022",
    "proofPurpose": "assertionMethod",
}


def load(path):
    return json.loads((GUIDE / path).read_text())


def digest(document):
    return hashlib.sha256(canonical_text(document).encode()).hexdigest()


@pytest.mark.parametrize("kind", ["obv3p0", "clrv2p0"])
def test_the_published_canonical_forms_come_out(kind):
    document = load(f"{kind}/document.json")

    assert canonical_text(document) == (GUIDE / kind / "document-canon.txt").read_text()
    assert (
        canonical_text({**OPTIONS, "@context": document["@context"]}) == (GUIDE / kind / "proof-canon.txt").read_text()
    )


def test_the_hashes_of_the_signed_record_come_out():
    signed = load("clrv2p0/signed-with-credentials-v1.json")
    unsecured = {name: value for name, value in signed.items() if name != "proof"}

    assert digest(unsecured) == "fd987e45f5ee69ee7bc36a4111d9012c727fb80d79f867b344bf3fa67e8c4e83"
    assert (
        digest({**OPTIONS, "@context": signed["@context"]})
        == "3cf3c265b6c8ebb29b4d5ea310b87d2f31c79b633eff8af561d2e8c97a85c8cb"
    )


def embedded(path):
    return load(path)["credentialSubject"]["verifiableCredential"][0]


@pytest.mark.parametrize(
    "signed",
    [
        load("clrv2p0/signed-with-credentials-v1.json"),
        embedded("clrv2p0/signed-with-credentials-v1.json"),
        embedded("clrv2p0/document.json"),
    ],
    ids=["record", "badge in it", "badge in the newer one"],
)
def test_the_signatures_hold_until_a_letter_is_changed(signed):
    assert verify_document(signed, resolve=lambda _: ISSUER_DOCUMENT).key.confirmed

    with pytest.raises(InvalidSignature):
        verify_document({**signed, "name": "Sample transcript"}, resolve=lambda _: ISSUER_DOCUMENT)
