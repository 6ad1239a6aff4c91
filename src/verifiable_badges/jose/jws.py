"""The compact JSON Web Signature (RFC 7515) with the algorithms of RFC 7518 and RFC 8037 that fit our kinds of key.

Each token has one spelling: base64url without padding or stray bits, JSON without duplicate members, nothing around it.
The algorithm belongs to the key and never chooses how the key is used; `none` and the shared-secret ones do not exist.

>>> from verifiable_badges.keys import SigningKey
>>> key = SigningKey.from_seed(bytes(32))
>>> token = sign(b"six knots", key=key, header=protected_header(key.kind, typ="text"))
>>> verify(parse(token), key.public)
b'six knots'
"""

import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from verifiable_badges.errors import InvalidKey, InvalidProof, LimitExceeded, UnreadableInput
from verifiable_badges.json_text import parse as parse_json
from verifiable_badges.json_text import write as write_json
from verifiable_badges.keys import KeyKind, PublicKey, SigningKey
from verifiable_badges.keys.multibase import base64url_decode
from verifiable_badges.limits import MAX_BYTES

ALGORITHMS: Mapping[str, KeyKind] = MappingProxyType(
    {
        "EdDSA": KeyKind.ED25519,
        "Ed25519": KeyKind.ED25519,
        "ES256": KeyKind.P256,
        "ES384": KeyKind.P384,
        "ES512": KeyKind.P521,
        "RS256": KeyKind.RSA,
    }
)
"""The one kind of key that each belongs to. RFC 9864 calls EdDSA with this curve Ed25519; the field does not yet."""

_MAX_HEADER = 8192
# Headers of one issuer are alike. Only short ones are kept, so that strangers cannot fill the memory with theirs.
_SHORT_HEADER = 1024
_REFUSED = {
    "crit": "The token asks for an extension that is not known here.",
    "b64": "The token is written in a form that is not known here.",
    "jku": "The token names an address for its own key; it was not asked.",
    "x5u": "The token names an address for its own certificate; it was not asked.",
    "x5c": "The token brings its own certificate, which is not believed.",
    "zip": "The token is compressed, which signed tokens never are.",
    "enc": "The token is encrypted.",
}
_NAMES = {kind: name for name, kind in reversed(list(ALGORITHMS.items()))}
_TO_URL = bytes.maketrans(b"+/", b"-_")


@dataclass(frozen=True, slots=True)
class Jws:
    """A token taken apart. Nothing in it has been proved. The header belongs to everybody: never write into it."""

    header: Mapping[str, Any]
    payload: bytes
    signing_input: bytes
    signature: bytes


def parse(token: str) -> Jws:
    """Take a compact JWS apart (RFC 7515 section 5.2 steps 1 to 7). Raises `UnreadableInput`, `LimitExceeded`."""
    if len(token) > MAX_BYTES:
        raise LimitExceeded("too_large", f"The token is larger than {MAX_BYTES // 1_000_000} MB.")
    parts = token.split(".", 3)
    if len(parts) != 3:
        raise UnreadableInput("not_a_token", "This is not a signed token.")
    header, payload, signature = parts
    try:
        return Jws(
            _short_header(header) if len(header) <= _SHORT_HEADER else _read_header(header),
            base64url_decode(payload),
            token[: -len(signature) - 1].encode("ascii"),
            base64url_decode(signature),
        )
    except InvalidKey as error:
        raise UnreadableInput(
            "token_damaged", "The signed token is damaged: it is not written in base64url."
        ) from error


def _read_header(encoded: str) -> Mapping[str, Any]:
    if len(encoded) > _MAX_HEADER:
        raise LimitExceeded("too_large", f"The token's header is longer than {_MAX_HEADER} letters.")
    header = parse_json(base64url_decode(encoded))
    if not isinstance(header, dict):
        raise UnreadableInput("token_damaged", "The signed token does not begin with a header.")
    return MappingProxyType(header)


_short_header = lru_cache(maxsize=512)(_read_header)


def check_header(header: Mapping[str, Any]) -> KeyKind:
    """The kind of key that the header's algorithm belongs to. Raises `InvalidProof` for what no token may ask of us."""
    if not _REFUSED.keys().isdisjoint(header):
        raise InvalidProof("token_header", next(_REFUSED[name] for name in header if name in _REFUSED))
    algorithm = header.get("alg")
    kind = ALGORITHMS.get(algorithm) if isinstance(algorithm, str) else None
    if kind is None:
        raise InvalidProof("token_algorithm", "The token is not signed with an algorithm that is allowed for badges.")
    return kind


def verify(jws: Jws, key: PublicKey) -> bytes:
    """The payload, if the signature of `key` holds for it. Raises `InvalidSignature`, `InvalidProof` for its header."""
    verify_signature(jws.header, jws.signing_input, jws.signature, key)
    return jws.payload


def verify_signature(header: Mapping[str, Any], signing_input: bytes, signature: bytes, key: PublicKey) -> None:
    """The same for a token in parts."""
    if check_header(header) is not key.kind:
        raise InvalidProof("key_confusion", "The token names an algorithm that does not belong to its key.")
    key.verify(signature, signing_input)


def sign(payload: bytes, *, key: SigningKey, header: bytes) -> str:
    """The token of `payload`, which is taken as it is. `header` comes from `protected_header` for the key's kind."""
    signing_input = header + b"." + _encode(payload)
    return (signing_input + b"." + _encode(key.sign(signing_input))).decode("ascii")


@lru_cache(maxsize=1024)
def protected_header(kind: KeyKind, **members: str | None) -> bytes:
    """The header for tokens of keys of this kind, encoded: `alg` and the members that are not None, such as `kid`."""
    given = {name: value for name, value in members.items() if value is not None}
    return _encode(write_json({"alg": _NAMES[kind], **given}))


def _encode(data: bytes) -> bytes:
    return binascii.b2a_base64(data, newline=False).rstrip(b"=").translate(_TO_URL)
