"""Credentials as signed tokens (VC-JWT), in two profiles, since no token can keep the letter of both.

`Profile.OPEN_BADGES` is Open Badges 3.0 section 8.2.4: the type is JWT, nothing but `kid` or `jwk` stands beside it,
and `iss`, `jti`, `sub`, `nbf` and `exp` repeat what the credential says. `Profile.VC_JOSE_COSE` is W3C Securing
Verifiable Credentials using JOSE and COSE section 3.1: the type is vc+jwt, the credential is the whole payload, and
`iat`, `nbf` and `exp` speak of the signature. The form of version 1.1 with a `vc` claim is verified and never made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from verifiable_badges.dates import format_datetime, parse_datetime
from verifiable_badges.errors import InvalidCredential, InvalidDate, InvalidKey, InvalidProof
from verifiable_badges.jose import jws
from verifiable_badges.jose.claims import check_time, instant, read_claims, seconds, write_claims
from verifiable_badges.jose.members import check_members
from verifiable_badges.jose.whose import key_of, known_key
from verifiable_badges.jsonld import CREDENTIALS_V2
from verifiable_badges.keys import PublicKey, ResolvedKey, Resolver, SigningKey
from verifiable_badges.structure import told

_OPEN_BADGES_HEADER = frozenset({"alg", "kid", "jwk", "typ", "cty", "iss"})
_JWT = frozenset({"jwt"})
# The second and third are what drafts of the W3C specification called it.
_VC = frozenset({"vc+jwt", "vc+ld+jwt", "vc-ld+jwt", "vc+ld+json+jwt"})
_CONTENT = frozenset({"vc", "vc+ld+json", "json", "ld+json"})
_CLAIMS = frozenset({"iss", "sub", "jti", "nbf", "exp", "iat", "aud", "nonce", "cnf"})
"""Claims of the token that are not members of what it carries."""


class Profile(Enum):
    """By which rules a credential becomes a token; the value is the token's `typ`."""

    OPEN_BADGES = "JWT"
    VC_JOSE_COSE = "vc+jwt"


@dataclass(frozen=True, slots=True)
class UnverifiedToken:
    """A token taken apart. Nothing in it has been proved."""

    header: Mapping[str, Any]
    claims: dict[str, Any]
    signing_input: bytes
    signature: bytes

    @property
    def credential(self) -> dict[str, Any]:
        """The credential or presentation inside: the claims themselves, or what the older form wraps, made whole."""
        wrapped = self.claims.get("vc", self.claims.get("vp"))
        return _made_whole(wrapped, self.claims) if isinstance(wrapped, dict) else document_in(self.claims)


def document_in(claims: Mapping[str, Any]) -> dict[str, Any]:
    """The members of the credential or presentation that is itself the payload."""
    return {name: value for name, value in claims.items() if name not in _CLAIMS}


def issue_token(
    credential: Mapping[str, Any],
    *,
    key: SigningKey,
    kid: str,
    profile: Profile,
    issued: datetime | None = None,
    expires: datetime | None = None,
) -> str:
    """The credential as a signed token. `kid` is the address of the key's verification method.

    `issued` and `expires` are when the signature was made and ends; only W3C's profile can say so.
    Raises `InvalidCredential` for what is no credential of version 2.0 or does not fit the profile, `InvalidDocument`
    for a word without meaning at its top, `InvalidDate`, and `UnreadableInput` or `LimitExceeded` for what is no JSON
    that we would read back.
    """
    check_document(credential, "VerifiableCredential")
    check_members(credential)
    if profile is Profile.VC_JOSE_COSE:
        claims = {**credential, **signature_times(issued, expires)}
        header = jws.protected_header(key.kind, typ=profile.value, cty="vc", kid=kid)
    elif issued is None and expires is None:
        claims = {**credential, **_repeated(credential)}
        header = jws.protected_header(key.kind, typ=profile.value, kid=kid)
    else:
        raise InvalidDate("token_date", "A token of Open Badges cannot say when its signature was made or ends.")
    return jws.sign(write_claims(claims), key=key, header=header)


