"""The way from the desk to what one's organisation has here."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from phereclos.organisations import doors
from phereclos.organisations.doors import Door
from phereclos.organisations.models import Representative


@doors.register
def activities(acting: Representative) -> Iterator[Door]:
    yield Door(_("Activities"), reverse("activities:index"), _("What is planned, and what was held."))
