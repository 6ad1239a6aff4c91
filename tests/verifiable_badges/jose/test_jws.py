"""The compact JWS: the examples of the RFCs, joserfc in both directions, and what strangers try."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws as their_jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

from tests.verifiable_badges.keys.test_signing import key_of
from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM_KEY, VECTORS
from verifiable_badges.errors import (
    InvalidProof,
    InvalidSignature,
    LimitExceeded,
    UnreadableInput,
    VerifiableBadgesError,
)
from verifiable_badges.jose import jws
from verifiable_badges.keys import KeyKind, PublicKey, SigningKey
from verifiable_badges.keys.multibase import base64url_encode
from verifiable_badges.limits import MAX_BYTES

pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")

PUBLISHED = json.loads((VECTORS / "jose" / "rfc.json").read_text())["jws"]
NAMES = {
    KeyKind.ED25519: "EdDSA",
    KeyKind.P256: "ES256",
    KeyKind.P384: "ES384",
    KeyKind.P521: "ES512",
    KeyKind.RSA: "RS256",
}
REGISTRY = their_jws.JWSRegistry(algorithms=[*NAMES.values(), "HS256", "none"], strict_check_header=False)


def theirs(key: PublicKey):
    jwk = key.to_jwk()
    return {"OKP": OKPKey, "EC": ECKey, "RSA": RSAKey}[jwk["kty"]].import_key(jwk)


def encoded(value: object) -> str:
    return base64url_encode(json.dumps(value).encode())


def signed(header: dict, payload: bytes = b"knots", key: SigningKey = MUSEUM_KEY) -> str:
    """A token with any header whatsoever, whose signature holds."""
    return jws.sign(payload, key=key, header=encoded(header).encode())


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["source"])
def test_the_rfcs_examples_hold_and_hold_for_nothing_else(case):
    key = PublicKey.from_jwk(case["jwk"])
    token = jws.parse(case["token"])

    assert jws.verify(token, key) == token.payload
    header, _, signature = case["token"].split(".")
    with pytest.raises(InvalidSignature):
        jws.verify(jws.parse(f"{header}.{base64url_encode(token.payload + b'.')}.{signature}"), key)


def test_rfc_8037_is_signed_to_the_letter():
    case = next(case for case in PUBLISHED if case["source"] == "RFC 8037 A.4")
    key = SigningKey.from_jwk({**case["jwk"], "d": case["secret"]})

    assert jws.sign(b"Example of Ed25519 signing", key=key, header=jws.protected_header(key.kind)) == case["token"]


@pytest.mark.parametrize("kind", KeyKind)
def test_joserfc_accepts_what_is_signed_here(kind):
    key = key_of(kind)
    token = jws.sign(b"six knots", key=key, header=jws.protected_header(kind, kid="k"))

    found = their_jws.deserialize_compact(token, theirs(key.public), registry=REGISTRY)

    assert (found.payload, found.headers()) == (b"six knots", {"alg": NAMES[kind], "kid": "k"})


@pytest.mark.parametrize("kind", [KeyKind.ED25519, KeyKind.P256, KeyKind.P384, KeyKind.P521])
def test_what_joserfc_signs_is_accepted_here(kind):
    curve = {KeyKind.P256: "P-256", KeyKind.P384: "P-384", KeyKind.P521: "P-521"}.get(kind)
    key = ECKey.generate_key(curve) if curve else OKPKey.generate_key("Ed25519")
    token = their_jws.serialize_compact({"alg": NAMES[kind]}, b"six knots", key, registry=REGISTRY)

    assert jws.verify(jws.parse(token), PublicKey.from_jwk(key.as_dict(private=False))) == b"six knots"


def test_the_name_of_rfc_9864_is_read_as_well():
    assert jws.verify(jws.parse(signed({"alg": "Ed25519"})), MUSEUM_KEY.public) == b"knots"


GOOD = signed({"alg": "EdDSA"})
HEADER, PAYLOAD, SIGNATURE = GOOD.split(".")
TWICE, BEHIND = b'{"alg":"none","alg":"EdDSA"}', b'{"alg":"EdDSA"}{}'
DAMAGED = {
    "nothing": "",
    "one part": "aa",
    "two parts": f"{HEADER}.{PAYLOAD}",
    "four parts": f"{GOOD}.{SIGNATURE}",
    "five parts, as if encrypted": f"{GOOD}.a.b",
    "white space before": f" {GOOD}",
    "white space behind": f"{GOOD} ",
    "a line break behind": f"{GOOD}\n",
    "a line break within": f"{HEADER}.{PAYLOAD[:4]}\n{PAYLOAD[4:]}.{SIGNATURE}",
    "padding": f"{HEADER}=.{PAYLOAD}.{SIGNATURE}",
    "the other alphabet": f"{HEADER}.{PAYLOAD}.{SIGNATURE.replace('_', '/').replace('-', '+')}",
    "stray bits": f"{HEADER}.{PAYLOAD}.{SIGNATURE[:-1]}B",
    "letters that only look alike": GOOD.replace("a", "а"),
    "a null byte": f"{GOOD}\0",
    "a header that is no object": f"{encoded([])}.{PAYLOAD}.{SIGNATURE}",
    "a header that is no JSON": f"{base64url_encode(b'{')}.{PAYLOAD}.{SIGNATURE}",
    "a header that says one thing twice": f"{base64url_encode(TWICE)}.{PAYLOAD}.{SIGNATURE}",
    "a header with JSON behind it": f"{base64url_encode(BEHIND)}.{PAYLOAD}.{SIGNATURE}",
    "no header": f".{PAYLOAD}.{SIGNATURE}",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_tokens_cannot_be_read(name):
    with pytest.raises(UnreadableInput):
        jws.parse(DAMAGED[name])


@pytest.mark.parametrize("token", ["a" * (MAX_BYTES + 1), f"{'A' * 9000}.{PAYLOAD}.{SIGNATURE}"])
def test_huge_tokens_are_not_worked_on(token):
    with pytest.raises(LimitExceeded):
        jws.parse(token)


REFUSED = {
    "no algorithm": {},
    "none": {"alg": "none"},
    "None": {"alg": "None"},
    "a shared secret": {"alg": "HS256"},
    "an algorithm that is no text": {"alg": ["EdDSA"]},
    "the algorithm of another key": {"alg": "ES256"},
    "the algorithm of a longer key": {"alg": "ES512"},
    "another spelling": {"alg": "eddsa"},
    "crit": {"alg": "EdDSA", "crit": ["exp"]},
    "an empty crit": {"alg": "EdDSA", "crit": []},
    "b64": {"alg": "EdDSA", "b64": False},
    "jku": {"alg": "EdDSA", "jku": "https://evil.example/keys"},
    "x5u": {"alg": "EdDSA", "x5u": "https://evil.example/certificate"},
    "x5c": {"alg": "EdDSA", "x5c": ["AAAA"]},
    "zip": {"alg": "EdDSA", "zip": "DEF"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_headers_that_ask_for_something_else_are_refused(name):
    """Though the signature over each of these headers holds."""
    with pytest.raises(InvalidProof):
        jws.verify(jws.parse(signed(REFUSED[name])), MUSEUM_KEY.public)


def test_an_unknown_member_of_the_header_is_ignored():
    assert jws.verify(jws.parse(signed({"alg": "EdDSA", "x-colour": "blue"})), MUSEUM_KEY.public) == b"knots"


def test_another_key_is_another_key():
    with pytest.raises(InvalidSignature):
        jws.verify(jws.parse(GOOD), FORGER_KEY.public)


def test_headers_are_shared_and_cannot_be_written_to():
    header = jws.parse(GOOD).header

    with pytest.raises(TypeError):
        header["alg"] = "none"


@given(st.text() | st.text("eyJhbGciOiJFZERTQSJ9.-_A", max_size=80))
def test_whatever_comes_only_our_errors_leave(text):
    try:
        jws.verify(jws.parse(text), MUSEUM_KEY.public)
    except VerifiableBadgesError:
        return
    raise AssertionError("nobody signed this")


@given(st.integers(0, len(GOOD) - 1), st.sampled_from("AQg_-.~ é"))
def test_no_letter_can_be_another_one(place, letter):
    changed = GOOD[:place] + letter + GOOD[place + 1 :]
    if changed != GOOD:
        with pytest.raises(VerifiableBadgesError):
            jws.verify(jws.parse(changed), MUSEUM_KEY.public)
