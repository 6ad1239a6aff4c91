"""Presentations: somebody shows credentials to somebody (VC Data Model 2.0 section 4.13; 1.1 section 4.10).

The proof is made for authentication, with the challenge and domain that the caller asked for; its key is the holder's.
Whether what is shown is about the holder, only the caller can know.
"""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.credential_rules import check_presentation
from verifiable_badges.errors import InvalidCredential, VerifiableBadgesError
from verifiable_badges.policy import Facts
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import PRESENTATION, party_id
from verifiable_badges.verifying.issuer import check_control
from verifiable_badges.verifying.judged import Judged
from verifiable_badges.verifying.proof import AUTHENTICATION, Proved, check_proof
from verifiable_badges.verifying.taking_apart import Secured
from verifiable_badges.verifying.world import World

_WHOLE = Check("structure", Outcome.PASSED, "presentation", "The presentation has all its parts.")
_ANSWERS = Check("challenge", Outcome.PASSED, "challenge", "It was made for you, and now.")
_NOT_ASKED = Check(
    "challenge",
    Outcome.UNKNOWN,
    "challenge_not_asked",
    "Nobody said for whom it should have been made, so an old presentation could have been shown again.",
    needed=False,
)
_NOBODY = Check(
    "holder", Outcome.UNKNOWN, "holder_unnamed", "It does not say who shows it; only a key signed.", needed=False
)
_NO_PROOF = Check("holder", Outcome.UNKNOWN, "holder_no_proof", "Without a proof nobody can tell who shows it.")


def judge_presentation(secured: Secured, world: World) -> tuple[Judged, Proved]:
    """The presentation's own checks, and its proof, which may cover what the holder says of himself."""
    presentation = secured.credential
    proved = check_proof(secured, PRESENTATION, world)
    holder = holder_id(presentation)
    checks = [_check_structure(presentation), proved.check, *proved.notes, _check_holder(holder, proved, world)]
    if proved.key is not None:
        checks.append(_NOT_ASKED if world.challenge is None and world.domain is None else _ANSWERS)
    return Judged(PRESENTATION, presentation, checks, Facts(holder, proved.purpose), proved.contexts), proved


def holder_id(presentation: Mapping[str, Any]) -> str:
    """The id of the holder, "" if it is not named."""
    return party_id(presentation.get("holder"))


def _check_structure(presentation: Mapping[str, Any]) -> Check:
    """What is presented is judged by itself; here only that it is something that can be presented."""
    shown = {name: value for name, value in presentation.items() if name != "verifiableCredential"}
    try:
        check_presentation(shown)
    except VerifiableBadgesError as error:
        return Check.from_error("structure", error)
    return _WHOLE


def _check_holder(holder: str, proved: Proved, world: World) -> Check:
    if proved.key is None:
        return _NO_PROOF
    if not holder:
        return _NOBODY
    try:
        check_control(holder, proved.key, world.resolve, AUTHENTICATION)
    except InvalidCredential:
        reason = "It was signed with a key that is not the holder's."
        return Check("holder", Outcome.FAILED, "holder_mismatch", reason, {"holder": holder})
    except VerifiableBadgesError as error:
        return Check.from_error("holder", error)
    return Check("holder", Outcome.PASSED, "holder", "It was signed by the holder it names.", {"holder": holder})
