"""What is recognised: the achievement with its criteria, alignments and kin (Open Badges 3.0 Achievement)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.model.base import Model
from verifiable_badges.model.profile import IdentifierEntry, Image, Profile
from verifiable_badges.model.text import Text

if TYPE_CHECKING:
    from verifiable_badges.model.endorsement import EndorsementCredential
    from verifiable_badges.model.result import ResultDescription

ACHIEVEMENT_TYPES = frozenset(
    {
        "Achievement",
        "ApprenticeshipCertificate",
        "Assessment",
        "Assignment",
        "AssociateDegree",
        "Award",
        "Badge",
        "BachelorDegree",
        "Certificate",
        "CertificateOfCompletion",
        "Certification",
        "CommunityService",
        "Competency",
        "Course",
        "CoCurricular",
        "Degree",
        "Diploma",
        "DoctoralDegree",
        "Fieldwork",
        "GeneralEducationDevelopment",
        "JourneymanCertificate",
        "LearningProgram",
        "License",
        "Membership",
        "ProfessionalDoctorate",
        "QualityAssuranceCredential",
        "MasterCertificate",
        "MasterDegree",
        "MicroCredential",
        "ResearchDoctorate",
        "SecondarySchoolDiploma",
    }
)


@dataclass(frozen=True, slots=True)
class Criteria(Model):
    """What had to be done: a text in Markdown, an address, or both."""

    first: ClassVar[tuple[str, ...]] = ("id",)

    narrative: Text = ""
    id: str = ""

    def __post_init__(self) -> None:
        if not (self.narrative or self.id):
            raise InvalidCredential("criteria_missing", "Criteria need a text or an address.")


@dataclass(frozen=True, slots=True)
class Alignment(Model):
    """A place in a framework of skills that the achievement answers to."""

    type: tuple[str, ...] = field(default=("Alignment",), kw_only=True)
    target_name: Text
    target_url: str
    target_description: Text = ""
    target_framework: Text = ""
    target_code: str = ""
    target_type: str = ""


@dataclass(frozen=True, slots=True)
class Related(Model):
    """Another edition of the achievement, such as the same one in another language."""

    id: str
    type: tuple[str, ...] = field(default=("Related",), kw_only=True)
    in_language: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Achievement(Model):
    """One achievement. `achievement_type` is one of the standard's words or begins with `ext:`."""

    first: ClassVar[tuple[str, ...]] = ("id", "type", "achievementType")

    id: str
    name: Text
    description: Text
    criteria: Criteria
    achievement_type: str = ""
    alignment: tuple[Alignment, ...] = ()
    creator: Profile | None = None
    human_code: str = ""
    image: Image | None = None
    in_language: str = ""
    related: tuple[Related, ...] = ()
    tag: tuple[Text, ...] = ()
    version: str = ""
    credits_available: float | None = None
    field_of_study: Text = ""
    specialization: Text = ""
    other_identifier: tuple[IdentifierEntry, ...] = ()
    result_description: tuple[ResultDescription, ...] = ()
    endorsement: tuple[EndorsementCredential, ...] = ()
    endorsement_jwt: tuple[str, ...] = ()
    type: tuple[str, ...] = field(default=("Achievement",), kw_only=True)

    def __post_init__(self) -> None:
        kind = self.achievement_type
        if kind and kind not in ACHIEVEMENT_TYPES and not kind.startswith("ext:"):
            raise InvalidCredential(
                "achievement_type", f"“{kind}” is not a type of achievement; own ones begin with ext:."
            )
