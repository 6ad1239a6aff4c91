"""Has the issuer withdrawn a credential? (Bitstring Status List 1.0 section 3.2)

A list is believed only if it is signed by the badge's own issuer, is for the purpose asked about, and is in time. Any
other list makes the answer unknown: whoever stands between us and the issuer could have swapped it.

Of several entries, withdrawn goes before suspended, that before a malformed entry, that before "could not be found
out", and that before "not withdrawn". Messages and the hint that a newer badge is to be had inform and fail nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verifiable_badges.errors import (
    CannotDecide,
    InvalidStatusList,
    LimitExceeded,
    UnreadableInput,
    Unsupported,
    VerifiableBadgesError,
)
from verifiable_badges.keys import ResolvedKey, Resolver
from verifiable_badges.report import Check, Outcome
from verifiable_badges.status.entries import REVOCATION_LIST, Entry, entry_values, read_entry
from verifiable_badges.status.lists import FetchedList, ListCache, ProvedList, prove_list
from verifiable_badges.status.revocation_list import UntrustedList, revocation_in
from verifiable_badges.structure import issuer_id

ControlCheck = Callable[[str, ResolvedKey, Resolver], None]
StatusFetcher = Callable[[str], bytes | FetchedList]
"""Gets the address of a status list, returns its bytes; raises `Unavailable` if it cannot be reached."""

_FAILING = {
    "revocation": ("revoked", "The issuer has withdrawn the badge."),
    "suspension": ("suspended", "The issuer has suspended the badge for now."),
}
_INFORMING = frozenset({"message", "refresh"})


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a list says at one entry's place."""

    entry: Entry
    value: int
    reason: str = ""

    def detail(self) -> dict[str, Any]:
        told: dict[str, Any] = {"list": self.entry.address}
        if self.entry.messages is not None:
            told |= {"status": hex(self.value), "message": self.entry.message(self.value)}
        if self.entry.references:
            told["references"] = list(self.entry.references)
        return told | ({"reason": self.reason} if self.reason else {})


@dataclass(slots=True)
class _Findings:
    """What all entries together came to."""

    answers: list[_Answer] = field(default_factory=list)
    malformed: InvalidStatusList | None = None
    undecided: CannotDecide | None = None
    not_read: list[str] = field(default_factory=list)

    def check(self) -> Check:
        for purpose, (code, reason) in _FAILING.items():
            for answer in self.answers:
                if answer.entry.purpose == purpose and answer.value:
                    return Check("status", Outcome.FAILED, code, reason, answer.detail())
        error = self.malformed or self.undecided
        if error is not None:
            raise error
        return self._passed()

    def _passed(self) -> Check:
        """Not withdrawn, with what the issuer has to say besides."""
        detail: dict[str, Any] = {"not_read": self.not_read} if self.not_read else {}
        messages = [answer.detail() for answer in self.answers if answer.entry.purpose == "message"]
        code, reason = "status", "The issuer has not withdrawn the badge."
        if messages:
            detail["messages"] = messages
            code, reason = "status_message", f"{reason} There is a message about it."
        if any(answer.entry.purpose == "refresh" and answer.value for answer in self.answers):
            detail["refresh"] = True
            code, reason = "status_refresh", "The issuer has not withdrawn the badge. A newer one is to be had."
        return Check("status", Outcome.PASSED, code, reason, detail)


