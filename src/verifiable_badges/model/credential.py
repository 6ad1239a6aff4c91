"""The credential that says: this subject earned that achievement (Open Badges 3.0 AchievementCredential)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verifiable_badges.dates import format_datetime
from verifiable_badges.errors import InvalidCredential
from verifiable_badges.jsonld import CREDENTIALS_V2, OPEN_BADGES_V3
from verifiable_badges.model.achievement import Achievement
from verifiable_badges.model.base import members
from verifiable_badges.model.profile import IdentityObject, Image, Profile


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that the criteria were met."""

    id: str = ""
    name: str = ""
    narrative: str = ""
    description: str = ""
    genre: str = ""
    audience: str = ""

    def to_json(self) -> dict[str, Any]:
        """{"id", "type": ["Evidence"], "name", "narrative", …}"""
        return members(
            id=self.id,
            type=["Evidence"],
            name=self.name,
            narrative=self.narrative,
            description=self.description,
            genre=self.genre,
            audience=self.audience,
        )


@dataclass(frozen=True, slots=True)
class AchievementCredential:
    """An Open Badge before it is signed.

    `id` is a `urn:uuid:` or an address. `source` is the organisation that assessed on the issuer's behalf. An update
    changes `valid_from` and keeps the first day in `awarded_date`. `status` is what `status.entry` returns.
    """

    id: str
    issuer: Profile
    valid_from: datetime
    achievement: Achievement
    subject_id: str = ""
    identifiers: tuple[IdentityObject, ...] = ()
    name: str = ""
    description: str = ""
    awarded_date: datetime | None = None
    valid_until: datetime | None = None
    source: Profile | None = None
    evidence: tuple[Evidence, ...] = ()
    image: Image | None = None
    status: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if not (self.subject_id or self.identifiers):
            raise InvalidCredential("subject_unnamed", "The recipient needs an id or at least one identifier.")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise InvalidCredential("dates_reversed", "The credential would end before it begins.")

    def to_json(self) -> dict[str, Any]:
        """The unsigned credential, ready for `issue`."""
        return members(
            **{"@context": [CREDENTIALS_V2, OPEN_BADGES_V3]},
            id=self.id,
            type=["VerifiableCredential", "AchievementCredential"],
            name=self.name,
            description=self.description,
            image=self.image,
            issuer=self.issuer,
            validFrom=format_datetime(self.valid_from),
            validUntil=format_datetime(self.valid_until) if self.valid_until else None,
            awardedDate=format_datetime(self.awarded_date) if self.awarded_date else None,
            credentialSubject=members(
                id=self.subject_id,
                type=["AchievementSubject"],
                identifier=self.identifiers,
                source=self.source,
                achievement=self.achievement,
            ),
            evidence=self.evidence,
            credentialStatus=dict(self.status) if self.status else None,
        )
