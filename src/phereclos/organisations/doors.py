"""The ways from the desk (`/me/`) to what a person may do there at any time, from every floor.

@doors.register
def badges_to_give(acting: Representative) -> Iterable[Door]: ...

@doors.register_for_person  # where no organisation is needed
def badges_held(person: Person) -> Iterable[Door]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from phereclos.accounts.models import Person
    from phereclos.organisations.models import Representative


class Door(NamedTuple):
    """Where one can go: a title, its address, and in a few words what is behind it."""

    title: str
    url: str
    detail: str = ""


Finder = Callable[["Representative"], Iterable[Door]]
PersonFinder = Callable[["Person"], Iterable[Door]]
_finders: list[Finder] = []
_person_finders: list[PersonFinder] = []


def register(finder: Finder) -> Finder:
    _finders.append(finder)
    return finder


def register_for_person(finder: PersonFinder) -> PersonFinder:
    _person_finders.append(finder)
    return finder


def doors_of(person: Person, acting: Representative | None) -> list[Door]:
    """Every door this person may open now: those of the organisation they act for first."""
    of_acting = [door for finder in _finders for door in finder(acting)] if acting else []
    return of_acting + [door for finder in _person_finders for door in finder(person)]
