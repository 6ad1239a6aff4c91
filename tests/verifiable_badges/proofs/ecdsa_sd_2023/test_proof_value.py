"""The CBOR of proof values: one way to write it, everything else refused, and never with much work."""

import random

import cbor2
import pytest

from tests.verifiable_badges.proofs.ecdsa_sd_2023.learner import base_signed
from verifiable_badges.errors import InvalidProof, LimitExceeded, VerifiableBadgesError
from verifiable_badges.keys import KeyKind, SigningKey
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode
from verifiable_badges.proofs.ecdsa_sd_2023 import derive
from verifiable_badges.proofs.ecdsa_sd_2023.proof_value import BaseProofValue, DerivedProofValue, is_base_proof

BASE = base_signed()["proof"]["proofValue"]
DERIVED = derive(base_signed(), selective_pointers=["/evidence"])["proof"]["proofValue"]
P384_KEY = SigningKey(bytes(range(1, 49)), KeyKind.P384).public


def raw(value):
    return base64url_decode(value[1:])


def rewritten(value, change):
    """The value with `change` made to the list in its CBOR."""
    parts = cbor2.loads(raw(value)[3:])
    change(parts)
    return "u" + base64url_encode(raw(value)[:3] + cbor2.dumps(parts))


def replaced(value, place, part):
    return rewritten(value, lambda parts: parts.__setitem__(place, part))


def test_both_kinds_are_read_and_written_again():
    assert BaseProofValue.decode(BASE).encode() == BASE
    assert DerivedProofValue.decode(DERIVED).encode() == DERIVED
    assert [is_base_proof(value) for value in (BASE, DERIVED, None, "")] == [True, False, False, False]


def test_the_order_of_labels_is_free():
    reordered = rewritten(DERIVED, lambda parts: parts.__setitem__(3, dict(reversed(parts[3].items()))))

    assert reordered != DERIVED
    assert DerivedProofValue.decode(reordered) == DerivedProofValue.decode(DERIVED)


def cbor(head):
    return "u" + base64url_encode(bytes.fromhex("d95d01") + head)


def without_header(value):
    return "u" + base64url_encode(raw(value)[3:])


BAD_DERIVED = {
    "not text": 7,
    "empty": "",
    "another base": "z" + DERIVED[1:],
    "padding": DERIVED + "=",
    "a letter too many": DERIVED + "A",
    "white space": DERIVED[:9] + "\n" + DERIVED[9:],
    "header only": cbor(b""),
    "no header": without_header(DERIVED),
    "another header": "u" + base64url_encode(bytes.fromhex("d95d02") + raw(DERIVED)[3:]),
    "bytes after it": "u" + base64url_encode(raw(DERIVED) + b"\0"),
    "cut off": "u" + base64url_encode(raw(DERIVED)[:-1]),
    "four parts": rewritten(DERIVED, lambda parts: parts.pop()),
    "six parts": rewritten(DERIVED, lambda parts: parts.append(1)),
    "a map": cbor(cbor2.dumps({1: 2})),
    "short signature": replaced(DERIVED, 0, bytes(63)),
    "signature as text": replaced(DERIVED, 0, "x" * 64),
    "signature with tag 64": replaced(DERIVED, 0, cbor2.CBORTag(64, bytes(64))),
    "key of another curve": replaced(DERIVED, 1, P384_KEY.kind.value + P384_KEY.raw),
    "key of another kind": replaced(DERIVED, 1, bytes.fromhex("ed01") + bytes(33)),
    "key that is no point": replaced(DERIVED, 1, bytes.fromhex("8024") + b"\2" + b"\xff" * 32),
    "point at infinity": replaced(DERIVED, 1, bytes.fromhex("8024") + bytes(33)),
    "signatures as bytes": replaced(DERIVED, 2, bytes(64)),
    "long signature": replaced(DERIVED, 2, [bytes(65)]),
    "labels as list": replaced(DERIVED, 3, []),
    "labels with text names": replaced(DERIVED, 3, {"c14n0": bytes(32)}),
    "labels with negative names": replaced(DERIVED, 3, {-1: bytes(32)}),
    "short label": replaced(DERIVED, 3, {0: bytes(31)}),
    "labels with a gap": replaced(DERIVED, 3, {0: bytes(32), 2: b"x" * 32}),
    "equal labels": replaced(DERIVED, 3, {0: bytes(32), 1: bytes(32)}),
    "indexes as map": replaced(DERIVED, 4, {}),
    "negative index": replaced(DERIVED, 4, [-1]),
    "fraction as index": replaced(DERIVED, 4, [1.0]),
    "truth as index": replaced(DERIVED, 4, [True]),
    "huge index": replaced(DERIVED, 4, [2**80]),
    "falling indexes": replaced(DERIVED, 4, [2, 1]),
    "nothing": cbor(b"\xf6"),
    "a longer form of a number": cbor(raw(DERIVED)[3:-1] + b"\x18" + raw(DERIVED)[-1:]),
    "array without length": cbor(b"\x9f" + raw(DERIVED)[4:] + b"\xff"),
    "array of endless length": cbor(b"\x9b" + b"\xff" * 8),
    "text of endless length": cbor(b"\x7b" + b"\xff" * 8),
    "map of endless length": cbor(b"\xbb" + b"\xff" * 8),
    "arrays in arrays": cbor(b"\x81" * 50_000),
    "maps in maps": cbor(b"\xa1\0" * 50_000),
    "a power of ten that fills the memory": cbor(bytes.fromhex("c4821b7fffffffffffffff01")),
    "a power of two that fills the memory": cbor(bytes.fromhex("c5821b7fffffffffffffff01")),
}


@pytest.mark.parametrize("value", BAD_DERIVED.values(), ids=BAD_DERIVED)
def test_derived_values_that_are_refused(value):
    with pytest.raises(InvalidProof):
        DerivedProofValue.decode(value)


BAD_BASE = {
    "a derived proof": DERIVED,
    "short HMAC key": replaced(BASE, 2, bytes(31)),
    "pointers as text": replaced(BASE, 4, "/issuer"),
    "pointers that are none": replaced(BASE, 4, ["issuer"]),
    "pointers that are not UTF-8": "u" + base64url_encode(raw(BASE).replace(b"/validFrom", b"/validFr\xff\xff")),
    "numbers for pointers": replaced(BASE, 4, [7]),
}


@pytest.mark.parametrize("value", BAD_BASE.values(), ids=BAD_BASE)
def test_base_values_that_are_refused(value):
    with pytest.raises(InvalidProof):
        BaseProofValue.decode(value)


def test_a_base_proof_where_a_derived_one_is_due_is_named():
    with pytest.raises(InvalidProof) as error:
        DerivedProofValue.decode(BASE)
    assert error.value.code == "base_proof"


def test_limits():
    with pytest.raises(LimitExceeded):
        DerivedProofValue.decode("u" + "A" * 1_000_000)
    with pytest.raises(LimitExceeded):
        BaseProofValue.decode(replaced(BASE, 4, ["/a"] * 2_001))


def test_random_changes_are_refused_in_our_own_words():
    dice = random.Random(5)
    for kind, value in [(BaseProofValue, BASE), (DerivedProofValue, DERIVED)] * 400:
        data = bytearray(raw(value))
        for _ in range(dice.randint(1, 3)):
            data[dice.randrange(3, len(data))] = dice.randrange(256)
        try:
            again = kind.decode("u" + base64url_encode(bytes(data)))
        except VerifiableBadgesError:
            continue
        assert again.encode() == "u" + base64url_encode(bytes(data))
