"""An accepted request becomes an activity: a lane for each organisation, a day, two head counts, a word from both."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phereclos.activities.queries import ActivityQuerySet
from phereclos.clusters.models import Cluster
from phereclos.exchange.models import Request
from phereclos.organisations.kinds import Setting, Subject
from phereclos.organisations.models import Organisation, Representative

BLIND_FOR = timedelta(days=10)
MOST_CHILDREN, MOST_ADULTS = 2000, 500


class Activity(models.Model):
    """Something that two organisations do together on a day. Never holds anything about a single child."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("took place, counts are coming")
        CONFIRMED = "confirmed", _("confirmed by both")
        CANCELLED = "cancelled", _("cancelled")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="activity")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="activities")
    title = models.CharField(_("title"), max_length=120)
    setting = models.CharField(_("setting"), max_length=20, choices=Setting)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject)
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    made_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)  # of time and place; the calendar file's SEQUENCE
    # What counts, once both counts agree or the coordinator has said why they do not.
    children = models.PositiveSmallIntegerField(null=True, blank=True)
    adults = models.PositiveSmallIntegerField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    count_note = models.CharField(_("why the counts differ"), max_length=300, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts__lt=models.F("ends")), name="activity_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:activity", args=[self.uid])

    @property
    def is_over(self) -> bool:
        return self.ends < timezone.now()

    @property
    def blind_until(self) -> datetime:
        """Feedback opens then at the latest. Counted from the day itself, so it tells nothing about who has written."""
        return self.ends + BLIND_FOR


class Lane(models.Model):
    """What one organisation does before, during and after. Only that organisation writes in it."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="lanes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lanes")
    asks = models.BooleanField(default=False)  # the need's side
    version = models.PositiveIntegerField(default=1)  # rises with each change: a stale form is noticed

    class Meta:
        ordering = ["-asks", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "organisation"], name="one_lane_each")]


class LaneStep(models.Model):
    class Phase(models.TextChoices):
        BEFORE = "before", _("Before")
        DURING = "during", _("During")
        AFTER = "after", _("After")

    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="steps")
    phase = models.CharField(max_length=10, choices=Phase)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("step"), max_length=300)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["lane", "phase", "position"], name="one_step_per_position")]


class ActivityEvent(models.Model):
    """What happened to the plan: agreed, moved, cancelled, counted, confirmed. Added, never changed."""

    class Kind(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")
        COUNTED = "counted", _("Counted")
        CONFIRMED = "confirmed", _("Confirmed by both")
        SETTLED = "settled", _("Count settled by the coordinator")

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    starts = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]


class HeadCount(models.Model):
    """How many were there, as one organisation counted. Numbers only, never names of children."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="head_counts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    children = models.PositiveSmallIntegerField(_("children"), validators=[MaxValueValidator(MOST_CHILDREN)])
    adults = models.PositiveSmallIntegerField(_("adults"), validators=[MaxValueValidator(MOST_ADULTS)])
    counted_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "organisation"], name="one_head_count_each")]


class Feedback(models.Model):
    """What one side says of the day to the other; nobody reads it before both are in or ten days have passed."""

    class Again(models.TextChoices):
        YES = "yes", _("Yes, gladly")
        PERHAPS = "perhaps", _("Perhaps, with changes")
        NO = "no", _("Rather not")

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="feedback")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    again = models.CharField(_("Would you do it again?"), max_length=10, choices=Again)
    went_well = models.TextField(_("What went well?"), max_length=1000, blank=True)
    next_time = models.TextField(_("What would you change?"), max_length=1000, blank=True)
    written_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "organisation"], name="one_feedback_each")]
