"""What a cluster's public page shows of activities: what happens, and how much of it took place."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phereclos.activities.disclosure import rounded, shown
from phereclos.activities.models import Activity
from phereclos.clusters import panels
from phereclos.clusters.models import Cluster
from phereclos.clusters.panels import Figure, Panel
from phereclos.ui.templatetags.ui import day

PERIOD = timedelta(days=365)
COMING, DONE = 4, 4


@panels.register(position=11)
def took_place(cluster: Cluster) -> Panel | None:
    """Over the last twelve months: of all whose day has come, also the cancelled ones, those both sides confirmed."""
    now = timezone.now()
    due = Activity.objects.in_cluster(cluster).filter(ends__lt=now, ends__gte=now - PERIOD)
    found = due.aggregate(
        all=Count("pk"),
        confirmed=Count("pk", filter=Q(state="confirmed")),
        cancelled=Count("pk", filter=Q(state="cancelled")),
        children=Sum("children", filter=Q(state="confirmed")),
    )
    if not found["all"]:
        return None
    period = {"start": day((now - PERIOD).date()), "end": day(now.date())}
    address = f"{reverse('activities:index')}?cluster={cluster.slug}"
    held = Figure(
        label=_("Activities that took place as agreed"),
        number=_("%(some)s of %(all)s") % {"some": found["confirmed"], "all": found["all"]},
        rests_on=_(
            "Confirmed by both sides, %(start)s to %(end)s. The others: %(cancelled)s cancelled, %(open)s not yet "
            "confirmed. Days to come and open requests are left out."
        )
        % {
            "cancelled": found["cancelled"],
            "open": found["all"] - found["confirmed"] - found["cancelled"],
            **period,
        },
        url=address,
    )
    visits = Figure(
        label=_("Visits by children, added up"),
        number=rounded(found["children"] or 0),
        rests_on=ngettext(
            "Rounded to 5, from %(n)s activity, %(start)s to %(end)s. How many different children: not known.",
            "Rounded to 5, from %(n)s activities, %(start)s to %(end)s. How many different children: not known.",
            found["confirmed"],
        )
        % {"n": found["confirmed"], **period},
        url=address,
    )
    return Panel(figures=(held, visits))


@panels.register(position=30)
def what_happens(cluster: Cluster) -> Panel:
    """The next ones and the latest confirmed ones, in the order of their days."""
    rows = Activity.objects.in_cluster(cluster).whole()
    coming = list(rows.coming().order_by("starts")[:COMING])
    done = list(rows.confirmed().order_by("-starts")[:DONE])
    for activity in done:
        activity.children_shown = shown(activity.children)  # type: ignore[attr-defined]
    context = {"coming": coming, "done": done[::-1], "cluster": cluster}
    return Panel(template="activities/panel_timeline.html", context=context)
