"""JSON Web Keys and sets of them as others publish them (RFC 7517): what each key is for is part of it."""

import hashlib
from collections.abc import Mapping
from typing import Any

from verifiable_badges.errors import InvalidKey
from verifiable_badges.json_text import write
from verifiable_badges.keys.multibase import base64url_encode
from verifiable_badges.keys.public import KeyKind, PublicKey

_ALGORITHMS = {
    KeyKind.ED25519: ("EdDSA", "Ed25519"),
    KeyKind.P256: ("ES256",),
    KeyKind.P384: ("ES384",),
    KeyKind.P521: ("ES512",),
    KeyKind.RSA: ("RS256",),
}


def jwk_public(jwk: object) -> PublicKey:
    """The key in a JWK that may be used to check our signatures. Raises `InvalidKey` for one made for something else.

    `use`, `key_ops` and `alg` bind where they are present (sections 4.2 to 4.4).
    """
    public = PublicKey.from_jwk(jwk)
    assert isinstance(jwk, Mapping)  # or there were no key
    operations = jwk.get("key_ops", ["verify"])
    if jwk.get("use", "sig") != "sig" or not isinstance(operations, list) or "verify" not in operations:
        raise InvalidKey("jwk_use", "The key was published for something else than signatures.")
    if jwk.get("alg", _ALGORITHMS[public.kind][0]) not in _ALGORITHMS[public.kind]:
        raise InvalidKey("jwk_algorithm", "The key was published for another algorithm.")
    return public


def thumbprint(public: PublicKey) -> str:
    """The SHA-256 of a key's required members, in base64url (RFC 7638): the usual `kid`."""
    members = public.to_jwk()
    data = write({name: members[name] for name in sorted(members)})
    return base64url_encode(hashlib.sha256(data).digest())


def key_in_set(document: Mapping[str, Any], kid: str) -> PublicKey:
    """The key named `kid` in a JWK set (section 5); "" names the only one. Raises `InvalidKey` for none or several."""
    keys = document.get("keys")
    if not isinstance(keys, list) or not all(isinstance(key, Mapping) for key in keys):
        raise InvalidKey("key_set", "What lies there is not a set of keys.")
    named = [key for key in keys if key.get("kid") == kid] if kid else keys
    if len(named) != 1:
        raise InvalidKey("key_not_listed", "The set of keys does not have exactly one key of that name.")
    return jwk_public(named[0])


def keys_in_set(document: Mapping[str, Any]) -> list[PublicKey]:
    """Every key of a JWK set that is for signatures and of a kind known here; sets may hold others (section 5)."""
    found = []
    keys = document.get("keys")
    for key in keys if isinstance(keys, list) else []:
        try:
            found.append(jwk_public(key))
        except InvalidKey:
            continue
    return found
