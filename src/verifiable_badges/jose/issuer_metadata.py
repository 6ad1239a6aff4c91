"""Where the keys of an issuer of SD-JWT VC lie (draft-ietf-oauth-sd-jwt-vc section 5).

An issuer with an https address publishes them at `/.well-known/jwt-vc-issuer`, put in front of the address's own path.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from verifiable_badges.errors import InvalidKey, InvalidProof
from verifiable_badges.jose.whose import key_of
from verifiable_badges.keys import ResolvedKey, Resolver
from verifiable_badges.keys.jwk import key_in_set

_WELL_KNOWN = "/.well-known/jwt-vc-issuer"


def issuer_key(header: Mapping[str, Any], issuer: str, resolve: Resolver) -> ResolvedKey:
    """The key that the header names in the issuer's metadata; DIDs name theirs by themselves. Errors as `key_of`."""
    if not issuer.startswith("https://"):
        return key_of(header, issuer, resolve)
    kid = header.get("kid", "")
    if not isinstance(kid, str):
        raise InvalidProof("kid_foreign", "The token does not name a key of the issuer.")
    return ResolvedKey(key_in_set(_key_set(issuer, resolve), kid), f"{issuer}#{kid}", issuer, confirmed=True)


def metadata_address(issuer: str) -> str:
    """https://a.example/museum gives https://a.example/.well-known/jwt-vc-issuer/museum. Raises `InvalidKey`."""
    try:
        parts = urlsplit(issuer)
    except ValueError as error:
        raise InvalidKey("issuer_address", "The issuer's address cannot be read.") from error
    if not parts.netloc or parts.query or parts.fragment or "@" in parts.netloc:
        raise InvalidKey("issuer_address", "The issuer's address cannot have keys.")
    return f"https://{parts.netloc}{_WELL_KNOWN}{parts.path.rstrip('/')}"


def _key_set(issuer: str, resolve: Resolver) -> Mapping[str, Any]:
    metadata = resolve(metadata_address(issuer))
    if not isinstance(metadata, dict) or metadata.get("issuer") != issuer:
        raise InvalidKey("controller_document", "The issuer's page about its keys says that it is another's.")
    keys, address = metadata.get("jwks"), metadata.get("jwks_uri")
    if (keys is None) == (address is None):
        raise InvalidKey("controller_document", "The issuer's page does not say in one way which its keys are.")
    if keys is None:
        if not isinstance(address, str) or not address.startswith("https://"):
            raise InvalidKey("controller_document", "The issuer's keys do not lie at an https address.")
        keys = resolve(address)
    if not isinstance(keys, dict):
        raise InvalidKey("key_set", "What lies there is not a set of keys.")
    return keys
