"""Step 5: the time in which a credential holds (VC Data Model 2.0 section 4.9)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from verifiable_badges.dates import CLOCK_SKEW, parse_datetime
from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import told

_NO_BEGIN = Check("valid_from", Outcome.PASSED, "no_valid_from", "It does not say from when it holds, so it does.")
_NO_EXPIRY = Check("expiry", Outcome.PASSED, "no_expiry", "The badge has no end.")


def check_validity(credential: Mapping[str, Any], now: datetime, *, needs_begin: bool = True) -> list[Check]:
    """`valid_from` and `expiry`, under the names of VC 2.0 or 1.1. Only badges need to say from when they hold."""
    begin = told(credential, "validFrom", "issuanceDate")
    end = told(credential, "validUntil", "expirationDate")
    return check_dates(begin, end, now, needs_begin=needs_begin)


def check_dates(begin: object, end: object, now: datetime, *, needs_begin: bool = True) -> list[Check]:
    """The same for two dates as they are written."""
    first = _NO_BEGIN if begin is None and not needs_begin else _check_begin(begin, now)
    return [first, _NO_EXPIRY if end is None else _check_end(begin, end, now)]


def _check_begin(begin: object, now: datetime) -> Check:
    try:
        moment = parse_datetime(begin, "The date from which the badge holds")
    except VerifiableBadgesError as error:
        return Check.from_error("valid_from", error)
    detail = {"from": moment.isoformat()}
    if moment > now + CLOCK_SKEW:
        return Check("valid_from", Outcome.FAILED, "not_yet_valid", "The badge does not hold yet.", detail)
    return Check("valid_from", Outcome.PASSED, "valid_from", "The badge holds since its date.", detail)


def _check_end(begin: object, end: object, now: datetime) -> Check:
    try:
        moment = parse_datetime(end, "The date until which the badge holds")
        reversed_ = begin is not None and moment < parse_datetime(begin, "The date from which the badge holds")
    except VerifiableBadgesError as error:
        return Check.from_error("expiry", error)
    detail = {"until": moment.isoformat()}
    if reversed_:
        return Check("expiry", Outcome.FAILED, "dates_reversed", "The badge would end before it begins.", detail)
    if moment < now:
        return Check("expiry", Outcome.FAILED, "expired", "The badge has run out.", detail)
    return Check("expiry", Outcome.PASSED, "expiry", "The badge has not run out.", detail)