def check_document(document: Mapping[str, Any], kind: str) -> None:
    """Refuse what is no credential or presentation of version 2.0, or has members that a token means otherwise."""
    contexts, kinds = document.get("@context"), document.get("type")
    if not isinstance(contexts, list) or not contexts or contexts[0] != CREDENTIALS_V2:
        raise InvalidCredential("context", "It does not begin with the context of credentials 2.0.", path="@context")
    if kind not in (kinds if isinstance(kinds, list) else [kinds]):
        raise InvalidCredential("type_missing", f"It does not name the type {kind}.", path="type")
    for name in ("vc", "vp", *_CLAIMS):
        if name in document:
            raise InvalidCredential("claim_taken", f"“{name}” means something else in a token.", path=name)


def signature_times(issued: datetime | None, expires: datetime | None) -> dict[str, int]:
    """The claims `iat` and `exp` of a signature."""
    times = {"iat": issued, "exp": expires}
    return {name: seconds(moment) for name, moment in times.items() if moment is not None}


def _repeated(credential: Mapping[str, Any]) -> dict[str, Any]:
    """What the profile of Open Badges wants said twice (section 8.2.4.1). All of it but the end is required."""
    subject = credential.get("credentialSubject")
    said = {
        "iss": id_of(credential.get("issuer")),
        "jti": credential.get("id"),
        "sub": id_of(subject[0] if isinstance(subject, list) and len(subject) == 1 else subject),
    }
    for claim, value in said.items():
        if not isinstance(value, str):
            raise InvalidCredential("claim_missing", f"Without “{claim}” it cannot be a token of Open Badges.")
    dates = {"nbf": seconds(parse_datetime(credential.get("validFrom"), "“validFrom”"))}
    if "validUntil" in credential:
        dates["exp"] = seconds(parse_datetime(credential["validUntil"], "“validUntil”"))
    return {**said, **dates}


def decode_token(token: str) -> UnverifiedToken:
    """Take a compact JWS apart without verifying it. Raises `UnreadableInput`, `LimitExceeded`."""
    parts = jws.parse(token)
    return UnverifiedToken(parts.header, read_claims(parts.payload), parts.signing_input, parts.signature)


def verify_token(
    token: UnverifiedToken, *, resolve: Resolver, known: PublicKey | None = None, profile: Profile | None = None
) -> ResolvedKey:
    """The key that signed the token. `confirmed` is False if it came in the header or from a page that claims it.

    `known` is the issuer's key, if the caller knows it; then nobody is asked. The token must keep the rules of
    `profile`, or if that is None those of the profile that its type names.
    Raises `InvalidSignature`, `InvalidProof` for headers and claims that must not be, `InvalidKey`, or what `resolve`
    raises. Times are not judged here, see `check_token_time`.
    """
    found = profile_of(token.header)
    if profile not in (None, found):
        raise InvalidProof("token_type", "The token was made by the rules of another profile.")
    credential = token.credential
    check_token(token, credential, found)
    issuer = issuer_of(credential)
    key = key_of(token.header, issuer, resolve) if known is None else known_key(known, issuer, token.header)
    jws.verify_signature(token.header, token.signing_input, token.signature, key.public)
    return key


def check_token(token: UnverifiedToken, credential: Mapping[str, Any], profile: Profile) -> None:
    """All that the profile asks of a token besides its signature. `credential` is the one inside the token."""
    jws.check_header(token.header)
    wrapped = isinstance(token.claims.get("vc", {}), dict) and profile is Profile.OPEN_BADGES
    if "vp" in token.claims or ("vc" in token.claims and not wrapped):
        raise InvalidProof("token_wrapped", "The token wraps its credential in a way that its type does not allow.")
    if profile is Profile.VC_JOSE_COSE:
        check_document(credential, "VerifiableCredential")
    else:
        if not token.header.keys() <= _OPEN_BADGES_HEADER:
            foreign = min(token.header.keys() - _OPEN_BADGES_HEADER)
            raise InvalidProof("token_header", f"The token's header has a member that is not allowed: {foreign[:30]}")
        _check_same_dates(token.claims, credential)
    check_same_parties(token.claims, credential)


def profile_of(header: Mapping[str, Any]) -> Profile:
    """The profile that a token's type names. Raises `InvalidProof` for tokens made for something else."""
    content = media_type(header.get("cty", "vc"))
    kind = media_type(header.get("typ", "JWT"))
    if content in _CONTENT and kind in _VC:
        return Profile.VC_JOSE_COSE
    if content in _CONTENT and kind in _JWT:
        return Profile.OPEN_BADGES
    raise InvalidProof("token_type", "The token was made for something else than a credential.")


