"""What verifying found out: named checks, each passed, failed or could not be checked, and one verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from verifiable_badges.errors import CannotDecide, VerifiableBadgesError

_NO_DETAIL: Mapping[str, Any] = MappingProxyType({})
"""Common checks are made once and stand in many reports, so nobody may write into them."""


class Outcome(Enum):
    """The three answers. "Could not be checked" is never a kind of "passed"."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "could not be checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One answered question.

    `name` and `code` never change and are made for programs and translation; `reason` is an English sentence for
    people; `detail` holds values for the sentence, quoted from the badge and therefore not to be trusted. A check that
    is not `needed` informs: if it could not be made, the verdict does not wait for it.
    """

    name: str
    outcome: Outcome
    code: str
    reason: str
    detail: Mapping[str, Any] = field(default_factory=lambda: _NO_DETAIL)
    needed: bool = True

    @classmethod
    def from_error(cls, name: str, error: VerifiableBadgesError, *, needed: bool = True) -> "Check":
        """Failed, or not to be decided, as the kind of error says."""
        outcome = Outcome.UNKNOWN if isinstance(error, CannotDecide) else Outcome.FAILED
        return cls(name, outcome, error.code, error.message, needed=needed)

    def to_json(self) -> dict[str, Any]:
        """{"name", "outcome", "code", "reason", "detail", "needed"}"""
        return {
            "name": self.name,
            "outcome": self.outcome.name.lower(),
            "code": self.code,
            "reason": self.reason,
            "detail": dict(self.detail),
            "needed": self.needed,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The checks of one presented badge, in the order of Open Badges 3.0 section 8.

    `kind` is `open_badge_3`, `endorsement`, `clr`, `openbadges2`, `credential`, `presentation`, `link` or `unreadable`.
    `credential` is the JSON that was judged, None if none could be read: hostile, unless the verdict passed.
    `contexts_used` holds {"url", "sha256"} of each context edition under which the signature holds. `parts` are the
    reports on the credentials inside a record or presentation, in their order.
    """

    checks: tuple[Check, ...]
    kind: str
    credential: dict[str, Any] | None = None
    contexts_used: tuple[dict[str, str], ...] = ()
    parts: tuple["Report", ...] = ()

    @property
    def verdict(self) -> Outcome:
        """Failed if anything failed; else unknown if something needed could not be checked; else passed."""
        return verdict(self.checks)

    def check(self, name: str) -> Check | None:
        """The first check of this name, None if it was not reached."""
        return next((check for check in self.checks if check.name == name), None)

    def to_json(self) -> dict[str, Any]:
        """{"verdict", "kind", "checks", "contexts_used", "credential", "parts"}"""
        return {
            "verdict": self.verdict.name.lower(),
            "kind": self.kind,
            "checks": [check.to_json() for check in self.checks],
            "contexts_used": list(self.contexts_used),
            "credential": self.credential,
            "parts": [part.to_json() for part in self.parts],
        }


def verdict(checks: Iterable[Check]) -> Outcome:
    """The one outcome of several checks. No check at all proves nothing."""
    found = list(checks)
    if any(check.outcome is Outcome.FAILED for check in found):
        return Outcome.FAILED
    if not found or any(check.outcome is Outcome.UNKNOWN and check.needed for check in found):
        return Outcome.UNKNOWN
    return Outcome.PASSED
