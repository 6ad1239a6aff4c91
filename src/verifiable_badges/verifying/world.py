"""The caller's eyes and clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.keys import Resolver
from verifiable_badges.status.lists import FetchedList, ListCache

Fetcher = Callable[[str], bytes | FetchedList]
"""Gets an http or https address, returns the bytes that lie there; raises `Unavailable` if it cannot be reached."""


@dataclass(frozen=True, slots=True)
class World:
    """What `verify` was given to look with."""

    resolve: Resolver
    fetch: Fetcher
    now: datetime
    status_cache: ListCache | None = None


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
