"""Who may see and do what with an activity. "Absent" and "not yours" are the same 404."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from phereclos.activities.models import Activity, Lane
from phereclos.organisations.access import acting_or_404, role_of
from phereclos.organisations.models import Representative


@dataclass(frozen=True, slots=True)
class View:
    """What somebody may see of an activity: `lane` is their own; everybody else sees what was confirmed."""

    acting: Representative | None
    lane: Lane | None
    coordinates: bool

    @property
    def inside(self) -> bool:
        return self.lane is not None or self.coordinates


def activity_or_404(request: HttpRequest, uid: uuid.UUID) -> tuple[Activity, View]:
    """Everything for the two sides and the coordinator; the public part of confirmed ones for everybody."""
    activity = (
        Activity.objects.select_related("cluster__coordinator", "request")
        .prefetch_related("lanes__organisation", "lanes__steps")
        .filter(uid=uid)
        .first()
    )
    if activity is None:
        raise Http404
    acting = role_of(request)
    whose = acting.organisation_id if acting else None
    view = View(
        acting=acting,
        lane=next((lane for lane in activity.lanes.all() if lane.organisation_id == whose), None),
        coordinates=activity.cluster.coordinator_id == whose,
    )
    if not view.inside and not Activity.objects.public().filter(pk=activity.pk).exists():
        raise Http404
    return activity, view


def inside_or_404(request: HttpRequest, uid: uuid.UUID) -> tuple[Activity, View]:
    """For the two sides and the coordinator."""
    activity, view = activity_or_404(request, uid)
    if not view.inside:
        raise Http404
    return activity, view


def own_lane_or_404(request: HttpRequest, uid: uuid.UUID) -> tuple[Activity, Lane, Representative]:
    """For the two sides: the activity and one's own lane."""
    activity, view = activity_or_404(request, uid)
    if view.lane is None or view.acting is None:
        raise Http404
    return activity, view.lane, acting_or_404(request)


def coordinated_or_404(request: HttpRequest, uid: uuid.UUID) -> tuple[Activity, Representative]:
    activity, view = activity_or_404(request, uid)
    if not view.coordinates:
        raise Http404
    return activity, acting_or_404(request)
