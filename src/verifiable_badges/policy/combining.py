"""Several expectations as one."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.policy.facts import NOTHING_PROVED, Expectation, Facts
from verifiable_badges.report import Check, Outcome, verdict


class AnyOf:
    """At least one of several expectations is met."""

    def __init__(self, *expectations: Expectation) -> None:
        if not expectations:
            raise ValueError("AnyOf needs something to expect.")
        self.expectations = expectations

    def judge(self, credential: Mapping[str, Any], facts: Facts = NOTHING_PROVED) -> Check:
        """The check of the first that is met; else unknown if one could not be checked, else failed."""
        checks = [expectation.judge(credential, facts) for expectation in self.expectations]
        for outcome in (Outcome.PASSED, Outcome.UNKNOWN):
            for check in checks:
                if check.outcome is outcome:
                    return check
        if len({check.code for check in checks}) == 1:
            return checks[0]
        codes = [check.code for check in checks]
        return Check("any_of", Outcome.FAILED, "none_met", "None of what you would accept is so.", {"codes": codes})


class AllOf:
    """Each of several expectations is met. Alone it is the same as handing them in one by one; `AnyOf` may hold it."""

    def __init__(self, *expectations: Expectation) -> None:
        if not expectations:
            raise ValueError("AllOf needs something to expect.")
        self.expectations = expectations

    def judge(self, credential: Mapping[str, Any], facts: Facts = NOTHING_PROVED) -> Check:
        """The check of the first that failed, else of the first that could not be checked; else `all_of`, passed."""
        checks = [expectation.judge(credential, facts) for expectation in self.expectations]
        outcome = verdict(checks)
        if outcome is Outcome.PASSED:
            return Check("all_of", outcome, "all_met", "All of what you expect is so.")
        return next(check for check in checks if check.outcome is outcome)
