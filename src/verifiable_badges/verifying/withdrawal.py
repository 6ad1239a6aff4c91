"""Step 6: the issuer has not withdrawn the credential (Open Badges 3.0 section 8.2.4)."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.report import Check, Outcome
from verifiable_badges.status.checking import check_status
from verifiable_badges.verifying.issuer import check_control
from verifiable_badges.verifying.world import World

_NONE = Check("status", Outcome.PASSED, "status_none", "The issuer keeps no list on which it could be withdrawn.")
NOT_ASKED = Check(
    "status", Outcome.UNKNOWN, "status_not_asked", "The badge failed before, so its status was not asked."
)


def check_withdrawal(credential: Mapping[str, Any], world: World, *, genuine: bool) -> Check:
    """A forged badge must not send us to addresses of its own choice, so its status is not asked."""
    if credential.get("credentialStatus") in (None, []):
        return _NONE
    if not genuine:
        return NOT_ASKED
    try:
        return check_status(
            credential,
            resolve=world.resolve,
            fetch_status=world.fetch,
            now=world.now,
            check_control=check_control,
            cache=world.status_cache,
        )
    except VerifiableBadgesError as error:
        return Check.from_error("status", error)
