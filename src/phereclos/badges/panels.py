"""What the public page of a cluster says of awards."""

from __future__ import annotations

from django.db.models import Count, Max, Min, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from phereclos.badges.counts import counted
from phereclos.badges.models import Award
from phereclos.clusters import panels
from phereclos.clusters.models import Cluster


@panels.register(position=40)
def awards_given(cluster: Cluster) -> panels.Panel | None:
    """How many badges stand, and the newest that are open to all; of children's awards only the number."""
    given = Award.objects.of_cluster(cluster.pk).standing()
    found = given.aggregate(
        all=Count("pk"),
        learners=Count("pk", filter=Q(recipient="passport")),
        first=Min("awarded_at"),
        last=Max("awarded_at"),
    )
    if not found["all"]:
        return None
    shown = list(given.open_to_all().exclude(recipient="passport").with_names()[:6])
    period = _("%(first)s to %(last)s") % {
        "first": date_format(found["first"], "M Y"),
        "last": date_format(found["last"], "M Y"),
    }
    numbers = counted(found["all"], found["learners"])
    figure = panels.Figure(label=_("Badges given"), number=numbers.all, rests_on=period, url="/badges/")
    context = {"awards": shown, "counted": numbers, "first": found["first"], "last": found["last"]}
    return panels.Panel(template="badges/panels/cluster_awards.html", context=context, figures=(figure,))
