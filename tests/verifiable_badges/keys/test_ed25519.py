"""Ed25519: libsodium and OpenSSL give one answer on every edge, and it is the strict one."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifiable_badges.errors import InvalidSignature
from verifiable_badges.keys import KeyKind, PublicKey, SigningKey, ed25519

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
KEY = SigningKey.from_seed(bytes(range(32)))
BACKENDS = [ed25519.holds_by_cryptography, ed25519.holds_by_sodium]


# A slow model of the curve, to make signatures that no library would make.


def x_of(y: int, sign: int = 0) -> int:
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - square) % P == 0
    return P - x if x % 2 != sign else x


def add(one, other):
    (x1, y1), (x2, y2) = one, other
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P
    return x, y


def times(number: int, point):
    result = (0, 1)
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def encoded(point) -> bytes:
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE_Y = 4 * pow(5, -1, P) % P
BASE = (x_of(BASE_Y), BASE_Y)
ORDER_8_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022
TORSION = (x_of(ORDER_8_Y), ORDER_8_Y)


def challenge(r: bytes, key: bytes, data: bytes) -> int:
    return int.from_bytes(hashlib.sha512(r + key + data).digest(), "little") % ORDER


def signature_with(r_point, nonce: int, secret: int, key: bytes, data: bytes) -> bytes:
    r = encoded(r_point)
    s = (nonce + challenge(r, key, data) * secret) % ORDER
    return r + s.to_bytes(32, "little")


MIXED_KEY = encoded(add(times(77, BASE), TORSION))
GOOD = KEY.sign(b"knots")
SITUATIONS = {
    "an honest signature": (GOOD, b"knots", KEY.public.raw, True),
    "other data": (GOOD, b"knot", KEY.public.raw, False),
    "a flipped bit of R": (bytes([GOOD[0] ^ 1]) + GOOD[1:], b"knots", KEY.public.raw, False),
    "a flipped bit of S": (GOOD[:32] + bytes([GOOD[32] ^ 1]) + GOOD[33:], b"knots", KEY.public.raw, False),
    "the sign of R turned": (GOOD[:31] + bytes([GOOD[31] ^ 128]) + GOOD[32:], b"knots", KEY.public.raw, False),
    "S and the order of the group": (
        GOOD[:32] + (int.from_bytes(GOOD[32:], "little") + ORDER).to_bytes(32, "little"),
        b"knots",
        KEY.public.raw,
        False,
    ),
    "R of order 1, made with the secret": (
        signature_with((0, 1), 0, 77, encoded(times(77, BASE)), b"x"),
        b"x",
        encoded(times(77, BASE)),
        False,
    ),
    "R of order 8": (signature_with(TORSION, 0, 77, MIXED_KEY, b"x"), b"x", MIXED_KEY, False),
    "R with a part of small order": (
        signature_with(add(times(5, BASE), TORSION), 5, 77, encoded(times(77, BASE)), b"x"),
        b"x",
        encoded(times(77, BASE)),
        False,
    ),
    "R that is no point": ((2).to_bytes(32, "little") + GOOD[32:], b"knots", KEY.public.raw, False),
    "R not canonical": ((P + 3).to_bytes(32, "little") + GOOD[32:], b"knots", KEY.public.raw, False),
    "R all ones": (b"\xff" * 32 + GOOD[32:], b"knots", KEY.public.raw, False),
    "S nought": (GOOD[:32] + bytes(32), b"knots", KEY.public.raw, False),
}


@pytest.mark.parametrize("holds", BACKENDS)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_both_libraries_give_the_strict_answer(monkeypatch, holds, situation):
    signature, data, key, expected = SITUATIONS[situation]
    monkeypatch.setattr(ed25519, "_HOLDS", holds)

    try:
        PublicKey(KeyKind.ED25519, key).verify(signature, data)
        answer = True
    except InvalidSignature:
        answer = False
    assert answer is expected


def test_keys_with_a_part_of_small_order_get_one_answer_from_both():
    """Such a key is no less safe for its owner; a signature holds if the torsion happens to cancel."""
    answers = []
    for number in range(24):
        data = bytes([number])
        signature = signature_with(times(5, BASE), 5, 77, MIXED_KEY, data)
        assert ed25519.is_canonical_signature(signature)
        answers.append([holds(signature, data, MIXED_KEY) for holds in BACKENDS])

    assert all(one == other for one, other in answers)
    assert {one for one, _ in answers} == {True, False}


@given(st.binary(min_size=64, max_size=64), st.binary(max_size=40))
def test_both_refuse_random_signatures(signature, data):
    assert not any(holds(signature, data, KEY.public.raw) for holds in BACKENDS)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100))
def test_both_sign_alike(seed, data):
    one, other = (make(seed)(data) for make in (ed25519.signer_by_cryptography, ed25519.signer_by_sodium))

    assert one == other
    assert all(holds(one, data, ed25519.public_bytes(seed)) for holds in BACKENDS)
