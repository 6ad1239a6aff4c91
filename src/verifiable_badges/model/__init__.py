"""Typed, immutable models: `from_json(data)` reads a document, `to_json()` writes it, unsigned if it was made here.

Credentials: `AchievementCredential` (an Open Badge 3.0), `EndorsementCredential`, `ClrCredential`, and any other as
`VerifiableCredential`; `VerifiablePresentation` shows them. `credential_from_json` chooses among them by type.
The older standards have modules of their own, `open_badges_2` and `open_badges_1`.
"""

from verifiable_badges.model import open_badges_1, open_badges_2
from verifiable_badges.model.achievement import ACHIEVEMENT_TYPES, Achievement, Alignment, Criteria, Related
from verifiable_badges.model.base import Model
from verifiable_badges.model.clr import Association, ClrCredential
from verifiable_badges.model.credential import AchievementCredential, Evidence
from verifiable_badges.model.endorsement import EndorsementCredential
from verifiable_badges.model.envelope import CredentialSchema, RefreshService, StatusEntry, TermsOfUse
from verifiable_badges.model.profile import (
    Address,
    GeoCoordinates,
    IdentifierEntry,
    IdentityObject,
    Image,
    Profile,
    hash_identity,
)
from verifiable_badges.model.reading import Credential, credential_from_json
from verifiable_badges.model.related_resource import RelatedResource
from verifiable_badges.model.result import Result, ResultDescription, RubricCriterionLevel
from verifiable_badges.model.status_list import BitstringStatusListCredential
from verifiable_badges.model.text import LanguageValue, Text, in_language
from verifiable_badges.model.verifiable import (
    EnvelopedVerifiableCredential,
    EnvelopedVerifiablePresentation,
    VerifiableCredential,
    VerifiablePresentation,
)

__all__ = [
    "ACHIEVEMENT_TYPES",
    "Achievement",
    "AchievementCredential",
    "Address",
    "Alignment",
    "Association",
    "BitstringStatusListCredential",
    "ClrCredential",
    "Credential",
    "CredentialSchema",
    "Criteria",
    "EndorsementCredential",
    "EnvelopedVerifiableCredential",
    "EnvelopedVerifiablePresentation",
    "Evidence",
    "GeoCoordinates",
    "IdentifierEntry",
    "IdentityObject",
    "Image",
    "LanguageValue",
    "Model",
    "Profile",
    "RefreshService",
    "Related",
    "RelatedResource",
    "Result",
    "ResultDescription",
    "RubricCriterionLevel",
    "StatusEntry",
    "TermsOfUse",
    "Text",
    "VerifiableCredential",
    "VerifiablePresentation",
    "credential_from_json",
    "hash_identity",
    "in_language",
    "open_badges_1",
    "open_badges_2",
]