def media_type(value: object) -> str:
    """A media type as `typ` and `cty` write it, in one spelling (RFC 7515 section 4.1.9)."""
    return value.lower().removeprefix("application/") if isinstance(value, str) else ""


def issuer_of(credential: Mapping[str, Any]) -> str:
    """The issuer's address. Raises `InvalidCredential` if there is none."""
    issuer = id_of(credential.get("issuer"))
    if not isinstance(issuer, str):
        raise InvalidCredential("issuer_missing", "The credential does not say who issued it.")
    return issuer


def check_same_parties(claims: Mapping[str, Any], credential: Mapping[str, Any], *, some_hidden: bool = False) -> None:
    """What is said twice must be said alike (Open Badges 3.0 section 8.2.4.1, VC-JOSE-COSE section 3.1.3).

    Where members may be `some_hidden`, one that is not shown says nothing.
    """
    subject = credential.get("credentialSubject")
    pairs = {
        "iss": id_of(credential.get("issuer")),
        "jti": credential.get("id"),
        "sub": id_of(subject[0] if isinstance(subject, list) and len(subject) == 1 else subject),
    }
    for claim, said in pairs.items():
        if claim in claims and claims[claim] != said and not (some_hidden and said is None):
            raise InvalidProof("token_conflict", f"The token says two different things about “{claim}”.")


def _check_same_dates(claims: Mapping[str, Any], credential: Mapping[str, Any]) -> None:
    if "nbf" in claims:
        _check_same_instant(claims["nbf"], told(credential, "validFrom", "issuanceDate"))
    until = told(credential, "validUntil", "expirationDate")
    if "exp" in claims and until is not None:
        _check_same_instant(claims["exp"], until)


def _check_same_instant(claim: object, said: object) -> None:
    try:
        written = parse_datetime(said)
    except InvalidDate as error:
        raise InvalidProof("token_conflict", error.message) from error
    if instant(claim) != written.replace(microsecond=0):
        raise InvalidProof("token_conflict", "The token says two different things about its dates.")


def check_token_time(token: UnverifiedToken, key: ResolvedKey, now: datetime) -> None:
    """Refuse a token whose signature has ended, or was made with a key that had. Raises `InvalidProof`, `InvalidKey`.

    The dates of the credential itself are not judged here; in the profile of Open Badges the token has no others.
    """
    if profile_of(token.header) is Profile.VC_JOSE_COSE:
        check_time(token.claims, now)
    check_key_time(token.claims, key)


def check_key_time(claims: Mapping[str, Any], key: ResolvedKey) -> None:
    """Refuse a signature made after its key had ended; one that does not say when it was made may be such a one."""
    made = claims.get("iat", claims.get("nbf"))
    for end, code, reason in (
        (key.revoked, "key_revoked", "The key had been withdrawn before this was signed."),
        (key.expires, "key_expired", "The key had run out before this was signed."),
    ):
        if end is not None and (made is None or instant(made) >= end):
            raise InvalidKey(code, reason)


def id_of(value: object) -> object:
    """The id of an object, or the id itself."""
    return value.get("id") if isinstance(value, Mapping) else value


def _made_whole(wrapped: dict[str, Any], claims: Mapping[str, Any]) -> dict[str, Any]:
    """The older form may leave to the claims what they say (VC Data Model 1.1 section 6.3.1). Never writes over it."""
    credential = dict(wrapped)
    party = "issuer" if "vc" in claims else "holder"
    for member, claim in (("id", "jti"), (party, "iss")):
        if member not in credential and isinstance(claims.get(claim), str):
            credential[member] = claims[claim]
    for member, claim in ((party, "iss"), ("credentialSubject", "sub")):
        about = credential.get(member)
        if isinstance(about, dict) and "id" not in about and isinstance(claims.get(claim), str):
            credential[member] = {"id": claims[claim], **about}
    if "nbf" in claims and "vc" in claims and told(credential, "validFrom", "issuanceDate") is None:
        credential["issuanceDate"] = format_datetime(instant(claims["nbf"]))
    return credential


def credential_with_dates(token: UnverifiedToken) -> dict[str, Any]:
    """The credential; where the older form gives an end only as the claim `exp`, with that end written into it."""
    credential = dict(token.credential)
    if "exp" in token.claims and told(credential, "validUntil", "expirationDate") is None:
        name = "expirationDate" if "vc" in token.claims else "validUntil"
        credential[name] = format_datetime(instant(token.claims["exp"]))
    return credential
