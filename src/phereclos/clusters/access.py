"""Who may, in clusters. "Absent" and "not yours" are the same 404."""

from __future__ import annotations

import uuid
from typing import NoReturn

from django.http import Http404, HttpRequest

from phereclos.accounts import factors
from phereclos.accounts.models import Person
from phereclos.clusters.models import CharterVersion, Cluster, ClusterInvitation, FoundingStep, Membership
from phereclos.ledger import links
from phereclos.organisations.access import acting_or_404, role_of
from phereclos.organisations.models import Representative, Role

INVITATION_PURPOSE = "cluster-invitation"


def acting_organisation_id(request: HttpRequest) -> int | None:
    acting = role_of(request)
    return acting.organisation_id if acting else None


def visible_cluster_or_404(request: HttpRequest, slug: str) -> Cluster:
    """A public cluster, or a draft that one's organisation belongs to."""
    acting = role_of(request)
    visible = Cluster.objects.visible_to(acting.organisation if acting else None)
    cluster = visible.select_related("coordinator").filter(slug=slug).first()
    if cluster is None:
        raise Http404
    return cluster


def is_member(cluster: Cluster, organisation_id: int | None) -> bool:
    return organisation_id is not None and cluster.memberships.active().filter(organisation_id=organisation_id).exists()


def may_coordinate(request: HttpRequest, cluster: Cluster) -> bool:
    """A lead of the organisation that coordinates the cluster."""
    acting = role_of(request)
    return acting is not None and acting.organisation_id == cluster.coordinator_id and acting.role == Role.LEAD


def cluster_of_member_or_404(request: HttpRequest, slug: str) -> tuple[Cluster, Representative]:
    """The cluster and the role acted in, for representatives of a present member."""
    acting, cluster = acting_or_404(request), visible_cluster_or_404(request, slug)
    if not is_member(cluster, acting.organisation_id):
        raise Http404
    return cluster, acting


def cluster_of_leading_member_or_404(request: HttpRequest, slug: str) -> tuple[Cluster, Representative]:
    """As cluster_of_member_or_404, for what binds the organisation: accepting the charter, leaving."""
    cluster, acting = cluster_of_member_or_404(request, slug)
    if acting.role != Role.LEAD:
        raise Http404
    return cluster, acting


def coordinated_cluster_or_404(request: HttpRequest, slug: str) -> tuple[Cluster, Representative]:
    acting, cluster = acting_or_404(request), visible_cluster_or_404(request, slug)
    if not may_coordinate(request, cluster):
        raise Http404
    return cluster, acting


def joinable_cluster_or_404(request: HttpRequest, slug: str) -> tuple[Cluster, Representative]:
    """A public cluster and a lead of a vouched or unvouched organisation that is not in it yet."""
    acting, cluster = acting_or_404(request), visible_cluster_or_404(request, slug)
    if acting.role != Role.LEAD or is_member(cluster, acting.organisation_id):
        raise Http404
    return cluster, acting


def membership_or_404(cluster: Cluster, number: int) -> Membership:
    """A membership of this cluster; numbers of other clusters are absent."""
    membership = cluster.memberships.select_related("organisation").filter(pk=number).first()
    if membership is None:
        raise Http404
    return membership


def own_membership_or_404(cluster: Cluster, acting: Representative) -> Membership:
    membership = cluster.memberships.active().filter(organisation=acting.organisation).first()
    if membership is None:
        raise Http404
    return membership


def step_or_404(cluster: Cluster, number: int) -> FoundingStep:
    step = cluster.founding_steps.filter(pk=number).first()
    if step is None:
        raise Http404
    return step


def invitation_of_cluster_or_404(cluster: Cluster, number: int) -> ClusterInvitation:
    invitation = cluster.invitations.filter(pk=number, accepted_at=None, withdrawn_at=None).first()
    if invitation is None:
        raise Http404
    return invitation


def invitation_by_link(token: str) -> ClusterInvitation:
    """The invitation a link opens. Raises links.LinkExpired, or Http404 for anything else that is wrong with it."""
    try:
        uid = uuid.UUID(links.read(purpose=INVITATION_PURPOSE, token=token))
    except links.LinkExpired:
        raise
    except (links.LinkRefused, ValueError) as error:
        raise Http404 from error
    invitation = ClusterInvitation.objects.select_related("cluster__coordinator").filter(uid=uid).first()
    if invitation is None or invitation.withdrawn_at:
        raise Http404
    return invitation


@factors.register
def leads_a_coordinator(person: Person) -> bool:
    """Coordinators decide who is in; their sign-in needs a second factor."""
    return Representative.objects.of_person(person).leads().filter(organisation__coordinates__isnull=False).exists()


def charter_version_or_404(cluster: Cluster, number: int) -> CharterVersion:
    version = cluster.charter_versions.filter(number=number).first()
    if version is None:
        raise Http404
    return version


def may_ask_to_join(request: HttpRequest, cluster: Cluster) -> bool:
    acting = role_of(request)
    return acting is not None and acting.role == Role.LEAD and not is_member(cluster, acting.organisation_id)


def nobody() -> NoReturn:
    raise Http404


def leads(request: HttpRequest) -> bool:
    acting = role_of(request)
    return acting is not None and acting.role == Role.LEAD
