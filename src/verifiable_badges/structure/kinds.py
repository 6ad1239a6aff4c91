"""What sort of document something claims to be."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.structure.values import as_list, types

OPEN_BADGE_3, ENDORSEMENT, OPEN_BADGES_2, CREDENTIAL = "open_badge_3", "endorsement", "openbadges2", "credential"

_BADGE_TYPES = {"AchievementCredential", "OpenBadgeCredential"}


def kind_of(document: Mapping[str, Any]) -> str:
    """What sort of document this claims to be: `open_badge_3`, `endorsement`, `openbadges2` or `credential`."""
    kinds = set(types(document))
    if kinds & _BADGE_TYPES:
        return OPEN_BADGE_3
    if "EndorsementCredential" in kinds:
        return ENDORSEMENT
    if "Assertion" in kinds or "https://w3id.org/openbadges/v2" in as_list(document.get("@context")):
        return OPEN_BADGES_2
    return CREDENTIAL


def claims_to_be_credential(document: Mapping[str, Any]) -> bool:
    """Whether anything about it says credential: its type, an issuer, a subject or a proof; `{"a": 1}` has none."""
    if kind_of(document) != CREDENTIAL or "VerifiableCredential" in types(document):
        return True
    return any(name in document for name in ("issuer", "credentialSubject", "proof"))
