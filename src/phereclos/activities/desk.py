"""What waits for a person of an organisation about activities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from phereclos.activities.models import BLIND_FOR, Activity
from phereclos.organisations import desk
from phereclos.organisations.desk import Task
from phereclos.organisations.models import Representative
from phereclos.ui.templatetags.ui import day

MOST = 50
PLAN_AHEAD = timedelta(days=7)


@desk.register
def heads_to_count(acting: Representative) -> Iterable[Task]:
    """Activities that are over and not counted by us, and those whose counts differ."""
    mine = Activity.objects.of(acting.organisation).filter(ends__lt=timezone.now(), state__in=["planned", "held"])
    for activity in mine.exclude(head_counts__organisation=acting.organisation_id)[:MOST]:
        yield Task(
            title=_("How many came to “%(title)s”?") % {"title": activity.title},
            url=reverse("activities:confirm", args=[activity.uid]),
            action=_("Enter the head count"),
            detail=_("Two numbers, no names. It counts once both sides agree."),
            since=activity.ends,
        )
    for activity in _differing().filter(lanes__organisation=acting.organisation_id)[:MOST]:
        yield _two_counts(activity, _("Check yours"))


@desk.register
def counts_to_settle(acting: Representative) -> Iterable[Task]:
    for activity in _differing().filter(cluster__coordinator=acting.organisation_id)[:MOST]:
        if not activity.lanes.filter(organisation=acting.organisation_id).exists():
            yield _two_counts(activity, _("Speak with both"))


@desk.register
def words_to_write(acting: Representative) -> Iterable[Task]:
    """Feedback of ours that is still possible; says nothing about the other side's."""
    now = timezone.now()
    mine = Activity.objects.of(acting.organisation).filter(
        ends__lt=now, ends__gt=now - BLIND_FOR, state__in=["held", "confirmed"]
    )
    for activity in mine.exclude(feedback__organisation=acting.organisation_id)[:MOST]:
        yield Task(
            title=_("How was “%(title)s”?") % {"title": activity.title},
            url=reverse("activities:feedback", args=[activity.uid]),
            action=_("Write a word to the other side"),
            detail=_("Neither reads the other before both are in or ten days have passed."),
            since=activity.ends,
            until=activity.blind_until,
        )


@desk.register
def days_ahead(acting: Representative) -> Iterable[Task]:
    """What takes place within a week."""
    now = timezone.now()
    coming = Activity.objects.of(acting.organisation).filter(state="planned", starts__range=(now, now + PLAN_AHEAD))
    for activity in coming.order_by("starts")[:MOST]:
        yield Task(
            title=_("“%(title)s” is soon") % {"title": activity.title},
            url=activity.get_absolute_url(),
            action=_("Look at the plan"),
            detail=_("On %(day)s, %(hour)s.")
            % {"day": day(activity.starts, "week"), "hour": timezone.localtime(activity.starts).strftime("%H:%M")},
        )


def _differing() -> QuerySet[Activity]:
    """Two counts are in and they were not equal, or it would be confirmed."""
    two = Activity.objects.filter(state="held").annotate(counted=Count("head_counts", distinct=True))
    return two.filter(counted__gte=2)


def _two_counts(activity: Activity, action: str) -> Task:
    return Task(
        title=_("Two head counts for “%(title)s”") % {"title": activity.title},
        url=activity.get_absolute_url(),
        action=action,
        detail=_("The activity counts once both agree, or once the coordinator has noted why they do not."),
        since=activity.ends,
    )
