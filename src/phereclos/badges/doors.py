"""The ways from the desk to badges."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from phereclos.accounts.models import Person
from phereclos.organisations import doors
from phereclos.organisations.doors import Door
from phereclos.organisations.models import Representative


@doors.register
def badges_to_give(acting: Representative) -> Iterator[Door]:
    if not acting.organisation.is_vouched:
        return
    if acting.may_award:
        detail = _("Sign for your organisation what somebody has done, for one or for many.")
        yield Door(_("Give badges"), reverse("badges:issuing"), detail)
    detail = _("Make cards with numbers under which children collect badges.")
    yield Door(_("Passport cards for children"), reverse("badges:passports"), detail)


@doors.register_for_person
def badges_held(person: Person) -> Iterator[Door]:
    yield Door(_("My badges"), reverse("badges:mine"), _("What was given to you, and who may see it."))