def check_status(
    credential: Mapping[str, Any],
    *,
    resolve: Resolver,
    fetch_status: StatusFetcher,
    now: datetime,
    check_control: ControlCheck,
    cache: ListCache | None = None,
) -> Check:
    """The check `status` over all entries of a credential.

    `check_control(issuer, key, resolve)` raises if the key is not the issuer's. `cache` is the caller's, for many
    credentials of one list. `detail` holds `list`, `message`, `reason` and `references` of what withdraws the badge;
    else `messages` and `refresh` where lists of those purposes speak, and under `not_read` the addresses of those that
    could not be had. Raises `InvalidStatusList` for an entry that is malformed, the children of `CannotDecide` where a
    list could not be had or believed.
    """
    asked = _Asked(credential, resolve, fetch_status, now, check_control, cache)
    findings = _Findings()
    for value in entry_values(credential):
        try:
            one = read_entry(value)
        except InvalidStatusList as error:
            findings.malformed = findings.malformed or error
            continue
        except Unsupported as error:
            findings.undecided = findings.undecided or error
            continue
        try:
            findings.answers.append(asked.answer(one))
        except CannotDecide as error:
            if one.purpose in _INFORMING:
                findings.not_read.append(one.address)
            else:
                findings.undecided = findings.undecided or error
    return findings.check()


class _Asked:
    """One credential's lists, each fetched once."""

    def __init__(
        self,
        credential: Mapping[str, Any],
        resolve: Resolver,
        fetch_status: StatusFetcher,
        now: datetime,
        check_control: ControlCheck,
        cache: ListCache | None,
    ) -> None:
        self._credential = credential
        self._issuer = issuer_id(credential)
        self._resolve = resolve
        self._fetch_status = fetch_status
        self._now = now
        self._check_control = check_control
        self._prove = cache.prove if cache is not None else prove_list
        self._failed: dict[str, CannotDecide] = {}
        self._proved: dict[str, tuple[ProvedList, datetime | None]] = {}

    def answer(self, entry: Entry) -> _Answer:
        """What the list says of this entry. Raises the children of `CannotDecide` only."""
        try:
            if entry.kind == REVOCATION_LIST:
                return self._look_up(entry)
            proved, at = self._list_at(entry.address)
            proved.check_for(entry, self._issuer, self._now, at)
            value = proved.value(entry)
        except (UnreadableInput, LimitExceeded) as error:
            raise UntrustedList("status_list_unreadable", "The list of withdrawn badges could not be read.") from error
        except CannotDecide:
            raise
        except VerifiableBadgesError as error:
            raise _untrusted(error) from error
        if value and entry.purpose not in _FAILING and entry.purpose not in _INFORMING:
            raise Unsupported(
                "status_purpose", f"The issuer has noted something that is not known here: {entry.purpose[:60]}"
            )
        return _Answer(entry, value)

    def _fetch(self, address: str) -> tuple[bytes, datetime | None]:
        """What lies at the address, with when it was fetched, if the fetcher says so."""
        if address in self._failed:
            raise self._failed[address]
        try:
            fetched = self._fetch_status(address)
        except CannotDecide as error:
            self._failed[address] = error
            raise
        return (fetched.data, fetched.at) if isinstance(fetched, FetchedList) else (fetched, None)

    def _list_at(self, address: str) -> tuple[ProvedList, datetime | None]:
        """The list at `address`, if one of the keys that signed it is the issuer's."""
        if address not in self._proved:
            data, at = self._fetch(address)
            proved = self._prove(data, self._resolve)
            self._check_owner(proved)
            self._proved[address] = proved, at
        return self._proved[address]

    def _check_owner(self, proved: ProvedList) -> None:
        failure: VerifiableBadgesError | None = None
        for key in proved.keys:
            try:
                return self._check_control(self._issuer, key, self._resolve)
            except VerifiableBadgesError as error:
                failure = failure or error
        assert failure is not None  # a list that nobody signed is not proved
        raise failure

    def _look_up(self, entry: Entry) -> _Answer:
        data, _ = self._fetch(entry.address)
        reason = revocation_in(
            data, address=entry.address, credential_id=self._credential.get("id"), issuer=self._issuer
        )
        return _Answer(entry, 0 if reason is None else 1, reason or "")


def _untrusted(error: VerifiableBadgesError) -> UntrustedList:
    if error.code == "status_index":
        return UntrustedList("status_index_outside", error.message)
    return UntrustedList(f"status_list_{error.code}", f"The list of withdrawn badges cannot be believed. {error}")
