"""Has the issuer withdrawn a credential? (Bitstring Status List 1.0 section 3.2)

A list is believed only if it is signed by the badge's own issuer, is for the purpose asked about, and is in time. Any
other list makes the answer unknown: whoever stands between us and the issuer could have swapped it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import (
    InvalidStatusList,
    LimitExceeded,
    Unavailable,
    UnreadableInput,
    Unsupported,
    VerifiableBadgesError,
)
from verifiable_badges.keys import ResolvedKey, Resolver
from verifiable_badges.limits import MAX_STATUS_ENTRIES, MAX_STATUS_NODES, check_tree
from verifiable_badges.proofs.data_integrity import verify_document
from verifiable_badges.proofs.vc_jwt import credential_with_dates, decode_token, verify_token
from verifiable_badges.reading import read
from verifiable_badges.report import Check, Outcome
from verifiable_badges.status.bitstring import StatusList, parse_index
from verifiable_badges.structure import as_list, issuer_id, only, types

_FAILING = {
    "revocation": ("revoked", "The issuer has withdrawn the badge."),
    "suspension": ("suspended", "The issuer has suspended the badge for now."),
}
ControlCheck = Callable[[str, ResolvedKey, Resolver], None]


class UntrustedList(Unavailable):
    """Raised when a status list was fetched, but is not one the issuer can be held to."""


def check_status(
    credential: Mapping[str, Any],
    *,
    resolve: Resolver,
    fetch_status: Callable[[str], bytes],
    now: datetime,
    check_control: ControlCheck,
) -> Check:
    """The check `status` over all entries of a credential: withdrawn in one of them is withdrawn.

    Raises `InvalidStatusList` for an entry that is malformed, the children of `CannotDecide` where a list could not be
    had or believed.
    """
    entries = as_list(credential.get("credentialStatus"))
    if len(entries) > MAX_STATUS_ENTRIES:
        raise LimitExceeded("status_too_many", f"The badge names more than {MAX_STATUS_ENTRIES} lists.")
    undecided: VerifiableBadgesError | None = None
    for one in entries:
        try:
            purpose, address, index = _read_entry(one)
            status_list = _fetch(address, purpose, issuer_id(credential), resolve, fetch_status, now, check_control)
            if _bit(status_list, index) and purpose in _FAILING:
                code, reason = _FAILING[purpose]
                return Check("status", Outcome.FAILED, code, reason, {"list": address})
        except (Unavailable, Unsupported, LimitExceeded) as error:
            undecided = undecided or error
    if undecided is not None:
        raise undecided
    return Check("status", Outcome.PASSED, "status", "The issuer has not withdrawn the badge.")


def _read_entry(entry: Any) -> tuple[str, str, int]:
    """Purpose, address of the list, index."""
    if not isinstance(entry, Mapping):
        raise InvalidStatusList("status_entry", "The badge's note on its status is malformed.")
    if "BitstringStatusListEntry" not in types(entry):
        kind = ", ".join(types(entry))[:60]
        raise Unsupported("status_type", f"The issuer keeps its withdrawals in a way that is not known here: {kind}")
    if entry.get("statusSize", 1) != 1:
        raise Unsupported(
            "status_size", "The issuer keeps more than yes or no about each badge, which is not read here."
        )
    purpose, address = entry.get("statusPurpose"), entry.get("statusListCredential")
    if not isinstance(purpose, str) or not isinstance(address, str) or not address.startswith(("https://", "http://")):
        raise InvalidStatusList("status_entry", "The badge's note on its status is malformed.")
    return purpose, address, parse_index(entry.get("statusListIndex"))


def _fetch(
    address: str,
    purpose: str,
    issuer: str,
    resolve: Resolver,
    fetch_status: Callable[[str], bytes],
    now: datetime,
    check_control: ControlCheck,
) -> StatusList:
    data = fetch_status(address)
    try:
        credential, key = _verified(data, resolve)
        check_control(issuer, key, resolve)
        return _list_in(credential, address, purpose, issuer, now)
    except (UnreadableInput, Unavailable, LimitExceeded):
        raise UntrustedList("status_list_unreadable", "The list of withdrawn badges could not be read.") from None
    except VerifiableBadgesError as error:
        raise UntrustedList(
            f"status_list_{error.code}", f"The list of withdrawn badges cannot be believed. {error}"
        ) from error


def _verified(data: bytes, resolve: Resolver) -> tuple[dict[str, Any], ResolvedKey]:
    presented = read(data)
    if presented.kind == "jws":
        token = decode_token(presented.token)
        key = verify_token(token, resolve=resolve)
        return credential_with_dates(token), key
    if presented.document is None:
        raise UnreadableInput("not_a_list", "This is not a list.")
    check_tree(presented.document, MAX_STATUS_NODES)
    return presented.document, verify_document(presented.document, resolve=resolve).key


def _list_in(credential: Mapping[str, Any], address: str, purpose: str, issuer: str, now: datetime) -> StatusList:
    subject = only(credential.get("credentialSubject"))
    if "BitstringStatusListCredential" not in types(credential) or "BitstringStatusList" not in types(subject):
        raise InvalidStatusList("type", "It is not a status list.")
    if credential.get("id", address) != address:
        raise InvalidStatusList("other", "It is another list than the badge names.")
    if issuer_id(credential) != issuer:
        raise InvalidStatusList("issuer", "It is signed by somebody else than the badge.")
    if purpose not in as_list(subject.get("statusPurpose")):
        raise InvalidStatusList("purpose", "It is kept for another purpose.")
    ttl = subject.get("ttl", 1)
    if isinstance(ttl, bool) or not isinstance(ttl, int) or ttl < 0:
        raise InvalidStatusList("ttl", "It does not say for how long it may be kept.")
    _check_in_time(credential, now)
    return StatusList.decode(subject.get("encodedList"))


def _check_in_time(credential: Mapping[str, Any], now: datetime) -> None:
    until = credential.get("validUntil", credential.get("expirationDate"))
    if until is not None and parse_datetime(until, "Its end") < now:
        raise InvalidStatusList("stale", "It is out of date.")
    since = credential.get("validFrom", credential.get("issuanceDate"))
    if since is not None and parse_datetime(since, "Its beginning").timestamp() > now.timestamp() + 300:
        raise InvalidStatusList("early", "It is dated in the future.")


def _bit(status_list: StatusList, index: int) -> bool:
    try:
        return status_list.get(index)
    except InvalidStatusList as error:
        raise UntrustedList("status_index_outside", error.message) from error
