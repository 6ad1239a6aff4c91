"""Tokens whose holder chooses what to show (SD-JWT, RFC 9901), as credentials and presentations.

`<signed token>~<disclosure>~…~<proof of the holder>`: the issuer gives it to the holder with every disclosure, the
holder leaves some out (`show`) and proves to one verifier to hold the key that the issuer named (`bind`).
Kinds are W3C's `vc+sd-jwt` and `vp+sd-jwt` (VC-JOSE-COSE section 3.2), and IETF's `dc+sd-jwt` (SD-JWT VC).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from verifiable_badges.errors import InvalidCredential, InvalidProof, LimitExceeded, UnreadableInput, Unsupported
from verifiable_badges.jose import jws
from verifiable_badges.jose.claims import check_asked, check_time, instant, read_claims, seconds, write_claims
from verifiable_badges.jose.disclosures import MAX_DISCLOSURES, Path, Random, conceal, digest, reveal
from verifiable_badges.jose.issuer_metadata import issuer_key
from verifiable_badges.jose.members import check_members
from verifiable_badges.jose.presentation import check_shown, holder_of
from verifiable_badges.jose.vc_jwt import (
    check_document,
    check_key_time,
    check_same_parties,
    document_in,
    issuer_of,
    media_type,
    signature_times,
)
from verifiable_badges.jose.whose import key_of, known_key
from verifiable_badges.keys import PublicKey, ResolvedKey, Resolver, SigningKey
from verifiable_badges.keys.jwk import jwk_public
from verifiable_badges.limits import MAX_BYTES

_HOLDER_TYPE = "kb+jwt"
_CONTENT = {
    "vc+sd-jwt": frozenset({"vc", "vc+ld+json"}),
    "vp+sd-jwt": frozenset({"vp", "vp+ld+json"}),
    "dc+sd-jwt": frozenset[str](),
}


class Kind(Enum):
    """What a token is; the value is its `typ`."""

    CREDENTIAL = "vc+sd-jwt"
    PRESENTATION = "vp+sd-jwt"
    SD_JWT_VC = "dc+sd-jwt"


@dataclass(frozen=True, slots=True)
class SdJwt:
    """The parts of a token with disclosures. `binding` is the holder's own token, "" if there is none."""

    token: str
    disclosures: tuple[str, ...]
    binding: str = ""

    @property
    def unbound(self) -> str:
        """All but the holder's own token; the digest of this is what the holder signs."""
        return "".join(part + "~" for part in (self.token, *self.disclosures))

    def __str__(self) -> str:
        return self.unbound + self.binding


@dataclass(frozen=True, slots=True)
class Binding:
    """The holder's own token, which holds: for whom, in answer to what, and when it was made."""

    audience: str
    nonce: str
    issued: datetime


@dataclass(frozen=True, slots=True)
class VerifiedSdJwt:
    """A token that holds, with what was shown: the whole `claims`, and of W3C's kinds the `document` among them."""

    kind: Kind
    claims: dict[str, Any]
    document: dict[str, Any]
    key: ResolvedKey
    binding: Binding | None

    def check_time(self, now: datetime) -> None:
        """Refuse a token that has ended or not begun, or was signed with a key that had. Raises `InvalidProof`."""
        check_time(self.claims, now)
        check_key_time(self.claims, self.key)


def parse_sd_jwt(text: str) -> SdJwt:
    """Take the compact form apart (section 4). Raises `UnreadableInput`, `LimitExceeded`."""
    if len(text) > MAX_BYTES:
        raise LimitExceeded("too_large", f"The token is larger than {MAX_BYTES // 1_000_000} MB.")
    if text.count("~") > MAX_DISCLOSURES:
        raise LimitExceeded("too_many_parts", f"More than {MAX_DISCLOSURES} values are shown.")
    token, *disclosures = text.split("~")
    if not disclosures:
        raise UnreadableInput("not_a_token", "This is not a token with disclosures.")
    binding = disclosures.pop()
    if not all(disclosures):
        raise UnreadableInput("token_damaged", "A disclosure of the token is empty.")
    return SdJwt(token, tuple(disclosures), binding)


