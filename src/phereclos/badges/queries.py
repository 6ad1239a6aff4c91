"""Words on issuers, keys, achievements, awards and batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from phereclos.clusters.models import Membership

if TYPE_CHECKING:
    from phereclos.accounts.models import Person
    from phereclos.badges.models import Achievement, Award, AwardBatch, Issuer, IssuerKey  # noqa: F401
    from phereclos.organisations.models import Organisation


class IssuerQuerySet(models.QuerySet["Issuer"]):
    def public(self) -> Self:
        """Issuers whose organisation somebody vouched for, or whose cluster is on record."""
        return self.filter(
            Q(organisation__vouched_at__isnull=False) | Q(cluster__state__in=["live", "closed"])
        ).select_related("organisation", "cluster__coordinator")

    def signed_for_by(self, organisation: Organisation) -> Self:
        """The organisation itself, and the clusters it coordinates."""
        return self.filter(Q(organisation=organisation) | Q(cluster__coordinator=organisation)).select_related(
            "organisation", "cluster__coordinator"
        )


class IssuerKeyQuerySet(models.QuerySet["IssuerKey"]):
    def active(self) -> Self:
        return self.filter(retired_at=None)

    def listed(self) -> Self:
        """Keys that strangers may rely on: all but the stolen ones."""
        return self.filter(compromised_at=None)


class AchievementQuerySet(models.QuerySet["Achievement"]):
    def family(self) -> Self:
        """The shared achievements for learners that any issuer may adopt."""
        return self.filter(kind="learner")

    def roles(self) -> Self:
        return self.filter(kind="role")

    def of_issuer(self, issuer: Issuer) -> Self:
        """What this issuer may award: its own programmes and what it adopted."""
        return self.filter(Q(issuer=issuer) | Q(adoptions__issuer=issuer)).distinct()

    def public(self) -> Self:
        """Shared ones, and programmes of public issuers."""
        return self.filter(
            Q(issuer=None)
            | Q(issuer__organisation__vouched_at__isnull=False)
            | Q(issuer__cluster__state__in=["live", "closed"])
        )


class AwardQuerySet(models.QuerySet["Award"]):
    def with_names(self) -> Self:
        """Everything a page says of an award, in one query and without the signed bytes."""
        return self.select_related(
            "achievement", "issuer__organisation", "issuer__cluster__coordinator", "person", "organisation", "passport"
        ).defer("credential")

    def standing(self) -> Self:
        """Given and not withdrawn."""
        return self.filter(revoked_at=None)

    def open_to_all(self) -> Self:
        return self.exclude(opened_at=None).filter(paused_at=None)

    def held_by(self, person: Person) -> Self:
        return self.filter(person=person)

    def waiting_for(self, mailbox: str) -> Self:
        """Awards sent to this mailbox that nobody has claimed or refused."""
        return self.filter(mailbox__iexact=mailbox, person=None, paused_at=None, revoked_at=None)

    def of_cluster(self, cluster_id: int) -> Self:
        """Given by the cluster itself, or by a member between its joining and its leaving."""
        member_then = Membership.objects.on_record().filter(
            Q(left_on=None) | Q(left_on__gte=OuterRef("given_on")),
            cluster=cluster_id,
            organisation=OuterRef("issuer__organisation"),
            joined_on__lte=OuterRef("given_on"),
        )
        given = self.alias(given_on=TruncDate("awarded_at"))
        return given.filter(Q(issuer__cluster_id=cluster_id) | Exists(member_then))


class BatchQuerySet(models.QuerySet["AwardBatch"]):
    def unfinished(self) -> Self:
        return self.filter(finished_at=None).order_by("accepted_at")
