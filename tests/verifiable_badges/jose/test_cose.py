"""COSE_Sign1: the same documents in CBOR."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verifiable_badges.keys.test_signing import key_of
from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM, MUSEUM_KEY, credential
from verifiable_badges.errors import (
    InvalidCredential,
    InvalidProof,
    InvalidSignature,
    UnreadableInput,
    VerifiableBadgesError,
)
from verifiable_badges.jose.cose import issue_cose, verify_cose
from verifiable_badges.keys import KeyKind, did_key, did_key_method
from verifiable_badges.keys.resolving import unavailable

DOCUMENT = credential().to_json()
KID = did_key_method(MUSEUM_KEY.public)
MESSAGE = issue_cose(DOCUMENT, key=MUSEUM_KEY, kid=KID)
PROTECTED, _, PAYLOAD, _ = cbor2.loads(MESSAGE).value
HEADER = cbor2.loads(PROTECTED)


def judge(message: bytes, **options):
    return verify_cose(message, resolve=unavailable, **options)


def signed(header: dict, payload: bytes = PAYLOAD, key=MUSEUM_KEY) -> bytes:
    """A message with any header whatsoever, whose signature holds."""
    protected = cbor2.dumps({name: value for name, value in header.items() if value is not None})
    signature = key.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    return cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]))


@pytest.mark.parametrize("kind", KeyKind)
def test_what_is_signed_verifies(kind):
    key = key_of(kind)
    document = {**DOCUMENT, "issuer": {**DOCUMENT["issuer"], "id": "https://museum.example"}}

    verified = judge(issue_cose(document, key=key, kid="k"), known=key.public)

    assert verified.document == document


def test_the_issuer_is_found_by_its_kid():
    verified = judge(MESSAGE)

    assert (verified.document, verified.key.controller, verified.key.confirmed) == (DOCUMENT, MUSEUM, True)


def test_the_header_is_w3cs():
    assert {1: -8, 3: "application/vc", 4: KID.encode(), 16: "application/vc+cose"} == HEADER


def test_somebody_elses_message_fails():
    with pytest.raises(InvalidSignature):
        judge(signed(HEADER, key=FORGER_KEY))
    with pytest.raises(InvalidProof) as error:
        judge(signed(HEADER | {4: did_key_method(FORGER_KEY.public).encode()}, key=FORGER_KEY))
    assert error.value.code == "kid_foreign"


@pytest.mark.parametrize(
    "change",
    [
        {1: None},
        {1: -7},
        {1: 5},
        {1: "EdDSA"},
        {1: True},
        {2: [1]},
        {3: "application/vp"},
        {4: "text"},
        {4: b"\xff"},
        {16: None},
        {16: "application/vp+cose"},
        {16: 7},
    ],
)
def test_headers_that_break_the_rules_fail_though_their_signature_holds(change):
    with pytest.raises((InvalidProof, InvalidCredential)):
        judge(signed(HEADER | change))
    assert judge(signed(HEADER | {3: None, 99: "ignored"}))


DAMAGED = {
    "nothing": b"",
    "no CBOR": b"\xff\xff",
    "something behind it": MESSAGE + b"\0",
    "cut off": MESSAGE[:-1],
    "a map": cbor2.dumps({}),
    "three parts": cbor2.dumps(cbor2.CBORTag(18, [b"", {}, b""])),
    "another tag": cbor2.dumps(cbor2.CBORTag(98, list(cbor2.loads(MESSAGE).value))),
    "texts for bytes": cbor2.dumps(cbor2.CBORTag(18, ["", {}, "", ""])),
    "a header that is a list": cbor2.dumps(cbor2.CBORTag(18, [cbor2.dumps([]), {}, PAYLOAD, bytes(64)])),
    "a header with a member twice": cbor2.dumps(
        cbor2.CBORTag(18, [bytes.fromhex("a201260127"), {}, PAYLOAD, bytes(64)])
    ),
    "a number written too long": cbor2.dumps(cbor2.CBORTag(18, [bytes.fromhex("a1013807"), {}, PAYLOAD, bytes(64)])),
    "a depth without end": b"\x81" * 100_000,
    "a length without end": b"\x9b" + b"\xff" * 8,
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_messages_cannot_be_read(name):
    with pytest.raises(UnreadableInput):
        judge(DAMAGED[name])


def test_a_presentation_says_who_shows_it():
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": did_key(FORGER_KEY.public),
    }
    message = issue_cose(presentation, key=FORGER_KEY, kid=did_key_method(FORGER_KEY.public))

    assert judge(message).key.controller == presentation["holder"]
    with pytest.raises(InvalidCredential):
        issue_cose({**presentation, "verifiableCredential": [DOCUMENT]}, key=FORGER_KEY, kid="k")


@given(st.binary(max_size=60) | st.integers(0, len(MESSAGE) - 1).map(lambda n: MESSAGE[:n] + b"?" + MESSAGE[n + 1 :]))
def test_whatever_comes_only_our_errors_leave(data):
    if data != MESSAGE:
        with pytest.raises(VerifiableBadgesError):
            judge(data)
