"""The way from the desk to what one's organisation has here."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from phereclos.organisations import doors
from phereclos.organisations.doors import Door
from phereclos.organisations.models import Representative


@doors.register
def own_list(acting: Representative) -> Iterator[Door]:
    yield Door(
        _("Our needs and requests"),
        reverse("exchange:mine"),
        _("What your organisation looks for, offers and was asked."),
    )
