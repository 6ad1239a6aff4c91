"""What `verify` was given to look with, and how much looking one report is worth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verifiable_badges.errors import LimitExceeded, VerifiableBadgesError
from verifiable_badges.keys import Resolver
from verifiable_badges.limits import MAX_CREDENTIALS, MAX_CREDENTIALS_DEEP, MAX_FETCHES, MAX_INNER_NODES, count_nodes
from verifiable_badges.status.lists import FetchedList, ListCache

Fetcher = Callable[[str], bytes | FetchedList]
"""Gets an http or https address, returns the bytes that lie there; raises `Unavailable` if it cannot be reached, and
`Gone` where the server says that something was there and is withdrawn (HTTP 410)."""


@dataclass(slots=True)
class Budget:
    """What is left for credentials within others and for documents that badges of version 2.0 are spread over."""

    credentials: int = MAX_CREDENTIALS
    nodes: int = MAX_INNER_NODES
    fetches: int = MAX_FETCHES

    def spend_credential(self, document: object) -> None:
        """One more credential inside another. Raises `LimitExceeded` before any work on it."""
        self.credentials -= 1
        self.nodes -= count_nodes(document)
        if self.credentials < 0 or self.nodes < 0:
            raise LimitExceeded("too_many_credentials", "It holds more credentials than are checked in one go.")

    def spend_fetch(self) -> None:
        """One more document. Raises `LimitExceeded`."""
        self.fetches -= 1
        if self.fetches < 0:
            raise LimitExceeded("too_many_fetches", "The badge is spread over more addresses than are asked for one.")


@dataclass(frozen=True, slots=True)
class World:
    """The caller's eyes and clock, and what the caller has asked of a presentation."""

    resolve: Resolver
    fetch: Fetcher
    now: datetime
    status_cache: ListCache | None = None
    challenge: str | None = None
    domain: str | Sequence[str] | None = None
    refresh: Fetcher | None = None
    depth: int = 0
    budget: Budget = field(default_factory=Budget)

    def inside(self) -> "World":
        """The same for what is inside a credential; nothing there is refreshed. Raises `LimitExceeded`."""
        if self.depth >= MAX_CREDENTIALS_DEEP:
            raise LimitExceeded("credentials_too_deep", "Credentials are packed into each other too deeply.")
        return World(self.resolve, self.fetch, self.now, self.status_cache, depth=self.depth + 1, budget=self.budget)

    def fetch_document(self, address: str) -> bytes:
        """The bytes at an address, counted. Raises what `fetch` raises, and `LimitExceeded`."""
        self.budget.spend_fetch()
        found = self.fetch(address)
        return found.data if isinstance(found, FetchedList) else found


def asking_once(resolve: Resolver) -> Resolver:
    """A badge and its endorsements often lead to one document; within one report it is asked for once."""
    answers: dict[str, dict[str, Any] | VerifiableBadgesError] = {}

    def ask(address: str) -> dict[str, Any]:
        if address not in answers:
            try:
                answers[address] = resolve(address)
            except VerifiableBadgesError as error:
                answers[address] = error
        answer = answers[address]
        if isinstance(answer, VerifiableBadgesError):
            raise answer
        return answer

    return ask
