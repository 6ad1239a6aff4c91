"""Steps 2 to 6, which a credential and each endorsement of it go through alike."""

from typing import Any

from verifiable_badges.credential_rules import check_credential
from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.policy import Facts
from verifiable_badges.report import Check, Outcome, verdict
from verifiable_badges.structure import BADGES, check_structure, issuer_id, kind_of
from verifiable_badges.verifying.issuer import check_issuer
from verifiable_badges.verifying.judged import Judged
from verifiable_badges.verifying.proof import Proved, check_proof
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
    kind = kind_of(secured.credential)
    structure = _check_structure(secured.credential, kind)
    return judge_proved(secured.credential, kind, structure, check_proof(secured, kind, world), world)


def judge_proved(credential: dict[str, Any], kind: str, structure: Check, proved: Proved, world: World) -> Judged:
    """The same, where steps 2 and 3 have been made already."""
    issuer = check_issuer(credential, proved.key, world.resolve, proved.purpose)
    checks = [structure, *check_schemas(credential), proved.check, *proved.notes, issuer]
    checks += check_validity(credential, world.now, needs_begin=kind in BADGES)
    checks.append(check_withdrawal(credential, world, genuine=verdict(checks) is not Outcome.FAILED))
    return Judged(kind, credential, checks, Facts(issuer_id(credential), proved.purpose), proved.contexts)


def _check_structure(credential: dict[str, Any], kind: str) -> Check:
    """Badges by their own rules, all others by those of the data model."""
    try:
        if kind in BADGES:
            check_structure(credential)
            return WHOLE
        check_credential(credential)
        return _OTHER
    except VerifiableBadgesError as error:
        return Check.from_error("structure", error)
