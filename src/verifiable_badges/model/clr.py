"""A comprehensive learner record: many credentials of one learner in one (CLR 2.0 ClrCredential)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.jsonld import CREDENTIALS_V2, OPEN_BADGES_V3
from verifiable_badges.model.achievement import Achievement
from verifiable_badges.model.base import Model, member
from verifiable_badges.model.credential import AchievementCredential, Evidence
from verifiable_badges.model.endorsement import EndorsementCredential
from verifiable_badges.model.envelope import Envelope
from verifiable_badges.model.profile import IdentityObject, Image, Profile
from verifiable_badges.model.verifiable import EnvelopedVerifiableCredential, VerifiableCredential

CLR_V2 = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
ASSOCIATION_TYPES = frozenset(
    {
        "exactMatchOf",
        "isChildOf",
        "isParentOf",
        "isPartOf",
        "isPeerOf",
        "isRelatedTo",
        "precedes",
        "replacedBy",
    }
)


@dataclass(frozen=True, slots=True)
class Association(Model):
    """How two achievements hang together: `source_id` is … of `target_id`."""

    type: str = field(default="Association", kw_only=True)
    association_type: str
    source_id: str
    target_id: str

    def __post_init__(self) -> None:
        if self.association_type not in ASSOCIATION_TYPES:
            raise InvalidCredential("association_type", f"“{self.association_type}” is no way to be associated.")


def _subject(name: str) -> dict[str, str]:
    return member(name, inside="credentialSubject")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClrCredential(Envelope):
    """A record. Each inner credential is signed by its own issuer and keeps its proof; then the whole is signed.

    `achievement` repeats the achievements that `association` speaks of. `partial` says that more is known elsewhere.
    """

    context: tuple[str | Mapping[str, Any], ...] = field(
        default=(CREDENTIALS_V2, CLR_V2, OPEN_BADGES_V3), metadata=member("@context")
    )
    type: tuple[str, ...] = ("VerifiableCredential", "ClrCredential")
    image: Image | None = None
    partial: bool | None = None
    issuer: Profile | str
    valid_from: datetime = field(metadata=member("validFrom", older="issuanceDate"))
    awarded_date: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    endorsement: tuple[EndorsementCredential, ...] = ()
    endorsement_jwt: tuple[str, ...] = ()

    subject_id: str = field(default="", metadata=_subject("id"))
    subject_type: tuple[str, ...] = field(default=("ClrSubject",), metadata=_subject("type"))
    identifiers: tuple[IdentityObject, ...] = field(default=(), metadata=_subject("identifier"))
    verifiable_credential: tuple[
        AchievementCredential
        | EndorsementCredential
        | ClrCredential
        | VerifiableCredential
        | EnvelopedVerifiableCredential
        | Mapping[str, Any],
        ...,
    ] = field(metadata=_subject("verifiableCredential"))
    achievement: tuple[Achievement, ...] = field(default=(), metadata=_subject("achievement"))
    association: tuple[Association, ...] = field(default=(), metadata=_subject("association"))

    def __post_init__(self) -> None:
        Envelope.__post_init__(self)
        self.check_named()
