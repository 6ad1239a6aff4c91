"""Step 8: the endorsements that a badge carries, each by the steps of a badge (Open Badges 3.0 section 8.2.6)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from verifiable_badges.errors import InvalidCredential, VerifiableBadgesError
from verifiable_badges.limits import MAX_ENDORSEMENTS
from verifiable_badges.policy import Facts
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import as_list, subjects
from verifiable_badges.verifying.credential import judge_credential
from verifiable_badges.verifying.judged import Judged, about, worst
from verifiable_badges.verifying.taking_apart import open_document
from verifiable_badges.verifying.world import World

_MEMBERS = ("endorsement", "endorsementJwt")


@dataclass(frozen=True, slots=True)
class _Found:
    """One endorsement's check; `by` is its issuer if it speaks of this badge, else ""."""

    check: Check
    by: str = ""


def with_endorsements(judged: Judged, world: World) -> Judged:
    """One check more for each endorsement at the three places where they stand, and who endorsed among the facts.

    What is beyond the limit is said.
    """
    found = list(_endorsements(judged.credential))
    if not found:
        return judged
    known = _ids(judged.credential)
    results = [_judge(one, number, known, world) for number, one in enumerate(found[:MAX_ENDORSEMENTS], start=1)]
    checks = [result.check for result in results]
    if len(found) > MAX_ENDORSEMENTS:
        reason = f"The badge carries {len(found)} endorsements. Only the first {MAX_ENDORSEMENTS} were checked."
        detail = {"not_checked": len(found) - MAX_ENDORSEMENTS}
        checks.append(Check("endorsements", Outcome.UNKNOWN, "endorsements_too_many", reason, detail, needed=False))
    facts = Facts(judged.facts.issuer, judged.facts.purpose, _best(results))
    return replace(judged, facts=facts, last=[*judged.last, *checks])


def _endorsements(credential: Mapping[str, Any]) -> Iterator[Any]:
    achievements = [one for subject in subjects(credential) for one in as_list(subject.get("achievement"))]
    for holder in [credential, credential.get("issuer"), *achievements]:
        if isinstance(holder, dict):
            for name in _MEMBERS:
                if name in holder:
                    yield from as_list(holder[name])


def _judge(endorsement: Any, number: int, known: set[str], world: World) -> _Found:
    """The endorsement's own steps 2 to 6. Endorsements of endorsements are not followed, and named as such."""
    try:
        inside = world.inside()
        world.budget.spend_credential(endorsement)
        secured = open_document(endorsement)
        _check_kind(secured.credential)
    except VerifiableBadgesError as error:
        return _Found(Check.from_error("endorsements", error, needed=False))
    judged = judge_credential(secured, inside)
    outcome, deciding = worst(judged.checks)
    issuer = judged.facts.issuer
    detail = about(number, judged.credential, issuer)
    by = issuer if _speaks_of(judged.credential, known) else ""
    if outcome is not Outcome.PASSED:
        code = f"endorsement_{deciding.code}"
        return _Found(Check("endorsements", outcome, code, deciding.reason, detail, needed=False), by)
    if not by:
        reason = "The endorsement is genuine, and speaks of something else than this badge."
        return _Found(Check("endorsements", Outcome.UNKNOWN, "endorsement_elsewhere", reason, detail, needed=False))
    nested = sum(1 for _ in _endorsements(judged.credential))
    if nested:
        reason = "The endorsement is genuine. It carries endorsements of its own, which were not checked."
        detail["not_checked"] = nested
        return _Found(Check("endorsements", outcome, "endorsement_nested", reason, detail, needed=False), by)
    return _Found(
        Check("endorsements", outcome, "endorsement", "The endorsement is genuine.", detail, needed=False), by
    )


def _check_kind(credential: Mapping[str, Any]) -> None:
    if "EndorsementCredential" not in as_list(credential.get("type")):
        raise InvalidCredential("endorsement_form", "An endorsement is not written as one.")


def _speaks_of(endorsement: Mapping[str, Any], known: set[str]) -> bool:
    ids = [subject.get("id") for subject in subjects(endorsement)]
    return any(isinstance(one, str) and one in known for one in ids)


def _ids(credential: Mapping[str, Any]) -> set[str]:
    """Every id in a badge, outside its endorsements: the badge, its issuer, recipient, achievement, results…"""
    found: set[str] = set()
    stack: list[Any] = [credential]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            if isinstance(value.get("id"), str):
                found.add(value["id"])
            stack.extend(inner for name, inner in value.items() if name not in _MEMBERS)
        elif isinstance(value, list):
            stack.extend(value)
    issuer = credential.get("issuer")
    return found | ({issuer} if isinstance(issuer, str) else set())


def _best(results: list[_Found]) -> dict[str, Outcome]:
    """For each endorser the best that came out."""
    order = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)
    best: dict[str, Outcome] = {}
    for result in results:
        if result.by:
            best[result.by] = max(best.get(result.by, Outcome.FAILED), result.check.outcome, key=order.index)
    return best
