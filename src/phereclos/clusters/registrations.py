"""What clusters put on the desk and on the pages of organisations."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from phereclos.accounts import held
from phereclos.accounts.models import Person
from phereclos.clusters.models import CharterVersion, Cluster, ClusterInvitation, Membership
from phereclos.organisations import desk, panels
from phereclos.organisations.desk import Task
from phereclos.organisations.models import Organisation, Representative, Role
from phereclos.organisations.panels import Panel


@held.farewell
def forget_invitations(person: Person) -> None:
    ClusterInvitation.objects.filter(email__iexact=person.email).update(email="")


@desk.register
def organisations_that_ask(acting: Representative) -> Iterator[Task]:
    if acting.role != Role.LEAD:
        return
    waiting = Membership.objects.filter(
        cluster__coordinator=acting.organisation, state=Membership.State.ASKED
    ).select_related("cluster", "organisation")
    for membership in waiting.order_by("asked_at"):
        yield Task(
            title=_("%(organisation)s asks to join %(cluster)s")
            % {"organisation": membership.organisation, "cluster": membership.cluster},
            url=reverse("clusters:members", args=[membership.cluster.slug]),
            action=_("Decide"),
            since=membership.asked_at,
        )


@desk.register
def charters_to_accept(acting: Representative) -> Iterator[Task]:
    if acting.role != Role.LEAD:
        return
    for cluster in Cluster.objects.of_member(acting.organisation):
        newest = CharterVersion.objects.filter(cluster=cluster).order_by("-number").first()
        if newest and not newest.acceptances.filter(organisation=acting.organisation).exists():
            yield Task(
                title=_("The charter of %(cluster)s waits to be accepted") % {"cluster": cluster},
                url=reverse("clusters:charter", args=[cluster.slug]),
                action=_("Read and accept"),
                detail=_("Version %(n)s") % {"n": newest.number},
                since=newest.written_at,
            )


@panels.register(position=10)
def clusters_of(organisation: Organisation) -> Panel | None:
    public = ("live", "closed")
    memberships = organisation.memberships.filter(state__in=("active", "left"), cluster__state__in=public)
    found = list(memberships.select_related("cluster").order_by("joined_on"))
    return Panel("clusters/panel_memberships.html", {"memberships": found}) if found else None
