"""Public keys and signatures: strict where libraries differ."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey, OKPKey, RSAKey

from tests.verifiable_badges.makers import MUSEUM_KEY
from verifiable_badges.errors import InvalidKey, InvalidSignature
from verifiable_badges.keys import KeyKind, PublicKey, SigningKey

ORDER = 2**252 + 27742317777372353535851937790883648493
FIELD = 2**255 - 19
SMALL_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]


def test_rfc_8032_first_vector():
    key = SigningKey.from_seed(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))

    assert key.public.raw.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")


def test_a_signature_holds_for_its_data_only():
    signature = MUSEUM_KEY.sign(b"knots")

    MUSEUM_KEY.public.verify(signature, b"knots")
    with pytest.raises(InvalidSignature):
        MUSEUM_KEY.public.verify(signature, b"knot")


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_keys_of_small_order_are_refused(point):
    with pytest.raises(InvalidKey):
        PublicKey(KeyKind.ED25519, bytes.fromhex(point))


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_signatures_with_points_of_small_order_are_refused(point):
    signature = bytes.fromhex(point) + MUSEUM_KEY.sign(b"x")[32:]

    with pytest.raises(InvalidSignature) as error:
        MUSEUM_KEY.public.verify(signature, b"x")
    assert error.value.code == "signature_form"


@pytest.mark.parametrize("y", [FIELD, FIELD + 1, FIELD + 3, 2**255 - 1])
def test_non_canonical_points_are_refused(y):
    with pytest.raises(InvalidKey):
        PublicKey(KeyKind.ED25519, y.to_bytes(32, "little"))


def test_a_point_off_the_curve_is_refused():
    with pytest.raises(InvalidKey):
        PublicKey(KeyKind.ED25519, (2).to_bytes(32, "little"))


def test_s_plus_the_order_of_the_group_is_refused():
    signature = MUSEUM_KEY.sign(b"x")
    s = int.from_bytes(signature[32:], "little") + ORDER

    with pytest.raises(InvalidSignature) as error:
        MUSEUM_KEY.public.verify(signature[:32] + s.to_bytes(32, "little"), b"x")
    assert error.value.code == "signature_form"


@given(st.binary(max_size=80))
def test_random_signatures_never_hold_and_raise_only_our_error(signature):
    with pytest.raises(InvalidSignature):
        MUSEUM_KEY.public.verify(signature, b"x")


@given(st.binary(min_size=32, max_size=32))
def test_every_seed_gives_a_key_that_reads_back(seed):
    public = SigningKey.from_seed(seed).public

    assert public.multibase.startswith("z6Mk")
    assert PublicKey.from_multibase(public.multibase) == public


@pytest.mark.parametrize(
    "text", ["", "z", "z6Mk", "m6Mk", None, 7, "z0OIl", "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ"]
)
def test_broken_multibase_keys_raise_our_error(text):
    with pytest.raises(InvalidKey):
        PublicKey.from_multibase(text)


@pytest.mark.parametrize(
    "make",
    [lambda: OKPKey.generate_key("Ed25519"), lambda: ECKey.generate_key("P-256"), lambda: RSAKey.generate_key(2048)],
)
def test_keys_of_another_library_read_from_jwk_and_back_from_multibase(make):
    public = PublicKey.from_jwk(make().as_dict(private=False))

    assert PublicKey.from_multibase(public.multibase) == public


def test_a_private_jwk_is_refused():
    with pytest.raises(InvalidKey) as error:
        PublicKey.from_jwk(OKPKey.generate_key("Ed25519").as_dict(private=True))
    assert error.value.code == "private_jwk"


@pytest.mark.parametrize(
    "jwk",
    [
        None,
        {},
        {"kty": "OKP", "crv": "Ed25519"},
        {"kty": "OKP", "crv": "Ed25519", "x": 7},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {"kty": "oct", "k": "AAAA"},
        {"kty": ["RSA"], "crv": {}},
    ],
)
def test_broken_jwks_raise_our_error(jwk):
    with pytest.raises(InvalidKey):
        PublicKey.from_jwk(jwk)


def test_signing_keys_hide_their_seed():
    assert MUSEUM_KEY.seed.hex() not in repr(MUSEUM_KEY)
    with pytest.raises(InvalidKey):
        SigningKey.from_seed(b"short")


def test_generate_takes_its_randomness_from_the_caller():
    assert SigningKey.generate(lambda size: b"\7" * size).seed == b"\7" * 32


def test_short_and_foreign_curves_are_no_keys():
    raw = ec.generate_private_key(ec.SECP384R1()).public_key()
    assert raw.key_size == 384
    with pytest.raises(InvalidKey):
        PublicKey(KeyKind.P256, b"\2" + b"\xff" * 32)
    with pytest.raises(InvalidKey):
        PublicKey(
            KeyKind.RSA, rsa.generate_private_key(65537, 2048).public_key().public_numbers().n.to_bytes(256, "big")
        )
