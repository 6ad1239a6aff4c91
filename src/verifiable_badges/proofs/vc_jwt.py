"""Credentials as signed tokens (VC-JWT), verify only: the 1EdTech profile (Open Badges 3.0 section 8.2.4) and the older
form with a `vc` claim.

Nothing in the header is asked for over the network except the issuer's own key: `jku`, `x5u` and their kin are refused,
and a `kid` is followed only if it belongs to the issuer that the credential names. A key that travels in the header
(`jwk`) proves that the token is whole, and nothing about who made it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from verifiable_badges.dates import format_datetime, parse_datetime
from verifiable_badges.errors import InvalidCredential, InvalidDate, InvalidKey, InvalidProof, UnreadableInput
from verifiable_badges.json_text import parse
from verifiable_badges.keys import KeyKind, PublicKey, ResolvedKey, Resolver, did_key_method, resolve_key
from verifiable_badges.keys.multibase import base64url_decode
from verifiable_badges.limits import MAX_BYTES

ALGORITHMS = {"EdDSA": KeyKind.ED25519, "ES256": KeyKind.P256, "RS256": KeyKind.RSA}
_HEADER = frozenset({"alg", "kid", "jwk", "typ", "cty", "iss"})
_TYPES = frozenset({"jwt", "vc+jwt", "vc+ld+jwt", "vc-ld+jwt"})
_FRAGMENT = re.compile(r"#[A-Za-z0-9._:-]{1,200}", re.ASCII)


@dataclass(frozen=True, slots=True)
class UnverifiedToken:
    """A token taken apart. Nothing in it has been proved."""

    header: dict[str, Any]
    claims: dict[str, Any]
    signing_input: bytes
    signature: bytes

    @property
    def credential(self) -> dict[str, Any]:
        """The credential inside: the claims themselves, or the `vc` claim of the older form."""
        wrapped = self.claims.get("vc")
        if isinstance(wrapped, dict):
            return wrapped
        return {name: value for name, value in self.claims.items() if name not in _REGISTERED}


_REGISTERED = frozenset({"iss", "sub", "jti", "nbf", "exp", "iat", "aud", "cnf"})


def decode_token(token: str) -> UnverifiedToken:
    """Take a compact JWS apart without verifying it. Raises `UnreadableInput`."""
    parts = token.split(".")
    if len(parts) != 3 or len(token) > MAX_BYTES:
        raise UnreadableInput("not_a_token", "This is not a signed token.")
    try:
        header, claims = (parse(base64url_decode(part)) for part in parts[:2])
        signature = base64url_decode(parts[2])
    except InvalidKey as error:
        raise UnreadableInput(
            "token_damaged", "The signed token is damaged: it is not written in base64url."
        ) from error
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise UnreadableInput("token_damaged", "The signed token does not hold a header and a credential.")
    return UnverifiedToken(header, claims, ".".join(parts[:2]).encode("ascii"), signature)


def verify_token(token: UnverifiedToken, *, resolve: Resolver) -> ResolvedKey:
    """The key that signed the token. `confirmed` is False if it came in the header or from a page that claims it.

    Raises `InvalidSignature`, `InvalidProof` for headers and claims that must not be, `InvalidKey`, or what `resolve`
    raises.
    """
    kind = _check_header(token.header)
    _check_claims(token)
    key = _key(token, resolve)
    if key.public.kind is not kind:
        raise InvalidProof("key_confusion", "The token names an algorithm that does not belong to its key.")
    key.public.verify(token.signature, token.signing_input)
    return key


def _check_header(header: Mapping[str, Any]) -> KeyKind:
    foreign = sorted(set(header) - _HEADER)
    if foreign:
        raise InvalidProof("token_header", f"The token's header has a member that is not allowed: {foreign[0][:30]}")
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise InvalidProof("token_algorithm", "The token is not signed with an algorithm that is allowed for badges.")
    kind = header.get("typ", "JWT")
    if not isinstance(kind, str) or kind.lower() not in _TYPES:
        raise InvalidProof("token_type", "The token was made for something else than a credential.")
    return ALGORITHMS[algorithm]


def _check_claims(token: UnverifiedToken) -> None:
    """What is said twice must be said alike (Open Badges 3.0 section 8.2.4.1)."""
    credential = token.credential
    subject = credential.get("credentialSubject")
    pairs = {
        "iss": _id(credential.get("issuer")),
        "jti": credential.get("id"),
        "sub": _id(subject[0] if isinstance(subject, list) and len(subject) == 1 else subject),
    }
    for claim, said in pairs.items():
        if claim in token.claims and token.claims[claim] != said:
            raise InvalidProof("token_conflict", f"The token says two different things about “{claim}”.")
    if "nbf" in token.claims:
        _check_same_instant(token.claims["nbf"], credential.get("validFrom", credential.get("issuanceDate")))
    until = credential.get("validUntil", credential.get("expirationDate"))
    if "exp" in token.claims and until is not None:
        _check_same_instant(token.claims["exp"], until)


def _check_same_instant(claim: object, said: object) -> None:
    try:
        written = parse_datetime(said)
    except InvalidDate as error:
        raise InvalidProof("token_conflict", error.message) from error
    if seconds_to_datetime(claim) != written.replace(microsecond=0):
        raise InvalidProof("token_conflict", "The token says two different things about its dates.")


def seconds_to_datetime(seconds: object) -> datetime:
    """The instant of a NumericDate claim (RFC 7519 section 2)."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise InvalidProof("token_date", "A date in the token is not a number.")
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidProof("token_date", "A date in the token does not exist.") from error


def _key(token: UnverifiedToken, resolve: Resolver) -> ResolvedKey:
    issuer = _id(token.credential.get("issuer"))
    if not isinstance(issuer, str):
        raise InvalidCredential("issuer_missing", "The credential does not say who issued it.")
    kid = token.header.get("kid")
    if kid is not None:
        return resolve_key(_own_method(kid, issuer), resolve)
    if "jwk" in token.header:
        public = PublicKey.from_jwk(token.header["jwk"])
        return ResolvedKey(public, did_key_method(public), "did:key:" + public.multibase, confirmed=False)
    if issuer.startswith("did:key:"):
        return resolve_key(issuer, resolve)
    raise InvalidProof("verification_method", "The token does not say which key made it.")


def _own_method(kid: object, issuer: str) -> str:
    """The address of the key, if it is the issuer's: of its DID, of its page or at least of its host.

    Any other address is the wish of whoever wrote the token, and is not asked.
    """
    if isinstance(kid, str) and len(kid) <= 2048:
        if _FRAGMENT.fullmatch(kid):
            return issuer + kid
        base = kid.partition("#")[0]
        if base == issuer or (_origin(base) and _origin(base) == _origin(issuer)):
            return kid
    raise InvalidProof("kid_foreign", "The token names a key that is not at the issuer's address; it was not asked.")


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme == "https" else ""


def _id(value: object) -> object:
    return value.get("id") if isinstance(value, Mapping) else value


def credential_with_dates(token: UnverifiedToken) -> dict[str, Any]:
    """The credential; where the older form gives an end only as the claim `exp`, with that end written into it."""
    credential = dict(token.credential)
    if "exp" in token.claims and not {"validUntil", "expirationDate"} & set(credential):
        name = "expirationDate" if "vc" in token.claims else "validUntil"
        credential[name] = format_datetime(seconds_to_datetime(token.claims["exp"]))
    return credential
