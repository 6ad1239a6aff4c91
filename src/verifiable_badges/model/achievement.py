"""What is recognised: the achievement with its criteria, alignments and kin (Open Badges 3.0 Achievement)."""

from dataclasses import dataclass
from typing import Any

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.model.base import members
from verifiable_badges.model.profile import Image, Profile

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
class Criteria:
    """What had to be done: an address, a text in Markdown, or both."""

    narrative: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if not (self.narrative or self.id):
            raise InvalidCredential("criteria_missing", "Criteria need a text or an address.")

    def to_json(self) -> dict[str, Any]:
        """{"id", "narrative"}"""
        return members(id=self.id, narrative=self.narrative)


@dataclass(frozen=True, slots=True)
class Alignment:
    """A place in a framework of skills that the achievement answers to."""

    target_name: str
    target_url: str
    target_description: str = ""
    target_framework: str = ""
    target_code: str = ""
    target_type: str = ""

    def to_json(self) -> dict[str, Any]:
        """{"type": ["Alignment"], "targetName", "targetUrl", …}"""
        return members(
            type=["Alignment"],
            targetName=self.target_name,
            targetUrl=self.target_url,
            targetDescription=self.target_description,
            targetFramework=self.target_framework,
            targetCode=self.target_code,
            targetType=self.target_type,
        )


@dataclass(frozen=True, slots=True)
class Related:
    """Another edition of the achievement, such as the same one in another language."""

    id: str
    in_language: str = ""
    version: str = ""

    def to_json(self) -> dict[str, Any]:
        """{"id", "type": ["Related"], "inLanguage", "version"}"""
        return members(id=self.id, type=["Related"], inLanguage=self.in_language, version=self.version)


@dataclass(frozen=True, slots=True)
class Achievement:
    """One achievement. `achievement_type` is one of the standard's words or begins with `ext:`."""

    id: str
    name: str
    description: str
    criteria: Criteria
    achievement_type: str = ""
    alignment: tuple[Alignment, ...] = ()
    creator: Profile | None = None
    human_code: str = ""
    image: Image | None = None
    in_language: str = ""
    related: tuple[Related, ...] = ()
    tag: tuple[str, ...] = ()
    version: str = ""

    def __post_init__(self) -> None:
        kind = self.achievement_type
        if kind and kind not in ACHIEVEMENT_TYPES and not kind.startswith("ext:"):
            raise InvalidCredential(
                "achievement_type", f"“{kind}” is not a type of achievement; own ones begin with ext:."
            )

    def to_json(self) -> dict[str, Any]:
        """{"id", "type": ["Achievement"], "name", "description", "criteria", …}"""
        return members(
            id=self.id,
            type=["Achievement"],
            achievementType=self.achievement_type,
            name=self.name,
            description=self.description,
            criteria=self.criteria,
            alignment=self.alignment,
            creator=self.creator,
            humanCode=self.human_code,
            image=self.image,
            inLanguage=self.in_language,
            related=self.related,
            tag=self.tag,
            version=self.version,
        )
