"""Status lists as signed credentials: what one proves by itself, and whether it may be believed about a certain badge.

Bitstring Status List 1.0 sections 2.2 and 3.2; StatusList2021 section 4.2.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from verifiable_badges.dates import CLOCK_SKEW, parse_datetime
from verifiable_badges.errors import InvalidStatusList, UnreadableInput
from verifiable_badges.jose.claims import instant
from verifiable_badges.jose.vc_jwt import credential_with_dates, decode_token, verify_token
from verifiable_badges.keys import ResolvedKey, Resolver
from verifiable_badges.limits import MAX_STATUS_NODES, check_tree
from verifiable_badges.proofs.data_integrity import verify_every_proof
from verifiable_badges.reading import read
from verifiable_badges.status.bitstring import check_length, decode_bits, decode_bits_2021, value_at
from verifiable_badges.status.entries import BITSTRING, LIST_2021, Entry
from verifiable_badges.structure import as_list, issuer_id, only, told, types

_KINDS = {
    BITSTRING: ("BitstringStatusListCredential", "BitstringStatusList", decode_bits),
    LIST_2021: ("StatusList2021Credential", "StatusList2021", decode_bits_2021),
}


@dataclass(frozen=True, slots=True)
class FetchedList:
    """Bytes that a fetcher kept, with when it fetched them, so that the list's own `ttl` can be judged."""

    data: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class ProvedList:
    """A list all of whose proofs hold. Whose it is and whether it is in time is judged for each badge anew.

    `kind` is the type of the entries that lead to it; `keys` signed it; `ttl` is how long it may be kept.
    """

    kind: str
    identifier: str | None
    issuer: str
    purposes: tuple[str, ...]
    bits: bytes
    keys: tuple[ResolvedKey, ...]
    begins: datetime | None
    ends: tuple[datetime, ...]
    ttl: timedelta | None

    def value(self, entry: Entry) -> int:
        """The value at the entry's place. Raises `InvalidStatusList` outside the list, or if it is too short."""
        check_length(self.bits, entry.size)
        return value_at(self.bits, entry.index, entry.size)

    def check_for(self, entry: Entry, issuer: str, now: datetime, fetched_at: datetime | None) -> None:
        """Refuse a list that is another one than `entry` means, or that was right at another time."""
        if self.kind != entry.kind:
            raise InvalidStatusList("type", "It is not a list of the kind that the badge names.")
        if self.identifier not in (None, entry.address):
            raise InvalidStatusList("other", "It is another list than the badge names.")
        if self.issuer != issuer:
            raise InvalidStatusList("issuer", "It is signed by somebody else than the badge.")
        if entry.purpose not in self.purposes:
            raise InvalidStatusList("purpose", "It is kept for another purpose.")
        if any(end < now for end in self.ends):
            raise InvalidStatusList("stale", "It is out of date.")
        if self.begins is not None and self.begins > now + CLOCK_SKEW:
            raise InvalidStatusList("early", "It is dated in the future.")
        if fetched_at is not None and self.ttl is not None and fetched_at + self.ttl < now:
            raise InvalidStatusList("ttl_over", "It was kept for longer than it allows.")


class ListCache:
    """Proved lists by the digest of their bytes, at most `max_bytes` of them together; the least used goes first.

    It saves proving and unpacking one list a thousand times, and is held by the caller: for a batch, or for minutes.
    What a key proved stays proved in it; that a key was withdrawn since is noticed by a new cache only.
    """

    def __init__(self, max_bytes: int = 32 * 1024 * 1024) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._lists: OrderedDict[bytes, ProvedList] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._lists)

    def prove(self, data: bytes, resolve: Resolver) -> ProvedList:
        """As `prove_list`, from the second time on without its work."""
        digest = hashlib.sha256(data).digest()
        with self._lock:
            if digest in self._lists:
                self._lists.move_to_end(digest)
                return self._lists[digest]
        proved = prove_list(data, resolve)
        with self._lock:
            if digest not in self._lists:
                self._lists[digest] = proved
                self._bytes += len(proved.bits)
            while self._bytes > self._max_bytes:
                _, dropped = self._lists.popitem(last=False)
                self._bytes -= len(dropped.bits)
        return proved


