"""What sort of document something claims to be."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.structure.values import as_list, types

OPEN_BADGE_3, ENDORSEMENT, CLR = "open_badge_3", "endorsement", "clr"
OPEN_BADGES_2, CREDENTIAL, PRESENTATION = "openbadges2", "credential", "presentation"

_BY_TYPE = {
    "VerifiablePresentation": PRESENTATION,
    "EnvelopedVerifiablePresentation": PRESENTATION,
    "AchievementCredential": OPEN_BADGE_3,
    "OpenBadgeCredential": OPEN_BADGE_3,
    "EndorsementCredential": ENDORSEMENT,
    "ClrCredential": CLR,
    "Assertion": OPEN_BADGES_2,
}
_OLDER_BADGES = ("https://w3id.org/openbadges/v2", "https://w3id.org/openbadges/v1")


def kind_of(document: Mapping[str, Any]) -> str:
    """What sort of document this claims to be, by the first in the table that one of its types names; the rest are
    `openbadges2` by their context or members, and `credential`."""
    named = types(document)
    for kind, meant in _BY_TYPE.items():
        if kind in named:
            return meant
    if any(context in _OLDER_BADGES for context in as_list(document.get("@context"))):
        return OPEN_BADGES_2
    # Badges before 2.0 may have neither context nor type.
    return OPEN_BADGES_2 if "badge" in document and {"verify", "verification"} & set(document) else CREDENTIAL


def claims_to_be_credential(document: Mapping[str, Any]) -> bool:
    """Whether anything about it says credential: its type, an issuer, a subject or a proof; `{"a": 1}` has none."""
    if kind_of(document) != CREDENTIAL or "VerifiableCredential" in types(document):
        return True
    return any(name in document for name in ("issuer", "credentialSubject", "proof"))
