"""Presentations as signed tokens: what a holder shows to one verifier on one occasion.

W3C Securing Verifiable Credentials using JOSE and COSE section 3.1.2; the form of version 1.1 with a `vp` claim is
verified and never made. Credentials stand inside as envelopes, each with a token of its own (`model` makes and opens
them), or as documents that carry their proof. Each is judged by itself; here only that there is something to judge.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from verifiable_badges.errors import InvalidCredential, InvalidProof
from verifiable_badges.jose import jws
from verifiable_badges.jose.claims import check_asked, check_time, write_claims
from verifiable_badges.jose.members import check_members
from verifiable_badges.jose.vc_jwt import (
    UnverifiedToken,
    check_document,
    check_key_time,
    id_of,
    media_type,
    signature_times,
)
from verifiable_badges.jose.whose import key_of, known_key
from verifiable_badges.keys import PublicKey, ResolvedKey, Resolver, SigningKey
from verifiable_badges.model import EnvelopedVerifiableCredential

TYPE = "vp+jwt"
_TYPES = frozenset({TYPE, "vp+ld+jwt", "vp-ld+jwt"})
_CONTENT = frozenset({"vp", "vp+ld+json", "json", "ld+json"})
_ENVELOPE = "EnvelopedVerifiableCredential"


def issue_presentation(
    presentation: Mapping[str, Any],
    *,
    key: SigningKey,
    kid: str,
    challenge: str | None = None,
    domain: str | Sequence[str] | None = None,
    issued: datetime | None = None,
    expires: datetime | None = None,
) -> str:
    """The presentation as a token, made for `domain` (`aud`) as the answer to `challenge` (`nonce`).

    `kid` is the address of the holder's key. Raises `InvalidCredential` for what is no presentation of version 2.0 or
    shows a credential that nothing secures, `UnreadableInput` for what is no JSON.
    """
    check_document(presentation, "VerifiablePresentation")
    check_members(presentation)
    check_secured(presentation)
    asked = {"nonce": challenge, "aud": domain if domain is None or isinstance(domain, str) else list(domain)}
    claims = {**presentation, **{name: value for name, value in asked.items() if value is not None}}
    header = jws.protected_header(key.kind, typ=TYPE, cty="vp", kid=kid)
    return jws.sign(write_claims({**claims, **signature_times(issued, expires)}), key=key, header=header)


def verify_presentation(
    token: UnverifiedToken,
    *,
    resolve: Resolver,
    known: PublicKey | None = None,
    challenge: str | None = None,
    domain: str | Sequence[str] | None = None,
) -> ResolvedKey:
    """The holder's key that signed the token; the presentation is `token.credential`. Errors as `verify_token`.

    `known` is the holder's key, if the caller knows it; then nobody is asked. A token that was made for another
    challenge or domain than those asked for fails. Times are not judged here.
    """
    presentation = check_presentation_token(token)
    check_asked(token.claims, challenge, domain)
    party = holder_of(presentation, token.claims, token.header)
    if known is None:
        key = key_of(token.header, party, resolve, "authentication")
    else:
        key = known_key(known, party, token.header)
    jws.verify_signature(token.header, token.signing_input, token.signature, key.public)
    return key


def check_presentation_time(token: UnverifiedToken, key: ResolvedKey, now: datetime) -> None:
    """Refuse a token that has ended or not begun, or was signed with a key that had ended. Errors as `check_time`."""
    check_time(token.claims, now)
    check_key_time(token.claims, key)


def check_presentation_token(token: UnverifiedToken) -> dict[str, Any]:
    """The presentation in a token, which keeps all rules besides its signature's."""
    jws.check_header(token.header)
    content, kind = (media_type(token.header.get(name, default)) for name, default in (("cty", "vp"), ("typ", "JWT")))
    wrapped = isinstance(token.claims.get("vp"), dict) and kind == "jwt"
    if content not in _CONTENT or (kind not in _TYPES and not wrapped):
        raise InvalidProof("token_type", "The token was made for something else than a presentation.")
    if "vc" in token.claims or ("vp" in token.claims and not wrapped):
        raise InvalidProof("token_wrapped", "The token wraps something in a way that its type does not allow.")
    presentation = token.credential
    if not wrapped:
        check_document(presentation, "VerifiablePresentation")
    check_shown(presentation, token.claims)
    return presentation


def check_shown(presentation: Mapping[str, Any], claims: Mapping[str, Any]) -> None:
    """The rules of what is shown, and that the claims beside it do not say otherwise."""
    if "VerifiablePresentation" not in _several(presentation.get("type")):
        raise InvalidCredential("type_missing", "It does not name the type VerifiablePresentation.", path="type")
    check_secured(presentation)
    for claim, said in (("iss", id_of(presentation.get("holder"))), ("jti", presentation.get("id"))):
        if claim in claims and said is not None and claims[claim] != said:
            raise InvalidProof("token_conflict", f"The token says two different things about “{claim}”.")


def check_secured(presentation: Mapping[str, Any]) -> None:
    """Refuse a presentation with a credential that nothing secures (section 3.1.2). Raises `InvalidCredential`."""
    for place, one in enumerate(_several(presentation.get("verifiableCredential", []))):
        if isinstance(one, str):
            continue  # the form of version 1.1: a token as it is
        if not isinstance(one, Mapping):
            raise InvalidCredential("unsecured", "Something that is no credential is shown.", path=_path(place))
        if _ENVELOPE in _several(one.get("type")):
            address = one.get("id")
            if not isinstance(address, str) or not address.startswith("data:") or "," not in address:
                raise InvalidCredential("envelope", "An envelope does not hold a token.", path=_path(place))
        elif "proof" not in one:
            raise InvalidCredential("unsecured", "A credential is shown that nothing secures.", path=_path(place))


def credentials_of(presentation: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is shown, as (media type, token), or as ("", document) for documents that carry their proof."""
    for one in _several(presentation.get("verifiableCredential", [])):
        if isinstance(one, str):
            yield "application/vc+jwt", one
        elif _ENVELOPE in _several(one.get("type")):
            yield EnvelopedVerifiableCredential(id=one["id"]).opened()
        else:
            yield "", one


def holder_of(presentation: Mapping[str, Any], claims: Mapping[str, Any], header: Mapping[str, Any]) -> str:
    """Who shows it. If it is not said, whoever the key belongs to that signed it: then it proves no more than that."""
    for said in (id_of(presentation.get("holder")), claims.get("iss"), _base(header.get("kid"))):
        if isinstance(said, str) and said:
            return said
    raise InvalidProof("verification_method", "The presentation does not say who shows it, nor with which key.")


def _base(kid: object) -> str:
    return kid.partition("#")[0] if isinstance(kid, str) and ":" in kid else ""


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _path(place: int) -> str:
    return f"verifiableCredential[{place}]"
