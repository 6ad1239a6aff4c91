"""Credentials and presentations of any kind (VC Data Model 2.0 section 4; 1.1 is read as well)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.jsonld import CREDENTIALS_V2
from verifiable_badges.model.base import Model, member
from verifiable_badges.model.envelope import Envelope, TermsOfUse

if TYPE_CHECKING:
    from verifiable_badges.model.clr import ClrCredential
    from verifiable_badges.model.credential import AchievementCredential, Evidence
    from verifiable_badges.model.endorsement import EndorsementCredential

_DATA = re.compile(r"data:([^,;]+)(?:;[^,]*)?,(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiableCredential(Envelope):
    """A credential whose subjects we know nothing about; they stay JSON objects."""

    credential_subject: tuple[Mapping[str, Any], ...]
    evidence: tuple[Evidence | Mapping[str, Any], ...] = ()

    def __post_init__(self) -> None:
        Envelope.__post_init__(self)
        if not self.credential_subject or not all(self.credential_subject):
            raise InvalidCredential("subject_missing", "The credential says nothing about anybody.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopedVerifiableCredential(Model):
    """A credential as a token in a `data:` address, such as a VC-JWT (VC Data Model 2.0 section 4.13)."""

    context: tuple[str | Mapping[str, Any], ...] = field(default=(), metadata=member("@context"))
    id: str
    type: tuple[str, ...] = ("EnvelopedVerifiableCredential",)

    @classmethod
    def of(cls, token: str, media_type: str = "application/vc+jwt") -> EnvelopedVerifiableCredential:
        """The token in its envelope, ready to stand in a presentation."""
        return cls(context=(CREDENTIALS_V2,), id=f"data:{media_type},{token}")

    def opened(self) -> tuple[str, str]:
        """Media type and token. Raises `InvalidCredential` for anything but a `data:` address."""
        return _opened(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopedVerifiablePresentation(Model):
    """A presentation as a token in a `data:` address (VC Data Model 2.0 section 4.13)."""

    context: tuple[str | Mapping[str, Any], ...] = field(default=(CREDENTIALS_V2,), metadata=member("@context"))
    id: str
    type: tuple[str, ...] = ("EnvelopedVerifiablePresentation",)

    def opened(self) -> tuple[str, str]:
        """Media type and token. Raises `InvalidCredential` for anything but a `data:` address."""
        return _opened(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiablePresentation(Model):
    """Credentials that a holder shows to somebody; the proof with challenge and domain says to whom and when."""

    context: tuple[str | Mapping[str, Any], ...] = field(default=(CREDENTIALS_V2,), metadata=member("@context"))
    id: str = ""
    type: tuple[str, ...] = ("VerifiablePresentation",)
    holder: str | Mapping[str, Any] = ""
    verifiable_credential: tuple[
        AchievementCredential
        | EndorsementCredential
        | ClrCredential
        | VerifiableCredential
        | EnvelopedVerifiableCredential
        | Mapping[str, Any]
        | str,
        ...,
    ] = ()
    terms_of_use: tuple[TermsOfUse, ...] = ()
    proof: tuple[Mapping[str, Any], ...] = ()


def _opened(address: str) -> tuple[str, str]:
    match = _DATA.fullmatch(address)
    if match is None:
        raise InvalidCredential("envelope", "The envelope of a credential does not hold a token.")
    return match[1], unquote(match[2])
