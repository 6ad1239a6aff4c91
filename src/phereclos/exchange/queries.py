"""Words on needs, offers and requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from phereclos.clusters.models import Membership

if TYPE_CHECKING:
    from phereclos.exchange.models import Need, Offer, Request  # noqa: F401
    from phereclos.organisations.models import Organisation

OPEN_STATES = ("sent", "asked", "other_date")


class _Findable(models.QuerySet[Any]):
    """What needs and offers share: a state, words and facets."""

    def with_words(self, words: str) -> Self:
        """Rows that hold each of the words somewhere in their texts or the organisation's name."""
        found = self
        for word in words.split()[:8]:
            anywhere = Q(title__icontains=word) | Q(topic__icontains=word) | Q(organisation__name__icontains=word)
            found = found.filter(anywhere | Q(**{f"{self.model.TEXT}__icontains": word}))
        return found

    def of(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)

    def still_possible(self) -> Self:
        """Without those whose last possible day has passed."""
        return self.filter(Q(latest=None) | Q(latest__gte=timezone.localdate()))


class NeedQuerySet(_Findable, models.QuerySet["Need"]):
    def public(self) -> Self:
        """What anybody may read: open, still possible, not held back, of a vouched member of its live cluster."""
        return (
            self.still_possible()
            .of_members()
            .filter(state="open", held_at=None, organisation__vouched_at__isnull=False, cluster__state="live")
            .select_related("organisation", "cluster")
        )

    def of_members(self) -> Self:
        """Without those of organisations that have left the need's cluster."""
        active = Membership.objects.active()
        return self.filter(Exists(active.filter(cluster=OuterRef("cluster"), organisation=OuterRef("organisation"))))

    def held(self) -> Self:
        """Waiting for the coordinator to read them first."""
        return self.exclude(held_at=None).filter(state="open")


class OfferQuerySet(_Findable, models.QuerySet["Offer"]):
    def public(self) -> Self:
        """What anybody may read: open, still possible, not held back, of a vouched member of a live cluster."""
        member = Q(organisation__memberships__state="active", organisation__memberships__cluster__state="live")
        return (
            self.still_possible()
            .filter(member, state="open", held_at=None, organisation__vouched_at__isnull=False)
            .select_related("organisation")
            .distinct()
        )

    def held(self) -> Self:
        return self.exclude(held_at=None).filter(state="open")


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> Self:
        """Requests that may still become an activity."""
        return self.filter(state__in=OPEN_STATES)

    def to_answer(self) -> Self:
        """Requests whose addressee has not answered yet."""
        return self.filter(state__in=("sent", "asked"))

    def of(self, organisation: Organisation) -> Self:
        """Requests an organisation sent or received."""
        return self.filter(Q(need__organisation=organisation) | Q(to=organisation))

    def whole(self) -> Self:
        """With everything a page about one request shows."""
        return self.select_related(
            "need__organisation", "need__author__person", "need__cluster__coordinator", "offer", "to",
            "sender__person", "answer__date_reply",
        )  # fmt: skip
