"""Step 4: the key that signed belongs to the issuer that the credential names (VC Data Model 2.0 section 7.1)."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.errors import InvalidCredential, Unsupported, VerifiableBadgesError
from verifiable_badges.keys import ResolvedKey, Resolver, did_jwk_public, did_key, is_did
from verifiable_badges.keys.resolving import fetch_document, lists_key, lists_method
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import issuer_id

NO_PROOF = Check("issuer", Outcome.UNKNOWN, "issuer_no_proof", "Without a proof nobody can tell who made the badge.")


def check_issuer(
    credential: Mapping[str, Any], key: ResolvedKey | None, resolve: Resolver, purpose: str = "assertionMethod"
) -> Check:
    """The key is the issuer's if the issuer's own document says so; a key's own claim is not enough."""
    if key is None:
        return NO_PROOF
    issuer = issuer_id(credential)
    try:
        check_control(issuer, key, resolve, purpose)
    except VerifiableBadgesError as error:
        return Check.from_error("issuer", error)
    return Check("issuer", Outcome.PASSED, "issuer", "It was signed by the issuer it names.", {"issuer": issuer})


def check_control(issuer: str, key: ResolvedKey, resolve: Resolver, purpose: str = "assertionMethod") -> None:
    """Refuse a key that is not the issuer's. Raises `InvalidCredential`, or `CannotDecide` where nobody can tell."""
    if not issuer:
        raise InvalidCredential("issuer_missing", "The badge does not say who issued it.")
    if issuer.startswith("did:key:"):
        # Such an issuer is its key; what a page says about who controls a key does not count. The key itself, where it
        # was named by that identity, has been compared already.
        if not (key.confirmed and key.controller == issuer) and issuer != did_key(key.public):
            raise InvalidCredential("issuer_mismatch", "It was signed with a key that is not the issuer's.")
        return
    if issuer == key.controller and key.confirmed:
        return
    if issuer.startswith("did:jwk:"):
        if did_jwk_public(issuer) != key.public:
            raise InvalidCredential("issuer_mismatch", "It was signed with a key that is not the issuer's.")
        return
    if not (issuer.startswith("https://") or is_did(issuer)):
        raise Unsupported("issuer_address", "The issuer has no address at which its key could be compared.")
    if is_did(issuer) and not issuer.startswith("did:web:"):
        raise Unsupported("did_method", "The issuer's kind of identity is not known here.")
    document = fetch_document(issuer, resolve)
    if lists_method(document, key.method, key.public, purpose) or lists_key(document, key.public, purpose):
        return
    if purpose not in document and "verificationMethod" not in document:
        raise Unsupported("issuer_without_keys", "The issuer's page does not list its keys, so none can be compared.")
    raise InvalidCredential("issuer_mismatch", "It was signed with a key that is not the issuer's.")
