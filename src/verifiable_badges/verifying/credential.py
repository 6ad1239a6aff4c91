"""Steps 2 to 6, which a credential and each endorsement of it go through alike."""

from typing import Any

from verifiable_badges.credential_rules import check_credential
from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.fast.verifying import Proven, prove
from verifiable_badges.policy import Facts
from verifiable_badges.report import Check, Outcome, verdict
from verifiable_badges.structure import BADGES, check_structure, issuer_id, kind_of
from verifiable_badges.verifying.issuer import check_issuer
from verifiable_badges.verifying.judged import Judged, passed
from verifiable_badges.verifying.proof import ASSERTION, Proved, check_proof, in_time
from verifiable_badges.verifying.schema import check_schemas
from verifiable_badges.verifying.taking_apart import Secured
from verifiable_badges.verifying.validity import check_validity
from verifiable_badges.verifying.withdrawal import check_withdrawal
from verifiable_badges.verifying.world import World

WHOLE = Check("structure", Outcome.PASSED, "structure", "The badge has all its parts, and they say one thing.")
_OTHER = Check(
    "structure", Outcome.PASSED, "not_a_badge", "This is a whole verifiable credential of another kind than a badge."
)


def judge_credential(secured: Secured, world: World) -> Judged:
    """The checks of steps 2 to 6, whatever the credential is about."""
    credential = secured.credential
    kind = kind_of(credential)
    if secured.has_proof_inside:
        proven = prove(credential, world.resolve)
        if proven is not None:
            return _judge_proven(credential, kind, proven, world)
    structure = _check_structure(credential, kind)
    return judge_proved(credential, kind, structure, check_proof(secured, kind, world), world)


def _judge_proven(credential: dict[str, Any], kind: str, proven: Proven, world: World) -> Judged:
    """The same by what the quicker way has proved; it learns from badges whose issuer they are."""
    is_whole = proven.has_structure and kind in BADGES
    structure = WHOLE if is_whole else _check_structure(credential, kind, is_compact=True)
    try:
        proved = in_time(proven.proof, ASSERTION, world.now)
    except VerifiableBadgesError as error:
        proved = Proved(Check.from_error("proof", error))
    judged = judge_proved(credential, kind, structure, proved, world)
    if structure is WHOLE and any(check.name == "issuer" and passed(check) for check in judged.checks):
        proven.learn()
    return judged


def judge_proved(credential: dict[str, Any], kind: str, structure: Check, proved: Proved, world: World) -> Judged:
    """The same, where steps 2 and 3 have been made already."""
    issuer = check_issuer(credential, proved.key, world.resolve, proved.purpose)
    checks = [structure, *check_schemas(credential), proved.check, *proved.notes, issuer]
    checks += check_validity(credential, world.now, needs_begin=kind in BADGES)
    checks.append(check_withdrawal(credential, world, genuine=verdict(checks) is not Outcome.FAILED))
    return Judged(kind, credential, checks, Facts(issuer_id(credential), proved.purpose), proved.contexts)


def _check_structure(credential: dict[str, Any], kind: str, *, is_compact: bool = False) -> Check:
    """Badges by their own rules, all others by those of the data model."""
    try:
        if kind in BADGES:
            check_structure(credential, is_compact=is_compact)
            return WHOLE
        check_credential(credential)
        return _OTHER
    except VerifiableBadgesError as error:
        return Check.from_error("structure", error)
