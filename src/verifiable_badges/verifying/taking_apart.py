"""Step 1: a credential or presentation with what secures it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verifiable_badges.credential_rules import check_envelope
from verifiable_badges.errors import InvalidCredential, Unsupported
from verifiable_badges.jose.claims import read_claims
from verifiable_badges.jose.disclosures import reveal
from verifiable_badges.jose.jws import parse
from verifiable_badges.jose.sd_jwt import parse_sd_jwt
from verifiable_badges.jose.vc_jwt import UnverifiedToken, credential_with_dates, decode_token, document_in
from verifiable_badges.model import EnvelopedVerifiableCredential
from verifiable_badges.reading import Presented
from verifiable_badges.structure import OPEN_BADGES_2, kind_of, types

if TYPE_CHECKING:
    from verifiable_badges.verifying.proof import Proved

_ENVELOPES = ("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation")
_TOKENS = frozenset(
    {"application/jwt", "application/vc+jwt", "application/vp+jwt", "application/vc+ld+jwt", "application/vp+ld+jwt"}
    | {"application/vc+sd-jwt", "application/vp+sd-jwt"}
)


@dataclass(frozen=True, slots=True)
class Secured:
    """A document with its token; without one, it has a proof inside or none.

    `sd_jwt` is a token whose holder chose what to show, as it was handed in (RFC 9901). `covered` is the proof of what
    holds the document, where that one has to do (VC Data Model 2.0 section 4.13.4).
    """

    credential: dict[str, Any]
    token: UnverifiedToken | None = None
    sd_jwt: str = ""
    covered: Proved | None = None

    @property
    def has_proof_inside(self) -> bool:
        """Whether its proof, if there is one, is a part of it."""
        return self.token is None and not self.sd_jwt and self.covered is None


def take_apart(presented: Presented) -> Secured:
    """What was read, which is not a link. Raises as `open_document`, `UnreadableInput` for a damaged token."""
    return open_document(presented.token if presented.document is None else presented.document)


def open_document(value: Any) -> Secured:
    """A token, an envelope, or a document that carries its proof.

    Raises `UnreadableInput` for a damaged token, `InvalidCredential` for what is none of them, `Unsupported` for
    envelopes of another kind.
    """
    if isinstance(value, str):
        return _from_token(value)
    if not isinstance(value, dict):
        raise InvalidCredential("credential_form", "Something that should be a credential is not written as one.")
    for kind in _ENVELOPES:
        if kind in types(value):
            return _from_token(_token_in(value, kind))
    return Secured(value)


def _token_in(envelope: dict[str, Any], kind: str) -> str:
    check_envelope(envelope, kind)
    media_type, token = EnvelopedVerifiableCredential(id=envelope["id"]).opened()
    if media_type.lower() not in _TOKENS:
        raise Unsupported("envelope_kind", f"The envelope is of a kind that is not opened here: {media_type[:60]}")
    return token


def _from_token(text: str) -> Secured:
    if "~" in text:
        parts = parse_sd_jwt(text)
        shown = reveal(read_claims(parse(parts.token).payload), parts.disclosures).claims
        return Secured(document_in(shown), sd_jwt=text)
    token = decode_token(text)
    if kind_of(token.claims) == OPEN_BADGES_2:
        return Secured(token.claims, token)
    return Secured(credential_with_dates(token), token)
