"""Keys and the identifiers that lead to them."""

from verifiable_badges.keys.did import (
    did_document,
    did_jwk,
    did_jwk_public,
    did_key,
    did_key_method,
    did_key_public,
    did_web,
    did_web_to_url,
    is_did,
)
from verifiable_badges.keys.public import KeyKind, PublicKey
from verifiable_badges.keys.resolving import ResolvedKey, Resolver, resolve_key
from verifiable_badges.keys.signing import SigningKey

__all__ = [
    "KeyKind",
    "PublicKey",
    "ResolvedKey",
    "Resolver",
    "SigningKey",
    "did_document",
    "did_jwk",
    "did_jwk_public",
    "did_key",
    "did_key_method",
    "did_key_public",
    "did_web",
    "did_web_to_url",
    "is_did",
    "resolve_key",
]