def prove_list(data: bytes, resolve: Resolver) -> ProvedList:
    """The status list in `data`, JSON or token, once all its proofs hold (section 3.2 step 4).

    Raises what reading and proving raise, `InvalidStatusList` for a credential that is no status list.
    """
    credential, keys, proof_ends = _proved(data, resolve)
    kind, subject = _kind(credential)
    # A list that names another list, or itself, as its own status would have to be followed to be believed.
    if as_list(credential.get("credentialStatus")):
        raise InvalidStatusList("status", "It has a status of its own, which is not followed.")
    identifier = credential.get("id")
    if identifier is not None and not isinstance(identifier, str):
        raise InvalidStatusList("other", "It is another list than the badge names.")
    return ProvedList(
        kind=kind,
        identifier=identifier,
        issuer=issuer_id(credential),
        purposes=_purposes(subject),
        bits=_KINDS[kind][2](subject.get("encodedList")),
        keys=keys,
        begins=_date(credential, "validFrom", "issuanceDate"),
        ends=(*_some(_date(credential, "validUntil", "expirationDate")), *proof_ends),
        ttl=_ttl(subject),
    )


def _proved(data: bytes, resolve: Resolver) -> tuple[dict[str, Any], tuple[ResolvedKey, ...], list[datetime]]:
    """The credential, the keys that signed it, and when its proofs end."""
    presented = read(data)
    if presented.kind == "jws":
        token = decode_token(presented.token)
        key = verify_token(token, resolve=resolve)
        # The signature may end sooner than the list it is for.
        ends = [instant(token.claims["exp"])] if "exp" in token.claims else []
        return credential_with_dates(token), (key,), ends + _some(key.expires) + _some(key.revoked)
    if presented.document is None:
        raise UnreadableInput("not_a_list", "This is not a list.")
    check_tree(presented.document, MAX_STATUS_NODES)
    proofs = verify_every_proof(presented.document, resolve=resolve)
    ends = [parse_datetime(proof.options["expires"]) for proof in proofs if "expires" in proof.options]
    for proof in proofs:
        created = proof.options.get("created")
        for end in _some(proof.key.expires) + _some(proof.key.revoked):
            if created is None or parse_datetime(created) >= end:
                raise InvalidStatusList("key_ended", "It was signed with a key that had ended.")
    return presented.document, tuple(proof.key for proof in proofs), ends


def _kind(credential: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    subject = only(credential.get("credentialSubject"))
    for kind, (outer, inner, _) in _KINDS.items():
        if {"VerifiableCredential", outer} <= set(types(credential)) and inner in types(subject):
            return kind, subject
    raise InvalidStatusList("type", "It is not a status list.")


def _purposes(subject: Mapping[str, Any]) -> tuple[str, ...]:
    purposes = as_list(subject.get("statusPurpose"))
    if not purposes or not all(isinstance(purpose, str) for purpose in purposes):
        raise InvalidStatusList("purpose", "It does not say for what purpose it is kept.")
    return tuple(purposes)


def _ttl(subject: Mapping[str, Any]) -> timedelta | None:
    """Milliseconds in JSON; a life longer than a year is cut to that."""
    ttl = subject.get("ttl")
    if ttl is None:
        return None
    if isinstance(ttl, bool) or not isinstance(ttl, int) or ttl < 0:
        raise InvalidStatusList("ttl", "It does not say for how long it may be kept.")
    return min(timedelta(milliseconds=min(ttl, 10**12)), timedelta(days=366))


def _date(credential: Mapping[str, Any], name: str, older: str) -> datetime | None:
    value = told(credential, name, older)
    return None if value is None else parse_datetime(value, "Its date")


def _some(moment: datetime | None) -> list[datetime]:
    return [] if moment is None else [moment]
