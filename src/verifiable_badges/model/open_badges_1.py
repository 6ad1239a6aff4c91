"""Open Badges 1.0 and 1.1, to read: each document becomes the model of 2.0 that says the same.

The older documents may lack `id` and `type`; the address at which a document was found stands in for its id. Dates may
be seconds since 1970 or days, which then begin at midnight UTC. `uid` and what is not known is kept in `more`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from verifiable_badges.dates import format_datetime
from verifiable_badges.errors import InvalidCredential
from verifiable_badges.model.open_badges_2 import OPEN_BADGES_V2, Assertion, BadgeClass, Profile

_ALIGNMENT = {"name": "targetName", "url": "targetUrl", "description": "targetDescription"}


def is_older(document: Mapping[str, Any]) -> bool:
    """Whether a document is one of 1.0 or 1.1 rather than of 2.0."""
    contexts = document.get("@context")
    return OPEN_BADGES_V2 not in (contexts if isinstance(contexts, list) else [contexts])


def read_assertion(document: object, address: str = "") -> Assertion:
    """An assertion of 1.0 or 1.1, found at `address` if it is hosted. Raises `InvalidCredential`.

    `verify` becomes `verification`; the key or the address in it becomes `creator` or the id.
    """
    found = _members(document)
    verify = found.pop("verify", None)
    if not isinstance(verify, Mapping) or verify.get("type") not in ("hosted", "signed"):
        raise InvalidCredential("verify", "The badge does not say how it can be verified.", path="verify")
    hosted = verify["type"] == "hosted"
    identity = address or (verify.get("url") if hosted else "") or found.get("uid")
    verification = {"type": "hosted"} if hosted else {"type": "signed", "creator": verify.get("url")}
    for name in ("issuedOn", "expires"):
        if name in found:
            found[name] = _moment(found[name])
    return Assertion.from_json(_newer(found, "Assertion", identity) | {"verification": verification})


def read_badge_class(document: object, address: str) -> BadgeClass:
    """A badge class of 1.0 or 1.1, found at `address`. Raises `InvalidCredential`."""
    found = _members(document)
    entries = found.get("alignment", [])
    found["alignment"] = [_alignment(one) for one in (entries if isinstance(entries, list) else [entries])]
    return BadgeClass.from_json(_newer(found, "BadgeClass", address))


def read_issuer(document: object, address: str) -> Profile:
    """An issuer of 1.0 or 1.1, found at `address`. Raises `InvalidCredential`."""
    return Profile.from_json(_newer(_members(document), "Issuer", address))


def _members(document: object) -> dict[str, Any]:
    if not isinstance(document, Mapping):
        raise InvalidCredential("member_type", "The document must be an object.")
    return dict(document)


def _newer(found: dict[str, Any], kind: str, address: object) -> dict[str, Any]:
    """With the members that 2.0 asks for. An id that is there stays."""
    return {"id": address, "type": kind} | found | {"@context": OPEN_BADGES_V2}


def _alignment(entry: Any) -> Any:
    if not isinstance(entry, Mapping):
        return entry
    return {_ALIGNMENT.get(name, name): value for name, value in entry.items()}


def _moment(value: Any) -> Any:
    """A date-time with zone out of seconds since 1970 or a day; what is neither stays, to be refused or not."""
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return format_datetime(datetime.fromtimestamp(value, UTC))
        if isinstance(value, str) and len(value) == len("2012-12-31"):
            return format_datetime(datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC))
    except (ValueError, OverflowError, OSError):
        return value
    return value
