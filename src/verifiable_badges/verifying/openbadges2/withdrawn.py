"""Has the issuer withdrawn a badge? (Open Badges 2.0 section 3 "RevocationList")

A hosted one by its server, which shows `revoked` or says that it is gone; a signed one by a list in the profile.
"""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.errors import LimitExceeded, VerifiableBadgesError
from verifiable_badges.report import Check, Outcome
from verifiable_badges.status.revocation_list import UntrustedList, check_revocation_list_2
from verifiable_badges.structure import as_list
from verifiable_badges.verifying.openbadges2.documents import (
    Badge,
    address_of,
    fetch_json,
    identifier,
    is_version_2,
)
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
            if found.outcome is Outcome.FAILED:
                return found
        if len(addresses) > _MOST_LISTS:
            raise LimitExceeded("status_too_many", f"The issuer names more than {_MOST_LISTS} lists.")
    except VerifiableBadgesError as error:
        return Check("status", Outcome.UNKNOWN, error.code, error.message)
    return _SHOWN


def _look_up(address: str, badge: Badge, world: World) -> Check:
    """What one list says. Nobody signed it, so it is as good as the connection it came over."""
    if not address.startswith("https://"):
        raise UntrustedList("status_list_insecure", "The list of withdrawn badges has no secure address.")
    uid = "" if is_version_2(badge.assertion) else badge.assertion.get("uid")
    return check_revocation_list_2(
        fetch_json(address, world),
        identifier(badge.assertion),
        uid=uid if isinstance(uid, str) else "",
        address=address,
        issuer=badge.issuer_id,
    )
