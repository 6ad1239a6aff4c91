"""What an expectation may rely on besides the credential's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from verifiable_badges.report import Check, Outcome


@dataclass(frozen=True, slots=True)
class Facts:
    """What verifying found out.

    `issuer` is the id of the issuer, of a presentation its holder, "" if none is named; `purpose` is that of the proof
    that holds, "" if none does. `endorsements` tells for each endorser how the best endorsement by them came out;
    those that speak of something else are not among them.
    """

    issuer: str = ""
    purpose: str = ""
    endorsements: Mapping[str, Outcome] = field(default_factory=dict)


NOTHING_PROVED = Facts()


class Expectation(Protocol):
    """Something a badge is measured against. Whether it is genuine is judged by the other checks, not here."""

    def judge(self, credential: Mapping[str, Any], facts: Facts = NOTHING_PROVED) -> Check:
        """The check for one credential, whose structure may be damaged. Raises nothing."""
