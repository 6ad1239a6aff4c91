"""An endorsement: somebody vouches for a profile, an achievement or a credential (Open Badges 3.0 section B.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verifiable_badges.jsonld import CREDENTIALS_V2, OPEN_BADGES_V3
from verifiable_badges.model.base import member
from verifiable_badges.model.credential import Evidence
from verifiable_badges.model.envelope import Envelope
from verifiable_badges.model.profile import Profile
from verifiable_badges.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EndorsementCredential(Envelope):
    """An endorsement of what has the id `subject_id`. Signed by itself, then embedded before the whole is signed.

    The id alone does not pin what was endorsed: add a `RelatedResource` with its digest where that matters.
    """

    context: tuple[str | Mapping[str, Any], ...] = field(
        default=(CREDENTIALS_V2, OPEN_BADGES_V3), metadata=member("@context")
    )
    type: tuple[str, ...] = ("VerifiableCredential", "EndorsementCredential")
    issuer: Profile | str
    valid_from: datetime = field(metadata=member("validFrom", older="issuanceDate"))
    awarded_date: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    subject_id: str = field(metadata=member("id", inside="credentialSubject"))
    subject_type: tuple[str, ...] = field(
        default=("EndorsementSubject",), metadata=member("type", inside="credentialSubject")
    )
    endorsement_comment: Text = field(default="", metadata=member("endorsementComment", inside="credentialSubject"))

    def __post_init__(self) -> None:
        Envelope.__post_init__(self)
        self.check_named()
