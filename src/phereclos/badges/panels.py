"""What the public page of a cluster says of awards."""

from __future__ import annotations

from django.db.models import Count, Max, Min, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from phereclos.badges.models import Award
from phereclos.clusters import panels
from phereclos.clusters.models import Cluster


@panels.register(position=40)
def awards_given(cluster: Cluster) -> panels.Panel | None:
    """How many badges stand, and the newest that are open to all; of children's awards only the number."""
    given = Award.objects.of_cluster(cluster.pk).standing()
    counted = given.aggregate(
        all=Count("pk"),
        learners=Count("pk", filter=Q(recipient="passport")),
        first=Min("awarded_at"),
        last=Max("awarded_at"),
    )
    if not counted["all"]:
        return None
    shown = list(given.open_to_all().exclude(recipient="passport").with_names()[:6])
    period = _("%(first)s to %(last)s") % {
        "first": date_format(counted["first"], "M Y"),
        "last": date_format(counted["last"], "M Y"),
    }
    figure = panels.Figure(label=_("Badges given"), number=str(counted["all"]), rests_on=period, url="/badges/")
    context = {"awards": shown, "counted": counted}
    return panels.Panel(template="badges/panels/cluster_awards.html", context=context, figures=(figure,))
