"""What clusters put on the desk and on the pages of organisations."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from phereclos.accounts import held
from phereclos.accounts.models import Person
from phereclos.clusters.access import INVITATION_PURPOSE
from phereclos.clusters.models import CharterVersion, Cluster, ClusterInvitation, Membership
from phereclos.ledger import links
from phereclos.organisations import desk, doors, panels
from phereclos.organisations.desk import Task
from phereclos.organisations.doors import Door
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


@desk.register_for_person
def invitations(person: Person) -> Iterator[Task]:
    """The link of the mail again, for whoever registered first and has the mail no longer at hand."""
    open_ones = ClusterInvitation.objects.filter(
        email__iexact=person.email, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    for invitation in open_ones.select_related("cluster", "invited_by__organisation").order_by("invited_at"):
        token = links.make(purpose=INVITATION_PURPOSE, key=str(invitation.uid), until=invitation.expires_at)
        yield Task(
            title=_("You are invited into %(cluster)s") % {"cluster": invitation.cluster},
            url=reverse("clusters:join_by_link", args=[token]),
            action=_("Look at it"),
            detail=_("By %(organisation)s.") % {"organisation": invitation.invited_by.organisation},
            until=invitation.expires_at,
        )


@doors.register
def clusters_one_is_in(acting: Representative) -> Iterator[Door]:
    for cluster in Cluster.objects.of_member(acting.organisation):
        coordinates = cluster.coordinator_id == acting.organisation_id
        detail = _("Your organisation coordinates it.") if coordinates else _("Your organisation is a member.")
        yield Door(cluster.name, cluster.get_absolute_url(), detail)


@panels.register(position=10)
def clusters_of(organisation: Organisation) -> Panel | None:
    public = ("live", "closed")
    memberships = organisation.memberships.filter(state__in=("active", "left"), cluster__state__in=public)
    found = list(memberships.select_related("cluster").order_by("joined_on"))
    return Panel("clusters/panel_memberships.html", {"memberships": found}) if found else None