def issue_sd_jwt(
    document: Mapping[str, Any],
    *,
    key: SigningKey,
    kid: str,
    kind: Kind = Kind.CREDENTIAL,
    hidden: Iterable[Path],
    random: Random,
    holder: PublicKey | None = None,
    decoys: int = 0,
    issued: datetime | None = None,
    expires: datetime | None = None,
) -> str:
    """The document as a token with a disclosure for each value at the paths `hidden`, for its holder alone.

    `holder` is the key with which the holder will prove to be it (`cnf`). `random(n)` gives n bytes; `decoys` as in
    `conceal`. Raises as `issue_token` and `conceal`; a document of `SD_JWT_VC` needs `vct` and `iss`.
    """
    claims = {**document, **signature_times(issued, expires)}
    if kind is Kind.SD_JWT_VC:
        _check_ietf(claims)
        header = jws.protected_header(key.kind, typ=kind.value, kid=kid)
    else:
        _check_w3c(kind, document, {})
        check_members(document)
        header = jws.protected_header(key.kind, typ=kind.value, cty=kind.value[:2], kid=kid)
    if holder is not None:
        claims["cnf"] = {"jwk": holder.to_jwk()}
    concealed = conceal(claims, hidden, random=random, decoys=decoys)
    token = jws.sign(write_claims(concealed.payload), key=key, header=header)
    return str(SdJwt(token, concealed.disclosures))


def show(text: str, paths: Iterable[Path]) -> str:
    """The token with only the disclosures at these paths, and those without which they could not be seen.

    Raises `InvalidCredential` for a path at which nothing was hidden, otherwise what `reveal` raises.
    """
    whole = parse_sd_jwt(text)
    places = reveal(read_claims(jws.parse(whole.token).payload), whole.disclosures).places
    by_path = {place.path: disclosure for disclosure, place in places.items()}
    kept: set[str] = set()
    for path in paths:
        if tuple(path) not in by_path:
            raise InvalidCredential("disclosure_path", "At a path of what should be shown nothing was hidden.")
        disclosure = by_path[tuple(path)]
        kept |= {disclosure, *places[disclosure].above}
    return str(SdJwt(whole.token, tuple(one for one in whole.disclosures if one in kept)))


def bind(text: str, *, key: SigningKey, audience: str, nonce: str, issued: datetime) -> str:
    """The token with the holder's proof for one verifier and one occasion (section 4.3). `key` is that of `holder`."""
    parts = parse_sd_jwt(text)
    payload = read_claims(jws.parse(parts.token).payload)
    claims = {"iat": seconds(issued), "aud": audience, "nonce": nonce, "sd_hash": digest(parts.unbound, payload)}
    header = jws.protected_header(key.kind, typ=_HOLDER_TYPE)
    return parts.unbound + jws.sign(write_claims(claims), key=key, header=header)


def verify_sd_jwt(
    text: str,
    *,
    resolve: Resolver,
    known: PublicKey | None = None,
    challenge: str | None = None,
    domain: str | Sequence[str] | None = None,
    binding_needed: bool = False,
) -> VerifiedSdJwt:
    """What the token proves (section 7). Errors as `verify_token` and `reveal`.

    `known` is the signer's key, if the caller knows it; then nobody is asked.
    Whoever asks with `challenge` or `domain` gets an answer from the holder, or the token fails; so does one without
    the holder's proof if `binding_needed`. Times are judged by `VerifiedSdJwt.check_time`, except when the holder's
    proof was made: that is returned.
    """
    parts = parse_sd_jwt(text)
    token = jws.parse(parts.token)
    jws.check_header(token.header)
    kind = _kind(token.header)
    payload = read_claims(token.payload)
    claims = reveal(payload, parts.disclosures).claims
    document = document_in(claims)
    party = _signer(kind, document, claims, token.header)
    key = _key(kind, party, token.header, resolve) if known is None else known_key(known, party, token.header)
    jws.verify(token, key.public)
    if kind is Kind.PRESENTATION:
        check_asked(claims, challenge, domain)
        return VerifiedSdJwt(kind, claims, document, key, verify_binding(parts, payload) if parts.binding else None)
    asked = binding_needed or challenge is not None or domain is not None
    if not parts.binding and asked:
        raise InvalidProof("binding_missing", "Nobody proved to be the holder.")
    binding = None
    if parts.binding:
        binding = verify_binding(parts, payload)
        check_asked({"aud": binding.audience, "nonce": binding.nonce}, challenge, domain)
    return VerifiedSdJwt(kind, claims, document, key, binding)


