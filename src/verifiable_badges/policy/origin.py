"""Who stands behind a badge, and what it was signed for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from verifiable_badges.policy.facts import NOTHING_PROVED, Facts
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import issuer_id


@dataclass(frozen=True, slots=True)
class IssuerKnown:
    """The issuer is one of those whom the caller trusts, given by their ids."""

    ids: Collection[str]

    def judge(self, credential: Mapping[str, Any], facts: Facts = NOTHING_PROVED) -> Check:
        """`issuer_known`: passed or failed."""
        issuer = facts.issuer or issuer_id(credential)
        if issuer in self.ids:
            return Check("issuer_known", Outcome.PASSED, "issuer_known", "The issuer is one of those you know.")
        reason = "The issuer is none of those you know."
        return Check("issuer_known", Outcome.FAILED, "issuer_stranger", reason, {"issuer": issuer})


@dataclass(frozen=True, slots=True)
class PurposeIs:
    """The signature was made for this purpose: `assertionMethod` (credentials) or `authentication` (presentations)."""

    purpose: str

    def judge(self, credential: Mapping[str, Any], facts: Facts = NOTHING_PROVED) -> Check:
        """`purpose`: passed, failed, or unknown where no signature holds."""
        if not facts.purpose:
            return Check("purpose", Outcome.UNKNOWN, "purpose_no_proof", "No signature holds, so it has no purpose.")
        if facts.purpose == self.purpose:
            return Check("purpose", Outcome.PASSED, "purpose", "It was signed for the purpose you expect.")
        reason = "It was signed for another purpose than you expect."
        return Check("purpose", Outcome.FAILED, "purpose_other", reason, {"purpose": facts.purpose})


@dataclass(frozen=True, slots=True)
class EndorsedBy:
    """One of these (by their ids) has endorsed the badge, its issuer or its achievement, and the endorsement is
    genuine."""

    ids: Collection[str]

    def judge(self, credential: Mapping[str, Any], facts: Facts = NOTHING_PROVED) -> Check:
        """`endorsed_by`: passed, failed, or unknown if such an endorsement is there and could not be checked."""
        outcomes = {facts.endorsements[one] for one in self.ids if one in facts.endorsements}
        if Outcome.PASSED in outcomes:
            return Check("endorsed_by", Outcome.PASSED, "endorsed_by", "It is endorsed by one of those you named.")
        if Outcome.UNKNOWN in outcomes:
            reason = "There is an endorsement by one of those you named, which could not be checked."
            return Check("endorsed_by", Outcome.UNKNOWN, "endorsed_by_unchecked", reason)
        reason = "None of those you named has endorsed it."
        return Check("endorsed_by", Outcome.FAILED, "not_endorsed", reason)
