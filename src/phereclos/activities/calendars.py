"""An activity as a calendar file (RFC 5545). Escaping and folding are the library's; nobody's mailbox is in it.

Times are written without a zone: they are the hours people agreed on at the place, and mean the same there whatever
calendar they are put into.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from phereclos.activities.models import Activity


def calendar_of(activity: Activity) -> bytes:
    """The whole file. The same UID and a rising SEQUENCE let a calendar move or cancel what it has."""
    event = Event()
    event.add("uid", f"{activity.uid}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("dtstamp", timezone.now())
    event.add("sequence", activity.revision)
    event.add("summary", _one_line(activity.title))
    event.add("dtstart", _local(activity.starts))
    event.add("dtend", _local(activity.ends))
    event.add("status", "CANCELLED" if activity.state == Activity.State.CANCELLED else "CONFIRMED")
    if activity.place:
        event.add("location", _one_line(activity.place))
    names = ", ".join(lane.organisation.name for lane in activity.lanes.all())
    event.add("description", _one_line(names))
    event.add("url", f"{settings.PUBLIC_URL}{activity.get_absolute_url()}")
    calendar = Calendar()
    calendar.add("prodid", "-//Phereclos//Activities//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(tzinfo=None)


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
