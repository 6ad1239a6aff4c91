"""Checking a badge: the engine, our own rows, and the guarded fetcher for everything foreign.

Used by the page `/verify/`, by `phereclos verify` and by the award pages. Our own addresses are answered from the
database; a foreign document is kept for a short while, never longer than it says of itself.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from phereclos.badges import own
from phereclos.badges.fetching import Fetcher
from phereclos.badges.models import Award, FetchedDocument, IssuerKey
from phereclos.ledger.limits import allowed
from verifiable_badges import Check, Outcome, Presented, Report, read, verify
from verifiable_badges.errors import Unavailable, VerifiableBadgesError
from verifiable_badges.json_text import parse
from verifiable_badges.keys import did_web_to_url
from verifiable_badges.policy import Expectation

KEEP_SECONDS = 300
KEEP_BYTES = 256 * 1024
FETCHES_PER_MINUTE = 10
SECONDS_OUTSIDE = 15.0
# Who waits for a foreign server holds a thread of ours: the others must stay free for everybody else.
_OUTSIDE = threading.BoundedSemaphore(2)
_MULTIBASE = re.compile(r"z[1-9A-HJ-NP-Za-km-z]{40,120}", re.ASCII)


def allowance(host: str) -> bool:
    """A few fetches a minute for each host and address, whoever asks."""
    return allowed(what="fetch", whom=host, most=FETCHES_PER_MINUTE, seconds=60)


def verify_input(
    data: bytes | str, *, now: datetime, fetcher: Fetcher | None = None, expectations: tuple[Expectation, ...] = ()
) -> Report:
    """The report on a file, a link or pasted text. Never raises for what is in `data`."""
    with closing(World(fetcher or Fetcher(allowance=allowance), now)) as world:
        return _report(data, world, expectations)


def _report(data: bytes | str, world: World, expectations: tuple[Expectation, ...]) -> Report:
    try:
        presented = _followed(read(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data), world)
    except VerifiableBadgesError as error:
        kind = "link" if isinstance(error, Unavailable) else "unreadable"
        return Report((Check.from_error("readable", error),), kind)
    note = _stolen_key(presented.document)
    world.documents = own.KeyDocuments(beside=note.key if note and note.in_time else None)
    report = verify(presented, resolve=world.resolve, fetch=world.status, now=world.now, expectations=expectations)
    return replace(report, checks=(*report.checks, note.check)) if note else report


def verify_award(award: Award, *, now: datetime) -> Report:
    """The report on one of our own awards, from its bytes as a stranger has them."""
    return verify_input(bytes(award.credential), now=now)


@dataclass(slots=True)
class World:
    """What the engine may ask: our rows for our addresses, kept or fetched documents for foreign ones."""

    fetcher: Fetcher
    now: datetime
    documents: own.KeyDocuments = field(default_factory=own.KeyDocuments)
    is_outside: bool = False

    def resolve(self, address: str) -> dict[str, Any]:
        if own.is_our_did(address):
            return self.documents(address)
        url = did_web_to_url(address) if address.startswith("did:") else address
        if own.is_ours(url):
            raise Unavailable("not_here", "There is no issuer of this name on this site.")
        try:
            document = parse(self.get(url))
        except VerifiableBadgesError as error:
            if isinstance(error, Unavailable):
                raise
            raise Unavailable("not_a_document", "What lies at the issuer's address is not a document.") from error
        if not isinstance(document, dict):
            raise Unavailable("not_a_document", "What lies at the issuer's address is not a document.")
        return document

    def status(self, address: str) -> bytes:
        if own.is_ours(address):
            return own.published_list(address)
        return self.get(address)

    def get(self, address: str) -> bytes:
        """A foreign document, kept or fetched."""
        key = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
        kept = FetchedDocument.objects.filter(key=key, expires_at__gt=self.now).first()
        if kept is not None:
            return bytes(kept.body)
        body = self.fetch(address)
        if len(body) <= KEEP_BYTES:
            _keep(key, address, body, self.now)
        return body

    def fetch(self, address: str) -> bytes:
        """From outside; the first fetch starts the clock for all. Raises Unavailable, "busy" when two others wait."""
        if not self.is_outside:
            if not _OUTSIDE.acquire(blocking=False):
                raise Unavailable("busy", "Several badges are being checked just now; try again in a minute.")
            self.is_outside = True
            self.fetcher = replace(self.fetcher, until=time.monotonic() + SECONDS_OUTSIDE)
        return self.fetcher.get(address)

    def close(self) -> None:
        if self.is_outside:
            _OUTSIDE.release()


def _followed(presented: Presented, world: World) -> Presented:
    """What a link leads to; one step only."""
    if presented.kind != "link":
        return presented
    if own.is_ours(presented.url):
        return read(own.awarded_bytes(presented.url))
    found = read(world.fetch(presented.url))
    if found.kind == "link":
        raise Unavailable("link_to_link", "The link leads to another link, not to a badge.")
    return found


def _keep(key: str, address: str, body: bytes, at: datetime) -> None:
    FetchedDocument.objects.filter(expires_at__lte=at).delete()
    FetchedDocument.objects.update_or_create(
        key=key, defaults={"address": address, "body": body, "fetched_at": at, "expires_at": at + _keeping_time(body)}
    )


def _keeping_time(body: bytes) -> timedelta:
    """Five minutes, or less where a status list says so of itself. Its word is not yet proved: it can only shorten."""
    try:
        ttl = json.loads(body)["credentialSubject"]["ttl"]
        seconds = min(KEEP_SECONDS, max(0, int(ttl) // 1000))
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        seconds = KEEP_SECONDS
    return timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class _Note:
    """A badge signed with a key of ours that was stolen, and whether our log holds it from before the theft."""

    key: IssuerKey
    in_time: bool

    @property
    def check(self) -> Check:
        since = {"since": self.key.compromised_at.isoformat()} if self.key.compromised_at else {}
        if self.in_time:
            reason = "The issuer's key was stolen later. This badge is in our log from before, so it stands."
            return Check("key", Outcome.PASSED, "key_stolen_later", reason, since)
        reason = "The issuer's key was stolen, and our log does not hold this badge from before."
        return Check("key", Outcome.FAILED, "key_stolen", reason, since)


def _stolen_key(document: Mapping[str, Any] | None) -> _Note | None:
    proof = document.get("proof") if document else None
    method = proof.get("verificationMethod") if isinstance(proof, Mapping) else None
    name = method.rpartition("#")[2] if isinstance(method, str) else ""
    if not _MULTIBASE.fullmatch(name):
        return None
    stolen = IssuerKey.objects.exclude(compromised_at=None).filter(public_multibase=name).first()
    if stolen is None or stolen.compromised_at is None:
        return None
    return _Note(stolen, in_time=_in_our_log(document, stolen, stolen.compromised_at))


def _in_our_log(document: Mapping[str, Any] | None, key: IssuerKey, before: datetime) -> bool:
    """Compared as a whole, not by its number: a forger may reuse a number and cannot reuse the content."""
    uid = own.award_uid(str(document.get("id"))) if document else None
    award = Award.objects.filter(uid=uid, key=key, awarded_at__lt=before).first() if uid else None
    return award is not None and json.loads(bytes(award.credential)) == document
