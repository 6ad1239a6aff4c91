"""What the steps came to for one credential, before anybody's expectations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verifiable_badges.policy import NOTHING_PROVED, Facts
from verifiable_badges.report import Check, Outcome, Report, verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """The checks in the order of the specification; those of endorsements and of what is inside are in `last`."""

    kind: str
    credential: dict[str, Any]
    checks: list[Check]
    facts: Facts = NOTHING_PROVED
    contexts: tuple[dict[str, str], ...] = ()
    last: list[Check] = field(default_factory=list)
    parts: tuple[Report, ...] = ()

    def report(self, *before: Check, asked: list[Check] | None = None) -> Report:
        """The report, `before` in front; the checks of expectations are `asked`."""
        checks = (*before, *self.checks, *(asked or ()), *self.last)
        return Report(checks, self.kind, self.credential, self.contexts, self.parts)


def passed(check: Check) -> bool:
    """Whether a check passed."""
    return check.outcome is Outcome.PASSED


def worst(checks: list[Check] | tuple[Check, ...]) -> tuple[Outcome, Check]:
    """The verdict of several checks, with the first check that decides it."""
    outcome = verdict(checks)
    deciding = (
        check for check in checks if check.outcome is outcome and (check.needed or outcome is not Outcome.UNKNOWN)
    )
    return outcome, next(deciding, checks[0])


def about(number: int, credential: Mapping[str, Any], issuer: str) -> dict[str, Any]:
    """The detail of a check that speaks of a whole other credential."""
    return {"number": number, "issuer": issuer, "id": credential.get("id")}
