"""Words on activities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from phereclos.activities.models import Activity  # noqa: F401
    from phereclos.clusters.models import Cluster
    from phereclos.organisations.models import Organisation


class ActivityQuerySet(models.QuerySet["Activity"]):
    def of(self, organisation: Organisation) -> Self:
        """Activities an organisation has a lane in."""
        return self.filter(lanes__organisation=organisation)

    def in_cluster(self, cluster: Cluster) -> Self:
        return self.filter(cluster=cluster)

    def confirmed(self) -> Self:
        return self.filter(state="confirmed")

    def coming(self) -> Self:
        """Planned, and not over yet."""
        return self.filter(state="planned", ends__gte=timezone.now())

    def over(self) -> Self:
        """The day has passed and it was not cancelled."""
        return self.filter(state__in=["planned", "held", "confirmed"], ends__lt=timezone.now())

    def public(self) -> Self:
        """Confirmed by both sides, of clusters anybody may see."""
        return self.confirmed().filter(cluster__state__in=["live", "closed"])

    def whole(self) -> Self:
        """With what a list shows: cluster and the organisations of the lanes."""
        return self.select_related("cluster__coordinator").prefetch_related("lanes__organisation")
