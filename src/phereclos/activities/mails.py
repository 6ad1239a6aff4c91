"""The mails about activities."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from phereclos.activities.models import Activity
from phereclos.ledger import mail
from phereclos.ledger.mail import Mail
from phereclos.organisations.models import Representative


def _write(template: str, subject: str, activity_id: int, representative_id: int, **more: Any) -> Mail | None:
    activity = Activity.objects.select_related("cluster").get(pk=activity_id)
    to = Representative.objects.select_related("person").get(pk=representative_id)
    if to.until is not None:
        return None
    context = {"activity": activity, "to": to, "public_url": settings.PUBLIC_URL, **more}
    return Mail(
        subject=subject % {"title": activity.title}, body=render_to_string(f"activities/mail/{template}.txt", context)
    )


def _last(activity_id: int, kind: str) -> Any:
    return Activity.objects.get(pk=activity_id).events.filter(kind=kind).last()


@mail.kind("activities.moved")
def moved_mail(*, activity_id: int, representative_id: int) -> Mail | None:
    event = _last(activity_id, "moved")
    return _write("moved", _("Moved: “%(title)s”"), activity_id, representative_id, event=event)


@mail.kind("activities.cancelled")
def cancelled_mail(*, activity_id: int, representative_id: int) -> Mail | None:
    event = _last(activity_id, "cancelled")
    return _write("cancelled", _("Cancelled: “%(title)s”"), activity_id, representative_id, event=event)


@mail.kind("activities.count")
def count_mail(*, activity_id: int, representative_id: int) -> Mail | None:
    return _write("count", _("How many came to “%(title)s”?"), activity_id, representative_id)


@mail.kind("activities.counts_differ")
def counts_differ_mail(*, activity_id: int, representative_id: int) -> Mail | None:
    return _write("counts_differ", _("Two head counts for “%(title)s”"), activity_id, representative_id)
