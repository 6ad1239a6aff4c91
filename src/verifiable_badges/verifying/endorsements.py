"""Step 8: the endorsements that a badge carries, each by the steps of a badge (Open Badges 3.0 section 8.2.6)."""

from collections.abc import Iterator, Mapping
from typing import Any

from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.limits import MAX_ENDORSEMENTS
from verifiable_badges.report import Check, Outcome, verdict
from verifiable_badges.structure import as_list, issuer_id, subjects
from verifiable_badges.verifying.credential import judge
from verifiable_badges.verifying.taking_apart import take_endorsement_apart
from verifiable_badges.verifying.world import World


def check_endorsements(credential: Mapping[str, Any], world: World) -> list[Check]:
    """One check for each endorsement at the three places where they stand; what is beyond the limit is said."""
    found = list(_endorsements(credential))
    checks = [
        _check_endorsement(endorsement, number, world) for number, endorsement in enumerate(found[:MAX_ENDORSEMENTS])
    ]
    if len(found) > MAX_ENDORSEMENTS:
        reason = f"The badge carries {len(found)} endorsements. Only the first {MAX_ENDORSEMENTS} were checked."
        detail = {"not_checked": len(found) - MAX_ENDORSEMENTS}
        checks.append(Check("endorsements", Outcome.UNKNOWN, "endorsements_too_many", reason, detail, needed=False))
    return checks


def _endorsements(credential: Mapping[str, Any]) -> Iterator[Any]:
    achievements = [one for subject in subjects(credential) for one in as_list(subject.get("achievement"))]
    for holder in [credential, credential.get("issuer"), *achievements]:
        if isinstance(holder, Mapping):
            yield from as_list(holder.get("endorsement"))
            yield from as_list(holder.get("endorsementJwt"))


def _check_endorsement(endorsement: Any, number: int, world: World) -> Check:
    """The endorsement's own steps 2 to 6. Endorsements of endorsements are not followed, and named as such."""
    try:
        secured = take_endorsement_apart(endorsement)
    except VerifiableBadgesError as error:
        return Check.from_error("endorsements", error, needed=False)
    checks, _ = judge(secured, world)
    outcome = verdict(checks)
    worst = next((check for check in checks if check.outcome is outcome), checks[0])
    detail = {"number": number + 1, "issuer": issuer_id(secured.credential), "id": secured.credential.get("id")}
    if outcome is not Outcome.PASSED:
        return Check("endorsements", outcome, f"endorsement_{worst.code}", worst.reason, detail, needed=False)
    nested = sum(1 for _ in _endorsements(secured.credential))
    if nested:
        reason = "The endorsement is genuine. It carries endorsements of its own, which were not checked."
        detail["not_checked"] = nested
        return Check("endorsements", outcome, "endorsement_nested", reason, detail, needed=False)
    return Check("endorsements", outcome, "endorsement", "The endorsement is genuine.", detail, needed=False)
