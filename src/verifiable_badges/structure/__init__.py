"""The shape of badges, checked by hand-written rules, one short module for each kind and part.

Each rule raises `InvalidCredential` with a sentence. Dates are only asked to be there; `verifying` judges them. What
holds for every credential, whatever it is about, is in `credential_rules`.
"""

from verifiable_badges.structure.badges import BADGES, check_structure
from verifiable_badges.structure.kinds import (
    CLR,
    CREDENTIAL,
    ENDORSEMENT,
    OPEN_BADGE_3,
    OPEN_BADGES_2,
    PRESENTATION,
    claims_to_be_credential,
    kind_of,
)
from verifiable_badges.structure.values import as_list, issuer_id, only, party_id, subjects, told, types

__all__ = [
    "BADGES",
    "CLR",
    "CREDENTIAL",
    "ENDORSEMENT",
    "OPEN_BADGES_2",
    "OPEN_BADGE_3",
    "PRESENTATION",
    "as_list",
    "check_structure",
    "claims_to_be_credential",
    "issuer_id",
    "kind_of",
    "only",
    "party_id",
    "subjects",
    "told",
    "types",
]
