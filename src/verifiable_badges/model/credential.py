"""The credential that says: this subject earned that achievement (Open Badges 3.0 AchievementCredential)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.jsonld import CREDENTIALS_V2, OPEN_BADGES_V3
from verifiable_badges.model.achievement import Achievement
from verifiable_badges.model.base import Model, member
from verifiable_badges.model.envelope import Envelope
from verifiable_badges.model.profile import IdentityObject, Image, Profile
from verifiable_badges.model.result import Result
from verifiable_badges.model.text import Text

if TYPE_CHECKING:
    from verifiable_badges.model.endorsement import EndorsementCredential


@dataclass(frozen=True, slots=True)
class Evidence(Model):
    """What shows that the criteria were met."""

    id: str = ""
    type: tuple[str, ...] = field(default=("Evidence",), kw_only=True)
    name: Text = ""
    narrative: Text = ""
    description: Text = ""
    genre: Text = ""
    audience: Text = ""


def _subject(name: str) -> dict[str, str]:
    return member(name, inside="credentialSubject")


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementCredential(Envelope):
    """An Open Badge. It has exactly one subject (AchievementSubject), whose members are fields here.

    `id` is a `urn:uuid:` or an address. The recipient has a `subject_id`, `identifiers`, or both. `source` is the
    organisation that assessed on the issuer's behalf.
    """

    also: ClassVar[Mapping[str, str]] = {"AchievementCredential": "OpenBadgeCredential"}

    context: tuple[str | Mapping[str, Any], ...] = field(
        default=(CREDENTIALS_V2, OPEN_BADGES_V3), metadata=member("@context")
    )
    id: str
    type: tuple[str, ...] = ("VerifiableCredential", "AchievementCredential")
    image: Image | None = None
    issuer: Profile | str
    valid_from: datetime = field(metadata=member("validFrom", older="issuanceDate"))
    awarded_date: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    endorsement: tuple[EndorsementCredential, ...] = ()
    endorsement_jwt: tuple[str, ...] = ()

    subject_id: str = field(default="", metadata=_subject("id"))
    subject_type: tuple[str, ...] = field(default=("AchievementSubject",), metadata=_subject("type"))
    identifiers: tuple[IdentityObject, ...] = field(default=(), metadata=_subject("identifier"))
    source: Profile | None = field(default=None, metadata=_subject("source"))
    achievement: Achievement = field(metadata=_subject("achievement"))
    activity_start_date: datetime | None = field(default=None, metadata=_subject("activityStartDate"))
    activity_end_date: datetime | None = field(default=None, metadata=_subject("activityEndDate"))
    credits_earned: float | None = field(default=None, metadata=_subject("creditsEarned"))
    subject_image: Image | None = field(default=None, metadata=_subject("image"))
    license_number: Text = field(default="", metadata=_subject("licenseNumber"))
    narrative: Text = field(default="", metadata=_subject("narrative"))
    result: tuple[Result, ...] = field(default=(), metadata=_subject("result"))
    role: Text = field(default="", metadata=_subject("role"))
    term: Text = field(default="", metadata=_subject("term"))

    def __post_init__(self) -> None:
        Envelope.__post_init__(self)
        if not (self.subject_id or self.identifiers):
            raise InvalidCredential("subject_unnamed", "The recipient needs an id or at least one identifier.")
