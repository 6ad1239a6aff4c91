"""A local education cluster: its charter, members with their dates, founding steps and logbook."""

from __future__ import annotations

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from phereclos.clusters.queries import ClusterQuerySet, MembershipQuerySet
from phereclos.organisations.models import Organisation, Representative
from phereclos.organisations.names import name_key


class Cluster(models.Model):
    """An alliance of organisations in a region. A draft until a second organisation has joined."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        LIVE = "live", _("live")
        CLOSED = "closed", _("closed")

    name = models.CharField(_("name"), max_length=120)
    name_key = models.CharField(max_length=160, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    region = models.CharField(_("region"), max_length=160)
    countries = CountryField(_("countries"), multiple=True)
    languages = models.JSONField(_("languages"), default=list)  # BCP 47 codes
    aims = models.TextField(_("aims"), max_length=2000)
    blueprint = models.CharField(max_length=80)
    coordinator = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="coordinates")
    founded_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    founded_at = models.DateTimeField(default=timezone.now)
    live_since = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    is_demonstration = models.BooleanField(default=False)

    objects = ClusterQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("clusters:cluster", args=[self.slug])

    @property
    def edition(self) -> str:
        """A digest of what its coordinator edits, so that two editors do not overwrite each other."""
        codes = [country.code for country in self.countries]
        told = "\x1f".join([self.name, self.region, self.aims, *codes, *self.languages])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


class Membership(models.Model):
    """An organisation in a cluster, with role and dates. One that left stays on record as an empty plank."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        MEMBER = "member", _("member")

    class State(models.TextChoices):
        ASKED = "asked", _("asked to join")
        ACTIVE = "active", _("member")
        LEFT = "left", _("left")
        DECLINED = "declined", _("declined")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, default=Role.MEMBER)
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    left_reason = models.CharField(max_length=300, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "organisation"],
                condition=Q(state__in=["asked", "active"]),
                name="one_present_membership_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.cluster}"


class ClusterInvitation(models.Model):
    """The cluster invites a mailbox; its owner follows the link and joins with an organisation, old or new.

    A vouched coordinator's invitation carries its word: an organisation that joins by it counts as vouched for.
    Forwarded to somebody else, the link only asks to join.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("mailbox"))
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    invited_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    membership = models.OneToOneField(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class CharterVersion(models.Model):
    """The charter's text, numbered; an accepted text never changes, a new version is written instead."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="charter_versions")
    number = models.PositiveIntegerField()
    text = models.TextField(_("text"), max_length=20000)  # Markdown
    written_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["cluster", "number"], name="one_charter_version_per_number")]


class CharterAcceptance(models.Model):
    """An organisation accepted a version of the charter, by a person, on a day."""

    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="acceptances")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "organisation"], name="one_acceptance_each")]


class FoundingStep(models.Model):
    """A step on the way from an idea to a working cluster, taken from the blueprint."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="founding_steps")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    help = models.CharField(max_length=400, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["position"]


class ReferencePoint(models.Model):
    """One of the questions a logbook is kept against; ours, copied from the blueprint and editable by the cluster."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="reference_points")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    question = models.CharField(max_length=400)

    class Meta:
        ordering = ["position"]


class LogbookEntry(models.Model):
    """What happened, written by a member against a reference point. Entries are corrected by later ones, not edited."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="logbook")
    reference_point = models.ForeignKey(ReferencePoint, on_delete=models.PROTECT, related_name="entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField(_("day"))
    text = models.TextField(_("what happened"), max_length=2000)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-happened_on", "-pk"]
