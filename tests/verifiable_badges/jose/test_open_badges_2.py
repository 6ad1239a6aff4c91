"""Signed badges of Open Badges 2.0, from the model to the report."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.verifiable_badges.model.test_open_badges_2 import ASSERTION, BADGE, HOME, ISSUER, NOW
from verifiable_badges import verify
from verifiable_badges.errors import InvalidCredential, Unavailable
from verifiable_badges.jose.jws import parse
from verifiable_badges.jose.open_badges_2 import key_document, sign_assertion
from verifiable_badges.json_text import write
from verifiable_badges.keys import KeyKind, SigningKey
from verifiable_badges.keys.pem import public_key_from_pem, public_key_to_pem
from verifiable_badges.model.open_badges_2 import signed_by

RSA = SigningKey.from_jwk(json.loads((Path(__file__).parents[1] / "keys" / "rsa-test-key.json").read_bytes()))
KEYS = [RSA, SigningKey.from_seed(bytes(range(32))), SigningKey(bytes(range(1, 33)), KeyKind.P256)]
SIGNED = replace(ASSERTION, id="urn:uuid:1", verification=signed_by(f"{HOME}/key"))


def report(token, *documents):
    published = {one.id: write(one.to_json()) for one in (BADGE, ISSUER, *documents)}
    published[f"{HOME}/revoked"] = write(
        {
            "@context": "https://w3id.org/openbadges/v2",
            "id": f"{HOME}/revoked",
            "type": "RevocationList",
            "issuer": ISSUER.id,
            "revokedAssertions": [],
        }
    )

    def fetch(address):
        if address not in published:
            raise Unavailable("unreachable", f"{address} does not answer.")
        return published[address]

    def resolve(address):
        return json.loads(fetch(address))

    return verify(token.encode(), resolve=resolve, fetch=fetch, now=NOW.replace(year=2027))


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.kind.name)
def test_a_signed_badge_is_genuine_if_the_issuer_names_the_key(key):
    found = report(sign_assertion(SIGNED, key=key), key_document(key.public, id=f"{HOME}/key", owner=ISSUER.id))

    assert found.verdict.value == "passed", found


def test_a_badge_signed_with_another_key_is_not_genuine():
    published = key_document(KEYS[1].public, id=f"{HOME}/key", owner=ISSUER.id)
    forger = SigningKey.from_seed(bytes(range(100, 132)))

    assert report(sign_assertion(SIGNED, key=forger), published).check("proof").outcome.value == "failed"


def test_the_token_of_an_rsa_key_says_rs256_and_the_assertion():
    token = parse(sign_assertion(SIGNED, key=RSA))

    assert token.header == {"alg": "RS256"}
    assert json.loads(token.payload) == SIGNED.to_json()


def test_an_assertion_to_be_hosted_is_not_signed():
    with pytest.raises(InvalidCredential):
        sign_assertion(ASSERTION, key=RSA)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.kind.name)
def test_the_pem_of_a_key_is_read_as_the_key(key):
    assert public_key_from_pem(public_key_to_pem(key.public)) == key.public
