"""Signing keys of every kind: made, written, read again, and never printed."""

import json
import pickle
import random
from pathlib import Path

import pytest

from verifiable_badges.errors import InvalidKey, InvalidSignature
from verifiable_badges.keys import KeyKind, PublicKey, SigningKey
from verifiable_badges.keys.multibase import base64url_encode

MADE = [KeyKind.ED25519, KeyKind.P256, KeyKind.P384, KeyKind.P521]
RSA_JWK = json.loads((Path(__file__).parent / "rsa-test-key.json").read_text())


def key_of(kind: KeyKind) -> SigningKey:
    return (
        SigningKey.from_jwk(RSA_JWK) if kind is KeyKind.RSA else SigningKey.generate(random.Random(1).randbytes, kind)
    )


@pytest.mark.parametrize("kind", KeyKind)
def test_a_signature_holds_for_its_data_alone(kind: KeyKind) -> None:
    key = key_of(kind)
    signature = key.sign(b"six knots")

    key.public.verify(signature, b"six knots")
    with pytest.raises(InvalidSignature):
        key.public.verify(signature, b"ten knots")


@pytest.mark.parametrize("kind", KeyKind)
def test_signs_the_same_data_alike_each_time(kind: KeyKind) -> None:
    assert key_of(kind).sign(b"data") == key_of(kind).sign(b"data")


@pytest.mark.parametrize("kind", KeyKind)
def test_a_public_key_survives_jwk_and_multikey(kind: KeyKind) -> None:
    public = key_of(kind).public

    assert PublicKey.from_jwk(public.to_jwk()) == public
    assert PublicKey.from_multibase(public.multibase) == public


@pytest.mark.parametrize("kind", MADE)
def test_a_secret_key_survives_its_multikey_form(kind: KeyKind) -> None:
    key = key_of(kind)

    assert SigningKey.from_multibase(key.secret_multibase).public == key.public


def test_halves_that_do_not_belong_together_are_refused() -> None:
    one, other = (SigningKey.generate(random.Random(seed).randbytes, KeyKind.P256) for seed in (1, 2))

    with pytest.raises(InvalidKey, match="belong together"):
        SigningKey.from_jwk({**one.public.to_jwk(), "d": base64url_encode(other.secret)})


@pytest.mark.parametrize("secret", [b"", b"\0" * 32, b"\xff" * 32, b"\1" * 33])
def test_a_scalar_outside_the_order_is_refused(secret: bytes) -> None:
    with pytest.raises(InvalidKey):
        SigningKey(secret, KeyKind.P256)


@pytest.mark.parametrize("kind", KeyKind)
def test_never_shows_or_pickles_its_secret(kind: KeyKind) -> None:
    key = key_of(kind)

    assert key.secret.hex() not in repr(key)
    with pytest.raises(TypeError):
        pickle.dumps(key)
