"""Steps 2 to 6, which a credential and each endorsement of it go through alike."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.report import Check, Outcome, verdict
from verifiable_badges.structure import check_structure
from verifiable_badges.verifying.issuer import check_issuer
from verifiable_badges.verifying.proof import Proved, check_proof
from verifiable_badges.verifying.taking_apart import Secured
from verifiable_badges.verifying.validity import check_validity
from verifiable_badges.verifying.withdrawal import check_withdrawal
from verifiable_badges.verifying.world import World

WHOLE = Check("structure", Outcome.PASSED, "structure", "The badge has all its parts, and they say one thing.")


def judge(secured: Secured, world: World) -> tuple[list[Check], Proved]:
    """The checks of steps 2 to 6, and what the proof proved."""
    structure = _check_structure(secured.credential)
    proved = check_proof(secured, world)
    return judge_proved(secured.credential, structure, proved, world), proved


def judge_proved(credential: Mapping[str, Any], structure: Check, proved: Proved, world: World) -> list[Check]:
    """The same, where steps 2 and 3 have been made already."""
    checks = [structure, proved.check, check_issuer(credential, proved.key, world.resolve)]
    checks += check_validity(credential, world.now)
    checks.append(check_withdrawal(credential, world, genuine=verdict(checks) is not Outcome.FAILED))
    return checks


def _check_structure(credential: Mapping[str, Any]) -> Check:
    try:
        check_structure(credential)
    except VerifiableBadgesError as error:
        return Check.from_error("structure", error)
    return WHOLE
