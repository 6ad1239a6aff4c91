"""Words on organisations and representatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from phereclos.accounts.models import Person
    from phereclos.organisations.models import Organisation, Representative  # noqa: F401


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def vouched(self) -> Self:
        """Organisations somebody answered for; only these are public, mailed and may sign."""
        return self.exclude(vouched_at=None)


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    def present(self) -> Self:
        """Roles held today."""
        return self.filter(until=None)

    def of_person(self, person: Person) -> Self:
        return self.present().filter(person=person).select_related("organisation", "person")

    def leads(self) -> Self:
        return self.present().filter(role="lead")

    def awarders(self) -> Self:
        return self.present().filter(role__in=["lead", "awarder"])
