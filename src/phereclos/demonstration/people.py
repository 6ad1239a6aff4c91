"""Whom one may sign in as while everything is invented."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phereclos.accounts.models import Person
from phereclos.organisations.models import Representative

FIRST = 8  # as many as fit on a terminal beside the address; the page has them all

# One for each way to use the product, in the order of the story: who asks, who answers, who brings them together.
TELLING = {
    "ada.renn@example.org": gettext_lazy("teacher"),
    "ines.okoro@example.org": gettext_lazy("museum educator, answers by mail"),
    "malik.brenner@example.org": gettext_lazy("engineer, volunteers twice a year"),
    "harriet.bloem@example.org": gettext_lazy("head of school"),
    "mirja.holt@example.org": gettext_lazy("coordinator of a cluster"),
    "beatriz.louro@example.org": gettext_lazy("coordinator of the other cluster"),
    "konrad.seil@example.org": gettext_lazy("pays the buses"),
}
OPERATOR = "operator@example.org"


def shown_people() -> list[tuple[Person, str]]:
    """The first people to sign in as, each with role and organisation in words. Two queries, or three."""
    rows = {row.person.email: row for row in _present().filter(person__email__in=TELLING)}
    shown = [
        (rows[email].person, _("%(role)s, %(organisation)s") % {"role": role, "organisation": rows[email].organisation})
        for email, role in TELLING.items()
        if email in rows
    ]
    if not shown:
        leads = _present().filter(role="lead")[:FIRST]
        shown = [(row.person, f"{row.get_role_display()}, {row.organisation}") for row in leads]
    operators = Person.objects.filter(email=OPERATOR, is_demonstration=True, is_active=True)
    return shown + [(person, _("runs this installation")) for person in operators]


def everybody() -> list[Representative]:
    """All present roles of demonstration people, a person's own rows next to each other. One query."""
    return list(_present())


def _present() -> QuerySet[Representative]:
    people = Representative.objects.present().filter(person__is_demonstration=True, person__is_active=True)
    return people.select_related("person", "organisation").order_by("person_id", "since")
