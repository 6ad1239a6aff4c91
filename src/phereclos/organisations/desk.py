"""What waits for a person on the desk (`/me/`), from every floor.

@desk.register
def requests_to_answer(acting: Representative) -> Iterable[Task]: ...

@desk.register_for_person  # where no organisation is needed
def invitations(person: Person) -> Iterable[Task]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phereclos.accounts.models import Person
    from phereclos.organisations.models import Representative


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for this person: a sentence, where to do it, since when and until when."""

    title: str
    url: str
    action: str  # the words on the link, for example "Answer"
    detail: str = ""
    since: datetime | None = None
    until: datetime | None = None


Finder = Callable[["Representative"], Iterable[Task]]
PersonFinder = Callable[["Person"], Iterable[Task]]
_finders: list[Finder] = []
_person_finders: list[PersonFinder] = []
_NEVER = datetime.max.replace(tzinfo=UTC)


def register(finder: Finder) -> Finder:
    _finders.append(finder)
    return finder


def register_for_person(finder: PersonFinder) -> PersonFinder:
    _person_finders.append(finder)
    return finder


def tasks_of(acting: Representative | None, person: Person | None = None) -> list[Task]:
    """Everything that waits for the organisation acted for, and for the person; what ends soonest first."""
    found = [task for finder in _finders for task in finder(acting)] if acting else []
    found += [task for finder in _person_finders for task in finder(person)] if person else []
    return sorted(found, key=lambda task: (task.until is None, task.until or task.since or _NEVER))
