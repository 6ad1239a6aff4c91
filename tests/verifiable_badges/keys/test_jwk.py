"""JSON Web Keys as others publish them."""

import pytest

from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM_KEY
from verifiable_badges.errors import InvalidKey
from verifiable_badges.keys import PublicKey
from verifiable_badges.keys.jwk import jwk_public, key_in_set, keys_in_set, thumbprint

MUSEUM, FORGER = MUSEUM_KEY.public.to_jwk(), FORGER_KEY.public.to_jwk()


def test_the_thumbprint_of_rfc_8037_appendix_a_3():
    key = PublicKey.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})

    assert thumbprint(key) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


@pytest.mark.parametrize(
    "members", [{}, {"use": "sig"}, {"key_ops": ["verify", "sign"]}, {"alg": "EdDSA"}, {"alg": "Ed25519"}, {"kid": "1"}]
)
def test_keys_for_signatures(members):
    assert jwk_public({**MUSEUM, **members}) == MUSEUM_KEY.public


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"use": "enc"}, "jwk_use"),
        ({"key_ops": ["deriveKey"]}, "jwk_use"),
        ({"key_ops": "verify"}, "jwk_use"),
        ({"alg": "ES256"}, "jwk_algorithm"),
        ({"alg": "none"}, "jwk_algorithm"),
        ({"alg": ["EdDSA"]}, "jwk_algorithm"),
        ({"d": "AAAA"}, "private_jwk"),
    ],
)
def test_keys_for_something_else(members, code):
    with pytest.raises(InvalidKey) as error:
        jwk_public({**MUSEUM, **members})
    assert error.value.code == code


def test_a_key_is_found_by_its_name():
    keys = {"keys": [{**FORGER, "kid": "a"}, {**MUSEUM, "kid": "b"}]}

    assert key_in_set(keys, "b") == MUSEUM_KEY.public
    assert key_in_set({"keys": [MUSEUM]}, "") == MUSEUM_KEY.public


@pytest.mark.parametrize(
    ("keys", "kid"),
    [
        ([], ""),
        ([MUSEUM, FORGER], ""),
        ([{**MUSEUM, "kid": "a"}], "b"),
        ([{**MUSEUM, "kid": "a"}, {**FORGER, "kid": "a"}], "a"),
        ([MUSEUM], "a"),
        ("all", ""),
        ([7], ""),
        (None, ""),
    ],
)
def test_no_key_or_several_of_a_name(keys, kid):
    with pytest.raises(InvalidKey):
        key_in_set({"keys": keys}, kid)


def test_other_keys_in_a_set_do_no_harm():
    secp256k1 = {"kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA"}

    assert keys_in_set({"keys": [secp256k1, {**FORGER, "use": "enc"}, 7, MUSEUM]}) == [MUSEUM_KEY.public]
    assert keys_in_set({"keys": "none"}) == []
