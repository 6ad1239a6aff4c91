"""Decentralised identifiers we can make and take apart: did:key and did:web, and the document of a did:web issuer."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from verifiable_badges.errors import InvalidKey
from verifiable_badges.keys.public import PublicKey

_DID = re.compile(r"did:[a-z0-9]+:(?:[A-Za-z0-9._:-]|%[0-9A-Fa-f]{2})+", re.ASCII)
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*", re.ASCII)
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


def did_key_public(did: str) -> PublicKey:
    """The public key that a did:key consists of."""
    if not did.startswith("did:key:"):
        raise InvalidKey("did", "This is not a did:key.")
    return PublicKey.from_multibase(did.removeprefix("did:key:"))


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
