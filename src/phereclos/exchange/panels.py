"""What a cluster's public page shows of the exchange: offers, and how many requests were answered in time."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from phereclos.clusters import panels
from phereclos.clusters.models import Cluster
from phereclos.clusters.panels import Figure, Panel
from phereclos.exchange.models import Offer, Request, RequestEvent
from phereclos.organisations import panels as organisation_panels
from phereclos.organisations.models import Organisation
from phereclos.ui.templatetags.ui import day

SHOWN = 3
PERIOD = timedelta(days=365)


@panels.register(position=10)
def answered_in_time(cluster: Cluster) -> Panel | None:
    """Over twelve months. Not counted: requests not yet due, answered or not, and those withdrawn before then."""
    now = timezone.now()
    withdrawn_early = RequestEvent.objects.filter(
        request=OuterRef("pk"), kind=RequestEvent.Kind.WITHDRAWN, at__lte=OuterRef("answer_due_at")
    )
    sent = Request.objects.filter(need__cluster=cluster, sent_at__gte=now - PERIOD)
    found = (
        sent.filter(answer_due_at__lt=now)
        .exclude(Exists(withdrawn_early))
        .aggregate(all=Count("pk"), in_time=Count("pk", filter=Q(answer__at__lte=F("answer_due_at"))))
    )
    if not found["all"]:
        return None
    figure = Figure(
        label=_("Requests answered within five working days"),
        number=_("%(some)s of %(all)s") % {"some": found["in_time"], "all": found["all"]},
        rests_on=_("%(start)s to %(end)s. A quick “no” counts; silence counts against.")
        % {"start": day((now - PERIOD).date()), "end": day(now.date())},
    )
    return Panel(figures=(figure,))


@panels.register(position=20)
def offers(cluster: Cluster) -> Panel | None:
    """Three of the open offers of members, the newest first."""
    members = cluster.memberships.active().values("organisation")
    rows = Offer.objects.public().filter(organisation__in=members)
    count = rows.count()
    context = {
        "offers": rows.order_by("-opened_at")[:SHOWN],
        "count": count,
        "all_address": f"{reverse('exchange:board')}?show=offers",
    }
    return Panel(template="exchange/panel_offers.html", context=context)


@organisation_panels.register(position=20)
def offers_of_organisation(organisation: Organisation) -> organisation_panels.Panel | None:
    """All open offers of one organisation, if it has any."""
    rows = Offer.objects.public().of(organisation).order_by("-opened_at")
    shown = list(rows[: 2 * SHOWN])
    if not shown:
        return None
    count = rows.count() if len(shown) == 2 * SHOWN else len(shown)
    context = {"offers": shown, "count": count, "all_address": f"{reverse('exchange:board')}?show=offers"}
    return organisation_panels.Panel(template="exchange/panel_offers.html", context=context)
