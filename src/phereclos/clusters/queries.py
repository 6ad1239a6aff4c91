"""Words on clusters and memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from phereclos.clusters.models import Cluster, Membership  # noqa: F401
    from phereclos.organisations.models import Organisation


class ClusterQuerySet(models.QuerySet["Cluster"]):
    def public(self) -> Self:
        """Clusters anybody may see: live, or closed and kept on record."""
        return self.filter(state__in=["live", "closed"])

    def visible_to(self, organisation: Organisation | None) -> Self:
        """Public ones, and drafts one's organisation belongs to."""
        own = Q(memberships__organisation=organisation, memberships__state="active") if organisation else Q(pk=None)
        return self.filter(Q(state__in=["live", "closed"]) | own).distinct()

    def of_member(self, organisation: Organisation) -> Self:
        return self.filter(memberships__organisation=organisation, memberships__state="active").distinct()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(state="active")

    def on_record(self) -> Self:
        """Members of today and those that left: the planks of the hull, oldest first."""
        return self.filter(state__in=["active", "left"]).select_related("organisation").order_by("joined_on", "pk")
