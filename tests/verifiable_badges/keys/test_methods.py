"""How keys are written into documents."""

import pytest

from tests.verifiable_badges.keys.test_signing import key_of
from tests.verifiable_badges.makers import MUSEUM_KEY
from verifiable_badges.errors import InvalidKey, Unsupported
from verifiable_badges.keys import KeyKind
from verifiable_badges.keys.methods import end_of, public_key
from verifiable_badges.keys.multibase import base58_encode

KEY = MUSEUM_KEY.public
MULTIBASE, JWK, BASE58 = KEY.multibase, KEY.to_jwk(), base58_encode(KEY.raw)
P256 = key_of(KeyKind.P256).public

GOOD = {
    "a Multikey": {"type": "Multikey", "publicKeyMultibase": MULTIBASE},
    "a JWK": {"type": "JsonWebKey", "publicKeyJwk": JWK},
    "a JWK of 2020": {"type": "JsonWebKey2020", "publicKeyJwk": JWK},
    "a key of 2020": {"type": "Ed25519VerificationKey2020", "publicKeyMultibase": MULTIBASE},
    "a key of 2018": {"type": "Ed25519VerificationKey2018", "publicKeyBase58": BASE58},
    "a key of 2018 in a later form": {"type": "Ed25519VerificationKey2018", "publicKeyJwk": JWK},
    "a type in a list": {"type": ["Multikey"], "publicKeyMultibase": MULTIBASE},
    "a key without a type": {"publicKeyMultibase": MULTIBASE},
}


@pytest.mark.parametrize("name", GOOD)
def test_forms_that_are_read(name):
    assert public_key(GOOD[name]) == KEY


@pytest.mark.parametrize("kind", KeyKind)
def test_a_multikey_and_a_jwk_may_be_of_every_kind(kind):
    key = key_of(kind).public

    assert public_key({"type": "Multikey", "publicKeyMultibase": key.multibase}) == key
    assert public_key({"type": "JsonWebKey", "publicKeyJwk": key.to_jwk()}) == key


BAD = {
    "no key": ({"type": "Multikey"}, "key_missing"),
    "a form that the type does not have": ({"type": "Multikey", "publicKeyJwk": JWK}, "key_missing"),
    "a JWK that is a multibase": ({"type": "JsonWebKey", "publicKeyMultibase": MULTIBASE}, "key_missing"),
    "PEM": ({"type": "JsonWebKey", "publicKeyPem": "-----BEGIN"}, "key_missing"),
    "two keys": ({"type": "JsonWebKey", "publicKeyJwk": JWK, "publicKeyMultibase": MULTIBASE}, "key_twice"),
    "a secret beside it": (
        {"type": "Multikey", "publicKeyMultibase": MULTIBASE, "secretKeyMultibase": "z3u"},
        "private_key",
    ),
    "an older secret beside it": (
        {"type": "JsonWebKey2020", "publicKeyJwk": JWK, "privateKeyJwk": {}},
        "private_key",
    ),
    "a secret in the JWK": ({"type": "JsonWebKey", "publicKeyJwk": {**JWK, "d": "AA"}}, "private_jwk"),
    "another kind than its type says": (
        {"type": "Ed25519VerificationKey2020", "publicKeyMultibase": P256.multibase},
        "key_kind",
    ),
    "base58 that is no text": ({"type": "Ed25519VerificationKey2018", "publicKeyBase58": 7}, "key_missing"),
    "base58 that is no point": ({"type": "Ed25519VerificationKey2018", "publicKeyBase58": "1"}, "unsafe_key"),
}


@pytest.mark.parametrize("name", BAD)
def test_forms_that_are_refused(name):
    method, code = BAD[name]

    with pytest.raises(InvalidKey) as error:
        public_key(method)
    assert error.value.code == code


@pytest.mark.parametrize("kind", ["EcdsaSecp256k1VerificationKey2019", "", 7, None, [], ["Multikey", "JsonWebKey"]])
def test_types_that_are_not_known_cannot_be_decided(kind):
    with pytest.raises(Unsupported):
        public_key({"type": kind, "publicKeyMultibase": MULTIBASE})


def test_the_end_of_a_key():
    assert end_of({}, "expires") is None
    assert end_of({"expires": "2026-05-04T12:00:00Z"}, "expires").year == 2026
    with pytest.raises(InvalidKey):
        end_of({"revoked": "soon"}, "revoked")
