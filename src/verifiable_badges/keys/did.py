"""Decentralised identifiers we make and take apart: did:key, did:jwk and did:web, and a did:web issuer's document."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from verifiable_badges.errors import InvalidKey, UnreadableInput, Unsupported
from verifiable_badges.json_text import parse, write
from verifiable_badges.keys.jwk import jwk_public
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode, multibase_decode
from verifiable_badges.keys.public import PublicKey

_DID = re.compile(r"did:[a-z0-9]+:(?:[A-Za-z0-9._:-]|%[0-9A-Fa-f]{2})+", re.ASCII)
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*", re.ASCII)
_FOREIGN_KEYS = {
    bytes.fromhex("e701"): "secp256k1",
    bytes.fromhex("ec01"): "X25519",
    bytes.fromhex("ea01"): "BLS12-381",
    bytes.fromhex("eb01"): "BLS12-381",
    bytes.fromhex("ee01"): "BLS12-381",
    bytes.fromhex("8324"): "Ed448",
}
"""Multicodec prefixes of did:keys that are well-formed and of no use here."""
_SEGMENT = re.compile(r"[A-Za-z0-9_-](?:[A-Za-z0-9._-])*", re.ASCII)


def is_did(text: object) -> bool:
    """Whether `text` is a bare DID, without path, query or fragment."""
    return isinstance(text, str) and len(text) <= 2048 and _DID.fullmatch(text) is not None


def did_key(public: PublicKey) -> str:
    """The did:key of a public key: `did:key:z6Mk…`."""
    return f"did:key:{public.multibase}"


def did_key_method(public: PublicKey) -> str:
    """The address of the one verification method of a did:key: `did:key:z6Mk…#z6Mk…`."""
    return f"did:key:{public.multibase}#{public.multibase}"


@lru_cache(maxsize=1024)
def did_key_public(did: str) -> PublicKey:
    """The public key that a did:key consists of. Raises `InvalidKey`, `Unsupported` for kinds not used here."""
    if not did.startswith("did:key:z"):
        raise InvalidKey("did", "This is not a did:key.")
    text = did.removeprefix("did:key:")
    foreign = _FOREIGN_KEYS.get(multibase_decode(text)[:2])
    if foreign is not None:
        raise Unsupported("key_kind", f"Keys of the kind {foreign} are not known here.")
    return PublicKey.from_multibase(text)


def did_jwk(public: PublicKey) -> str:
    """The did:jwk of a public key; its one verification method is `#0`."""
    return f"did:jwk:{base64url_encode(write(public.to_jwk()))}"


@lru_cache(maxsize=1024)
def did_jwk_public(did: str) -> PublicKey:
    """The public key that a did:jwk consists of (did:jwk method, section "Read"). Raises `InvalidKey`."""
    if not is_did(did) or not did.startswith("did:jwk:"):
        raise InvalidKey("did", "This is not a did:jwk.")
    try:
        return jwk_public(parse(base64url_decode(did.removeprefix("did:jwk:"))))
    except UnreadableInput as error:
        raise InvalidKey("did", "The did:jwk does not hold a key.") from error


def did_web(url: str, path: str = "") -> str:
    """The did:web of `path` under the site `url`: "https://a.org:8443", "i/7" gives did:web:a.org%3A8443:i:7.

    Only https sites with a name or address and without a path of their own can have one.
    """
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InvalidKey("did_web", "The address of the site cannot be read.") from error
    if parts.scheme != "https" or not _HOST.fullmatch(host) or parts.username or parts.path not in ("", "/"):
        raise InvalidKey("did_web", "A did:web needs an https address that consists of the host alone.")
    segments = [segment for segment in path.strip("/").split("/") if path.strip("/")]
    if not all(_SEGMENT.fullmatch(segment) for segment in segments):
        raise InvalidKey("did_web", "The path of a did:web consists of letters, digits, dots, dashes and slashes.")
    authority = host if port in (None, 443) else f"{host}%3A{port}"
    return ":".join(["did:web", authority, *segments])


def did_web_to_url(did: str) -> str:
    """Where the document of a did:web lies (did:web method, section "Read"). Raises `InvalidKey` if it is malformed.

    The host is not judged here: whoever fetches must refuse addresses of the inside network.
    """
    if not is_did(did) or not did.startswith("did:web:"):
        raise InvalidKey("did_web", "This is not a did:web.")
    authority, *segments = did.removeprefix("did:web:").split(":")
    host, _, port = unquote(authority).partition(":")
    if not _HOST.fullmatch(host.lower()) or (port and not (port.isascii() and port.isdigit() and int(port) < 65536)):
        raise InvalidKey("did_web", "The host of the did:web is malformed.")
    if not all(_SEGMENT.fullmatch(unquote(segment)) for segment in segments):
        raise InvalidKey("did_web", "The path of the did:web is malformed.")
    place = "/".join(quote(unquote(segment)) for segment in segments) or ".well-known"
    return f"https://{unquote(authority).lower()}/{place}/did.json"


def did_document(did: str, keys: Sequence[PublicKey], active: PublicKey | None) -> dict[str, Any]:
    """The DID document of an issuer: every key it ever signed with, the active one first.

    Retired keys stay in `verificationMethod` and `assertionMethod`, so that old badges keep verifying; that they sign
    nothing new is the issuer's business (Controlled Identifiers 1.0 section 2.2). A key that was stolen is left out.
    """
    if active is not None and active not in keys:
        raise InvalidKey("active_key", "The active key must be one of the issuer's keys.")
    ordered = [key for key in keys if key == active] + [key for key in keys if key != active]
    methods = [f"{did}#{key.multibase}" for key in ordered]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": key.multibase}
            for method, key in zip(methods, ordered, strict=True)
        ],
        "assertionMethod": methods,
    }