def _kind(header: Mapping[str, Any]) -> Kind:
    kind = media_type(header.get("typ"))
    content = media_type(header["cty"]) if "cty" in header else None
    if kind not in _CONTENT or (content is not None and content not in _CONTENT[kind]):
        raise InvalidProof("token_type", "The token was made for something else than a credential or presentation.")
    return Kind(kind)


def _signer(kind: Kind, document: Mapping[str, Any], claims: Mapping[str, Any], header: Mapping[str, Any]) -> str:
    """Who has to have signed it. Raises `InvalidCredential`, `InvalidProof` for what does not keep its kind's rules."""
    if kind is Kind.SD_JWT_VC:
        _check_ietf(claims)
        return str(claims["iss"])
    _check_w3c(kind, document, claims)
    return issuer_of(document) if kind is Kind.CREDENTIAL else holder_of(document, claims, header)


def _key(kind: Kind, party: str, header: Mapping[str, Any], resolve: Resolver) -> ResolvedKey:
    if kind is Kind.SD_JWT_VC:
        return issuer_key(header, party, resolve)
    return key_of(header, party, resolve, "authentication" if kind is Kind.PRESENTATION else "assertionMethod")


def _check_w3c(kind: Kind, document: Mapping[str, Any], claims: Mapping[str, Any]) -> None:
    if kind is Kind.PRESENTATION:
        check_document(document, "VerifiablePresentation")
        check_shown(document, claims)
    else:
        check_document(document, "VerifiableCredential")
        check_same_parties(claims, document, some_hidden=True)


def _check_ietf(claims: Mapping[str, Any]) -> None:
    """SD-JWT VC section 3.2.2.2."""
    for name in ("vct", "iss"):
        if not isinstance(claims.get(name), str) or not claims[name]:
            raise InvalidCredential("claim_missing", f"It does not have the text “{name}”.", path=name)


def verify_binding(parts: SdJwt, payload: Mapping[str, Any]) -> Binding:
    """The holder's proof (section 7.3 step 5). Raises `InvalidProof`, `InvalidKey`, `InvalidSignature`."""
    token = jws.parse(parts.binding)
    if media_type(token.header.get("typ")) != _HOLDER_TYPE:
        raise InvalidProof("token_type", "The holder's proof was made for something else.")
    jws.verify(token, _holder_key(payload))
    claims = read_claims(token.payload)
    audience, nonce = claims.get("aud"), claims.get("nonce")
    if not isinstance(audience, str) or not isinstance(nonce, str):
        raise InvalidProof("binding_form", "The holder's proof does not say for whom and on what occasion.")
    if claims.get("sd_hash") != digest(parts.unbound, payload):
        raise InvalidProof("binding_other", "The holder's proof was made for another choice of what is shown.")
    return Binding(audience, nonce, instant(claims.get("iat")))


def _holder_key(payload: Mapping[str, Any]) -> PublicKey:
    named = payload.get("cnf")
    if not isinstance(named, Mapping) or not named:
        raise InvalidProof("binding_nobody", "The issuer did not say who the holder is.")
    if "jwk" not in named:
        raise Unsupported("binding_kind", "The issuer names the holder in a way that is not known here.")
    return jwk_public(named["jwk"])
