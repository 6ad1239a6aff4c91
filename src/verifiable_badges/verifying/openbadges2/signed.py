"""Signed badges: a JWS with a key that the issuer publishes (Open Badges 2.0 section 4.3)."""

from collections.abc import Iterator, Mapping
from typing import Any

from verifiable_badges.errors import InvalidCredential, InvalidKey, InvalidProof, Unavailable, UnreadableInput
from verifiable_badges.jose import jws
from verifiable_badges.jose.vc_jwt import UnverifiedToken
from verifiable_badges.json_text import parse
from verifiable_badges.keys import PublicKey, ResolvedKey
from verifiable_badges.keys.pem import public_key_from_pem
from verifiable_badges.structure import as_list
from verifiable_badges.verifying.openbadges2.documents import (
    Badge,
    address_of,
    host_of,
    is_version_2,
    verification,
)
from verifiable_badges.verifying.world import World


def verify_signature(token: UnverifiedToken, badge: Badge, world: World) -> ResolvedKey:
    """The issuer's key that signed. Raises `InvalidSignature`, `InvalidProof`, `InvalidKey`, `InvalidCredential`,
    `Unavailable`.

    Nothing in the token's header leads to the key: it is the one that the assertion names, if the issuer names it too.
    """
    jws.check_header(token.header)
    public, address = _issuers_key(badge, world)
    jws.verify_signature(token.header, token.signing_input, token.signature, public)
    return ResolvedKey(public, address, badge.issuer_id, confirmed=True)


def _issuers_key(badge: Badge, world: World) -> tuple[PublicKey, str]:
    told = verification(badge.assertion)
    named = address_of(told.get("creator") or told.get("url"))
    published = list(_published(badge.issuer))
    for key in published:
        # A key written out in the profile is the issuer's own word.
        if isinstance(key, Mapping) and "publicKeyPem" in key and named in ("", address_of(key)):
            return _read_key(key, badge), address_of(key) or badge.issuer_id
    if not named and len(published) == 1:
        named = address_of(published[0])
    if not named:
        raise InvalidProof("verification_method", "The badge does not say which key made it.")
    if named in [address_of(key) for key in published]:
        return _fetch_key(named, badge, world), named
    if not is_version_2(badge.assertion) and host_of(named) == host_of(badge.issuer_id):
        return _fetch_key(named, badge, world), named  # before 2.0 profiles named no keys
    raise InvalidKey("key_not_listed", "The issuer's document does not list this key for making statements.")


def _published(issuer: Mapping[str, Any]) -> Iterator[Any]:
    yield from as_list(issuer.get("publicKey"))


def _fetch_key(address: str, badge: Badge, world: World) -> PublicKey:
    """A CryptographicKey, which names its owner; before 2.0 the key's text alone."""
    data = world.fetch_document(address)
    if data.lstrip().startswith(b"-----BEGIN") and not is_version_2(badge.assertion):
        return public_key_from_pem(data.decode("ascii", "replace"))
    try:
        document = parse(data)
    except UnreadableInput as error:
        raise Unavailable("document_unreadable", f"What lies at {address[:200]} is not a key.") from error
    if not isinstance(document, Mapping):
        raise InvalidKey("key_missing", "The document does not show a key in a form that we know.")
    return _read_key(document, badge)


def _read_key(document: Mapping[str, Any], badge: Badge) -> PublicKey:
    if address_of(document.get("owner")) != badge.issuer_id:
        raise InvalidCredential("issuer_mismatch", "It was signed with a key that is not the issuer's.")
    return _from_pem(document.get("publicKeyPem"))


def _from_pem(text: Any) -> PublicKey:
    if not isinstance(text, str):
        raise InvalidKey("key_missing", "The document does not show a key in a form that we know.")
    return public_key_from_pem(text)
