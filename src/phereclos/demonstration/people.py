"""Whom one may sign in as while everything is invented."""

from __future__ import annotations

from phereclos.accounts.models import Person
from phereclos.organisations.models import Representative

FIRST = 8  # as many as fit on a terminal beside the address; the page has them all


def shown_people() -> list[tuple[Person, str]]:
    """The first people to sign in as, each with role and organisation in words. One query."""
    rows = _present().filter(role="lead")[:FIRST]
    return [(row.person, f"{row.get_role_display()}, {row.organisation}") for row in rows]


def everybody() -> list[Representative]:
    """All present roles of demonstration people, a person's own rows next to each other. One query."""
    return list(_present())


def _present():  # type: ignore[no-untyped-def]
    people = Representative.objects.present().filter(person__is_demonstration=True, person__is_active=True)
    return people.select_related("person", "organisation").order_by("person_id", "since")
