"""Which key may have signed a token for an issuer or holder.

A `kid` is followed only if it belongs to the party that the token names: any other address is the wish of whoever wrote
the token, and is not asked. A key that travels in the header proves that the token is whole, and nothing about who
made it.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from verifiable_badges.errors import InvalidProof
from verifiable_badges.keys import PublicKey, ResolvedKey, Resolver, did_key_method, resolve_key
from verifiable_badges.keys.resolving import resolve_named

_FRAGMENT = re.compile(r"#[A-Za-z0-9._:-]{1,200}", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9._~=+-]{1,200}", re.ASCII)
_MAX_ADDRESS = 4096


def key_of(header: Mapping[str, Any], party: str, resolve: Resolver, purpose: str = "assertionMethod") -> ResolvedKey:
    """The key that the header names, if it is `party`'s. `confirmed` is False if it came in the header or from a page
    that only claims it.

    Raises `InvalidProof` for a foreign key or none, otherwise what `resolve_key` raises.
    """
    kid = header.get("kid")
    if kid is not None:
        return _named(kid, party, resolve, purpose)
    if "jwk" in header:
        public = PublicKey.from_jwk(header["jwk"])
        return ResolvedKey(public, did_key_method(public), "did:key:" + public.multibase, confirmed=False)
    if party.startswith(("did:key:", "did:jwk:")):
        return resolve_key(party, resolve, purpose)
    raise InvalidProof("verification_method", "The token does not say which key made it.")


def known_key(public: PublicKey, party: str, header: Mapping[str, Any]) -> ResolvedKey:
    """A key that the caller knows to be `party`'s, under the name that the header gives it."""
    kid = header.get("kid")
    return ResolvedKey(public, kid if isinstance(kid, str) else did_key_method(public), party, confirmed=True)


def _named(kid: object, party: str, resolve: Resolver, purpose: str) -> ResolvedKey:
    if isinstance(kid, str) and len(kid) <= _MAX_ADDRESS:
        if _FRAGMENT.fullmatch(kid):
            return resolve_key(party + kid, resolve, purpose)
        base = kid.partition("#")[0]
        if base == party or (_origin(base) and _origin(base) == _origin(party)):
            return resolve_key(kid, resolve, purpose)
        if _NAME.fullmatch(kid):
            return resolve_named(party, kid, resolve, purpose)
    raise InvalidProof("kid_foreign", "The token names a key that is not at the issuer's address; it was not asked.")


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme == "https" else ""
