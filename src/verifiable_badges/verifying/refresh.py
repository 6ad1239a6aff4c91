"""A newer edition of the credential, asked for once (Open Badges 3.0 section 8.2.3; 1EdTech Credential Refresh 1.0)."""

from dataclasses import replace
from datetime import datetime

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidCredential, InvalidDate, VerifiableBadgesError
from verifiable_badges.reading import read
from verifiable_badges.report import Check, Outcome
from verifiable_badges.status.lists import FetchedList
from verifiable_badges.structure import BADGES, as_list, told, types
from verifiable_badges.verifying.credential import judge_credential
from verifiable_badges.verifying.judged import Judged, passed
from verifiable_badges.verifying.taking_apart import take_apart
from verifiable_badges.verifying.world import World

_SERVICE = "1EdTechCredentialRefresh"
_GENUINE = ("structure", "proof", "issuer")


def refreshed(judged: Judged, world: World) -> Judged:
    """The newer edition with a check `refresh`, if the caller has it fetched and it is genuine; else what was given.

    Only a genuine credential is refreshed: another must not send us anywhere. What goes wrong on the way is said and
    changes nothing.
    """
    address = _address(judged)
    if world.refresh is None or not address or not _is_genuine(judged):
        return judged
    try:
        found = world.refresh(address)
        newer = judge_credential(take_apart(read(found.data if isinstance(found, FetchedList) else found)), world)
        _check_newer(judged, newer)
    except VerifiableBadgesError as error:
        reason = f"A newer edition was asked for and not taken. {error.message}"
        note = Check("refresh", Outcome.UNKNOWN, "refresh_failed", reason, {"cause": error.code}, needed=False)
        return replace(judged, checks=[*judged.checks, note])
    note = Check("refresh", Outcome.PASSED, "refreshed", "This is the newest edition, fetched from the issuer.")
    return replace(newer, checks=[*newer.checks, note])


def _address(judged: Judged) -> str:
    """The first service of the kind known here; only badges have it."""
    for service in as_list(judged.credential.get("refreshService")) if judged.kind in BADGES else []:
        address = service.get("id") if _SERVICE in types(service) else None
        if isinstance(address, str) and address.startswith(("https://", "http://")):
            return address
    return ""


def _is_genuine(judged: Judged) -> bool:
    return all(passed(check) for check in judged.checks if check.name in _GENUINE)


def _check_newer(older: Judged, newer: Judged) -> None:
    """The same credential of the same issuer, genuine, and not from before (section 8.6)."""
    if newer.kind != older.kind or newer.credential.get("id") != older.credential.get("id"):
        raise InvalidCredential("refresh_other", "What came is another badge.")
    if not _is_genuine(newer) or newer.facts.issuer != older.facts.issuer:
        raise InvalidCredential("refresh_not_genuine", "What came is not from the same issuer, or was changed.")
    try:
        is_older = _begin(newer) < _begin(older)
    except InvalidDate as error:
        raise InvalidCredential("refresh_undated", "What came does not say from when it holds.") from error
    if is_older:
        raise InvalidCredential("refresh_older", "What came is older than what was handed in.")


def _begin(judged: Judged) -> datetime:
    return parse_datetime(told(judged.credential, "validFrom", "issuanceDate"))
