"""Everything held about a person, and what stands against their leaving: each floor says its own part.

@held.about
def representations(person: Person) -> dict[str, Any]: ...    # title: JSON-able records, for the download

@held.objection
def last_lead(person: Person) -> Iterable[str]: ...           # sentences; any of them stops the deletion

@held.farewell
def end_roles(person: Person) -> None: ...                    # runs in the transaction of the deletion
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from phereclos.accounts.models import Person

About = Callable[[Person], dict[str, Any]]
Objection = Callable[[Person], Iterable[str]]
Farewell = Callable[[Person], None]
_about: list[About] = []
_objections: list[Objection] = []
_farewells: list[Farewell] = []


def about(teller: About) -> About:
    _about.append(teller)
    return teller


def objection(finder: Objection) -> Objection:
    _objections.append(finder)
    return finder


def farewell(step: Farewell) -> Farewell:
    _farewells.append(step)
    return step


def everything(person: Person) -> dict[str, Any]:
    own = {"name": person.name, "mailbox": person.email, "since": person.date_joined, "last_sign_in": person.last_login}
    told: dict[str, Any] = {"person": own}
    for teller in _about:
        told |= teller(person)
    return told


def objections(person: Person) -> list[str]:
    return [sentence for finder in _objections for sentence in finder(person)]


def say_farewell(person: Person) -> None:
    for step in _farewells:
        step(person)
