"""Verification methods: how a key is written into a document, in today's forms and in older ones.

Controlled Identifiers 1.0 section 2.2; the older types are only read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidDate, InvalidKey, Unsupported
from verifiable_badges.keys.jwk import jwk_public
from verifiable_badges.keys.multibase import base58_decode
from verifiable_badges.keys.public import KeyKind, PublicKey

_FORMS = ("publicKeyMultibase", "publicKeyJwk", "publicKeyBase58")


@dataclass(frozen=True, slots=True)
class _Type:
    """What a method of a type may hold: the members a key is read from, and its kind if only one is allowed."""

    forms: tuple[str, ...]
    kind: KeyKind | None = None


_TYPES: Mapping[str, _Type] = {
    "Multikey": _Type(("publicKeyMultibase",)),
    "JsonWebKey": _Type(("publicKeyJwk",)),
    "JsonWebKey2020": _Type(("publicKeyJwk",)),
    # Documents of these years also write the newer forms under the older types.
    "Ed25519VerificationKey2020": _Type(_FORMS, KeyKind.ED25519),
    "Ed25519VerificationKey2018": _Type(_FORMS, KeyKind.ED25519),
}


def public_key(method: Mapping[str, Any]) -> PublicKey:
    """The key of a verification method. Raises `InvalidKey`, `Unsupported` for a type that is not known here."""
    if any(name.startswith(("secretKey", "privateKey")) for name in method):
        raise InvalidKey("private_key", "This is a private key. Whoever published it must replace it.")
    written = [form for form in _FORMS if form in method]
    if len(written) > 1:
        raise InvalidKey("key_twice", "The key is written in two ways, which need not be the same.")
    kind = _type(method)
    if not written or written[0] not in kind.forms:
        raise InvalidKey("key_missing", "The document does not show a key in a form that we know.")
    public = _read(written[0], method[written[0]])
    if kind.kind not in (None, public.kind):
        raise InvalidKey("key_kind", "The key is of another kind than its type says.")
    return public


def _type(method: Mapping[str, Any]) -> _Type:
    if "type" not in method:
        return _Type(_FORMS)
    kinds = method["type"] if isinstance(method["type"], list) else [method["type"]]
    known = [_TYPES[kind] for kind in kinds if isinstance(kind, str) and kind in _TYPES]
    if len(known) != 1:
        raise Unsupported("method_type", f"Keys of the type {str(method['type'])[:60]} are not known here.")
    return known[0]


def _read(form: str, value: object) -> PublicKey:
    if form == "publicKeyMultibase":
        return PublicKey.from_multibase(value)
    if form == "publicKeyJwk":
        return jwk_public(value)
    if not isinstance(value, str):
        raise InvalidKey("key_missing", "The document does not show a key in a form that we know.")
    return PublicKey(KeyKind.ED25519, base58_decode(value))


def end_of(method: Mapping[str, Any], name: str) -> datetime | None:
    """When a key ends: its date `expires` or `revoked`. Raises `InvalidKey` for what is not a date."""
    if name not in method:
        return None
    try:
        return parse_datetime(method[name], "The key's date")
    except InvalidDate as error:
        raise InvalidKey("key_date", error.message) from error
