"""Endorsements of Open Badges 2.0: hosted documents with a claim about a badge, its class or its issuer."""

from typing import Any

from verifiable_badges.errors import InvalidCredential, VerifiableBadgesError
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import as_list, types
from verifiable_badges.verifying.openbadges2.documents import Badge, address_of, fetch_json, identifier
from verifiable_badges.verifying.openbadges2.hosted import check_scope
from verifiable_badges.verifying.world import World

_MOST = 4


def check_endorsements(badge: Badge, world: World) -> tuple[list[Check], dict[str, Outcome]]:
    """One check for each, and how the endorsements of each endorser came out. They inform; a false one fails."""
    found = [
        one
        for holder in (badge.assertion, badge.badge_class, badge.issuer)
        for one in as_list(holder.get("endorsement"))
    ]
    checks: list[Check] = []
    endorsed: dict[str, Outcome] = {}
    for number, value in enumerate(found[:_MOST], start=1):
        try:
            by = _endorser(value, badge, world)
        except VerifiableBadgesError as error:
            checks.append(Check.from_error("endorsements", error, needed=False))
            continue
        endorsed[by] = Outcome.PASSED
        detail = {"number": number, "issuer": by, "id": address_of(value)}
        reason = "The endorsement is genuine."
        checks.append(Check("endorsements", Outcome.PASSED, "endorsement", reason, detail, needed=False))
    if len(found) > _MOST:
        reason = f"The badge carries {len(found)} endorsements. Only the first {_MOST} were checked."
        detail = {"not_checked": len(found) - _MOST}
        checks.append(Check("endorsements", Outcome.UNKNOWN, "endorsements_too_many", reason, detail, needed=False))
    return checks, endorsed


def _endorser(value: Any, badge: Badge, world: World) -> str:
    """The id of the endorser, once the endorser's server shows the endorsement of this badge."""
    address = address_of(value)
    if not address:
        raise InvalidCredential("endorsement_form", "An endorsement does not say where it is hosted.")
    endorsement = fetch_json(address, world)
    claim = endorsement.get("claim")
    about = claim.get("id") if isinstance(claim, dict) else None
    ids = {identifier(badge.assertion), address_of(badge.assertion.get("badge")), badge.issuer_id} - {""}
    if "Endorsement" not in types(endorsement) or not isinstance(about, str) or about not in ids:
        raise InvalidCredential("endorsement_elsewhere", "The endorsement speaks of something else than this badge.")
    if endorsement.get("revoked"):
        raise InvalidCredential("endorsement_revoked", "The endorsement was withdrawn.")
    issuer_id = address_of(endorsement.get("issuer"))
    if not issuer_id:
        raise InvalidCredential("issuer_missing", "The endorsement does not say who made it.")
    check_scope(Badge(endorsement, {}, fetch_json(issuer_id, world), issuer_id), address)
    return issuer_id
