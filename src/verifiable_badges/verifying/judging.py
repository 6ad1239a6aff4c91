"""Which kind of document goes through which steps, and those inside a record or presentation after it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from verifiable_badges.errors import InvalidCredential, VerifiableBadgesError
from verifiable_badges.jsonld import CREDENTIALS_V1
from verifiable_badges.report import Check, Outcome, Report
from verifiable_badges.structure import (
    BADGES,
    CLR,
    OPEN_BADGES_2,
    PRESENTATION,
    as_list,
    issuer_id,
    kind_of,
    subjects,
)
from verifiable_badges.verifying.credential import judge_credential
from verifiable_badges.verifying.endorsements import with_endorsements
from verifiable_badges.verifying.judged import Judged, about, worst
from verifiable_badges.verifying.openbadges2 import judge_assertion
from verifiable_badges.verifying.presentation import judge_presentation
from verifiable_badges.verifying.proof import Proved
from verifiable_badges.verifying.refresh import refreshed
from verifiable_badges.verifying.taking_apart import Secured, open_document
from verifiable_badges.verifying.world import World


def judge(secured: Secured, world: World) -> Judged:
    """All steps but the caller's expectations."""
    kind = kind_of(secured.credential)
    if kind == PRESENTATION:
        judged, proved = judge_presentation(secured, world)
        shown = secured.credential.get("verifiableCredential")
        return _with_parts(judged, as_list(shown), world, proved)
    if kind == OPEN_BADGES_2:
        return judge_assertion(secured, world)
    return _whole(refreshed(judge_credential(secured, world), world), world)


def _whole(judged: Judged, world: World) -> Judged:
    """A credential with its endorsements, and those that it holds."""
    if judged.kind in BADGES:
        judged = with_endorsements(judged, world)
    if judged.kind != CLR:
        return judged
    inner = [one for subject in subjects(judged.credential) for one in as_list(subject.get("verifiableCredential"))]
    return _with_parts(judged, inner, world, None)


def _with_parts(judged: Judged, values: list[Any], world: World, proved: Proved | None) -> Judged:
    """A report and a check for each credential inside; one that fails, or could not be checked, decides for all."""
    parts: list[Report] = []
    checks: list[Check] = []
    for number, value in enumerate(values, start=1):
        try:
            inside = world.inside()
            world.budget.spend_credential(value)
            part = _judge_part(value, judged, inside, proved).report()
        except VerifiableBadgesError as error:
            checks.append(Check.from_error("credentials", error))
            if error.code == "too_many_credentials":
                break  # the others would only say so again
            continue
        parts.append(part)
        checks.append(_summary(part, number))
    return replace(judged, last=[*judged.last, *checks], parts=tuple(parts))


def _judge_part(value: Any, holder: Judged, world: World, proved: Proved | None) -> Judged:
    if proved is not None and isinstance(value, str):
        # VC Data Model 2.0 asks for envelopes; 1.1 let tokens stand there as they are.
        _check_may_be_token(holder.credential)
    secured = open_document(value)
    kind = kind_of(secured.credential)
    if kind == PRESENTATION:
        raise InvalidCredential("presentation_inside", "A presentation stands where a credential should be.")
    if proved is not None and secured.has_proof_inside and "proof" not in secured.credential:
        secured = _self_asserted(secured, holder, proved)
    return judge(secured, world)


def _self_asserted(secured: Secured, holder: Judged, proved: Proved) -> Secured:
    """What the holder says of himself is signed with the presentation, if he is its issuer (section 4.13.4)."""
    if not holder.facts.issuer or issuer_id(secured.credential) != holder.facts.issuer:
        return secured
    return Secured(secured.credential, covered=proved)


def _check_may_be_token(presentation: Mapping[str, Any]) -> None:
    contexts = as_list(presentation.get("@context"))
    if contexts[:1] != [CREDENTIALS_V1]:
        raise InvalidCredential("credential_form", "Something that should be a credential is not written as one.")


def _summary(part: Report, number: int) -> Check:
    outcome, deciding = worst(part.checks)
    credential = part.credential or {}
    detail = about(number, credential, issuer_id(credential)) | {"kind": part.kind}
    if outcome is Outcome.PASSED:
        return Check("credentials", outcome, "credential", "A credential in it is genuine.", detail)
    return Check("credentials", outcome, f"credential_{deciding.code}", deciding.reason, detail)
