"""An assertion through the steps of verifying."""

from typing import Any

from verifiable_badges.errors import Gone, InvalidCredential, InvalidKey, VerifiableBadgesError
from verifiable_badges.policy import Facts
from verifiable_badges.report import Check, Outcome, verdict
from verifiable_badges.structure import OPEN_BADGES_2
from verifiable_badges.verifying.issuer import NO_PROOF
from verifiable_badges.verifying.judged import Judged
from verifiable_badges.verifying.openbadges2.documents import Badge, gather, is_version_2
from verifiable_badges.verifying.openbadges2.endorsing import check_endorsements
from verifiable_badges.verifying.openbadges2.hosted import check_scope, fetch_assertion
from verifiable_badges.verifying.openbadges2.moments import as_datetime
from verifiable_badges.verifying.openbadges2.signed import verify_signature
from verifiable_badges.verifying.openbadges2.structure import check_assertion, check_badge
from verifiable_badges.verifying.openbadges2.withdrawn import check_hosted, check_lists, revoked, revoked_because
from verifiable_badges.verifying.proof import ASSERTION, proved_by
from verifiable_badges.verifying.taking_apart import Secured
from verifiable_badges.verifying.validity import check_dates
from verifiable_badges.verifying.withdrawal import NOT_ASKED
from verifiable_badges.verifying.world import World

_WHOLE = Check("structure", Outcome.PASSED, "structure_2", "The badge of Open Badges 2.0 has all its parts.")
_SHOWN = Check("proof", Outcome.PASSED, "hosted", "The server that hosts the badge shows it.")


def judge_assertion(secured: Secured, world: World) -> Judged:
    """All steps for an assertion of Open Badges 2.0 or 1.1, hosted or signed. Versions without a token are hosted."""
    if secured.token is not None:
        return _judge_signed(secured, world)
    presented = secured.credential
    try:
        assertion, address = fetch_assertion(presented, world)
    except Gone:
        return Judged(OPEN_BADGES_2, presented, [revoked_because()])
    except VerifiableBadgesError as error:
        return Judged(OPEN_BADGES_2, presented, [_structure_of(presented), Check.from_error("proof", error), NO_PROOF])
    withdrawn = revoked(assertion)
    if withdrawn is not None:
        # A withdrawn assertion needs to say no more than that.
        return Judged(OPEN_BADGES_2, presented | assertion, [withdrawn])
    return _judge_hosted(assertion, address, world)


def _judge_hosted(assertion: dict[str, Any], address: str, world: World) -> Judged:
    try:
        badge = gather(assertion, world)
    except VerifiableBadgesError as error:
        checks = [_structure_of(assertion), _SHOWN, Check.from_error("issuer", error), *_dates(assertion, world)]
        return Judged(OPEN_BADGES_2, assertion, checks)
    try:
        check_scope(badge, address)
        issuer = _issuer(badge)
    except VerifiableBadgesError as error:
        issuer = Check.from_error("issuer", error)
    return _judged(badge, [_structure_of_all(badge), _SHOWN, issuer], check_hosted(), world)


def _judge_signed(secured: Secured, world: World) -> Judged:
    assertion = secured.credential
    assert secured.token is not None
    try:
        badge = gather(assertion, world)
    except VerifiableBadgesError as error:
        checks = [_structure_of(assertion), Check.from_error("proof", error), NO_PROOF, *_dates(assertion, world)]
        return Judged(OPEN_BADGES_2, assertion, checks)
    try:
        key = verify_signature(secured.token, badge, world)
        proof, issuer = proved_by(key).check, _issuer(badge)
    except (InvalidCredential, InvalidKey) as error:
        proof, issuer = Check.from_error("proof", error), Check.from_error("issuer", error)
    except VerifiableBadgesError as error:
        proof, issuer = Check.from_error("proof", error), NO_PROOF
    checks = [_structure_of_all(badge), proof, issuer]
    # A forged badge must not send us to more addresses.
    genuine = verdict(checks) is not Outcome.FAILED
    return _judged(badge, checks, check_lists(badge, world) if genuine else NOT_ASKED, world)


def _judged(badge: Badge, checks: list[Check], status: Check, world: World) -> Judged:
    checks = [*checks, *_dates(badge.assertion, world), status]
    genuine = verdict(checks) is not Outcome.FAILED
    endorsements, endorsed = check_endorsements(badge, world) if genuine else ([], {})
    facts = Facts(badge.issuer_id, ASSERTION, endorsed)
    # Whoever shows the badge needs what it leads to; what was fetched is put in its place.
    whole = {**badge.assertion, "badge": {**badge.badge_class, "issuer": badge.issuer}}
    return Judged(OPEN_BADGES_2, whole, checks, facts, last=endorsements)


def _issuer(badge: Badge) -> Check:
    detail = {"issuer": badge.issuer_id}
    return Check("issuer", Outcome.PASSED, "issuer", "It comes from the issuer it names.", detail)


def _structure_of(assertion: dict[str, Any]) -> Check:
    try:
        check_assertion(assertion)
    except VerifiableBadgesError as error:
        return Check.from_error("structure", error)
    return _WHOLE


def _structure_of_all(badge: Badge) -> Check:
    try:
        check_badge(badge)
    except VerifiableBadgesError as error:
        return Check.from_error("structure", error)
    return _WHOLE


def _dates(assertion: dict[str, Any], world: World) -> list[Check]:
    older = not is_version_2(assertion)
    begin = as_datetime(assertion.get("issuedOn"), older=older)
    end = assertion.get("expires")
    return check_dates(begin, None if end is None else as_datetime(end, older=older), world.now)
