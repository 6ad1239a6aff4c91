"""Has the issuer withdrawn a badge? (Open Badges 2.0 section 3 "RevocationList")

A hosted one by its server, which shows `revoked` or says that it is gone; a signed one by a list in the profile.
"""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.errors import Unavailable, VerifiableBadgesError
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import as_list
from verifiable_badges.verifying.openbadges2.documents import Badge, address_of, fetch_json, identifier
from verifiable_badges.verifying.world import World

_SHOWN = Check("status", Outcome.PASSED, "status", "The issuer has not withdrawn the badge.")
_NO_LIST = Check("status", Outcome.PASSED, "status_none", "The issuer keeps no list on which it could be withdrawn.")
_LONGEST = 500
_MOST_LISTS = 3


def revoked(assertion: Mapping[str, Any]) -> Check | None:
    """The failed check for a hosted assertion that says it is withdrawn."""
    return revoked_because(assertion.get("revocationReason")) if assertion.get("revoked") else None


def revoked_because(reason: object = None) -> Check:
    """The failed check."""
    detail = {"reason": reason[:_LONGEST]} if isinstance(reason, str) and reason else {}
    return Check("status", Outcome.FAILED, "revoked", "The issuer has withdrawn the badge.", detail)


def check_hosted() -> Check:
    """The check for a hosted assertion that its server shows."""
    return _SHOWN


def check_lists(badge: Badge, world: World) -> Check:
    """The check for a signed assertion."""
    addresses = as_list(badge.issuer.get("revocationList"))
    if not addresses:
        return _NO_LIST
    try:
        for value in addresses[:_MOST_LISTS]:
            found = _look_up(address_of(value), badge, world)
            if found is not None:
                return found
    except VerifiableBadgesError as error:
        return Check("status", Outcome.UNKNOWN, f"status_list_{error.code}", error.message)
    return _SHOWN


def _look_up(address: str, badge: Badge, world: World) -> Check | None:
    if not address:
        raise Unavailable("address", "The list of withdrawn badges has no address.")
    listed = fetch_json(address, world)
    if listed.get("issuer") is not None and address_of(listed["issuer"]) != badge.issuer_id:
        raise Unavailable("issuer", "The list of withdrawn badges is another issuer's.")
    name = identifier(badge.assertion)
    if "revokedAssertions" not in listed:
        # Versions 1: {uid: reason}
        return revoked_because(listed[name]) if name in listed else None
    for one in as_list(listed["revokedAssertions"]):
        told = identifier(one) if isinstance(one, Mapping) else one
        if told == name:
            return revoked_because(one.get("revocationReason") if isinstance(one, Mapping) else None)
    return None
