"""Issuers and their keys, achievements, awards with the bytes that were signed, status lists, passports, batches."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phereclos.badges.queries import (
    AchievementQuerySet,
    AwardQuerySet,
    BatchQuerySet,
    IssuerKeyQuerySet,
    IssuerQuerySet,
)
from phereclos.clusters.models import Cluster
from phereclos.organisations.kinds import Setting, Subject
from phereclos.organisations.models import Organisation, Representative

if TYPE_CHECKING:
    from phereclos.accounts.models import Person  # noqa: F401

STATUS_LENGTH = 131_072


class Issuer(models.Model):
    """An organisation or a cluster that signs badges, under an identity that leads to its keys."""

    organisation = models.OneToOneField(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    cluster = models.OneToOneField(Cluster, null=True, blank=True, on_delete=models.PROTECT)
    slug = models.SlugField(max_length=90, unique=True)
    name = models.CharField(_("name"), max_length=160)
    url = models.URLField(_("website"), blank=True)
    public_url = models.CharField(max_length=200)  # the site's address when it first signed; a move is recorded
    created_at = models.DateTimeField(default=timezone.now)

    objects = IssuerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("issuer")
        verbose_name_plural = _("issuers")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) ^ Q(cluster=None), name="issuer_is_organisation_or_cluster"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("badges:issuer", args=[self.slug])

    @property
    def responsible(self) -> Organisation:
        """The organisation whose people sign: its own, or the cluster's coordinator."""
        if self.cluster is not None:
            return self.cluster.coordinator
        assert self.organisation is not None  # held by the constraint
        return self.organisation

    @property
    def home(self) -> str:
        """The page of the organisation or cluster behind this issuer."""
        return (self.cluster or self.responsible).get_absolute_url()


class IssuerKey(models.Model):
    """A key pair. The private half rests sealed; the public half stays listed for as long as badges rest on it.

    The issuer's identity stands beside the key: a did:key changes with it, and old badges keep the old one.
    """

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="keys")
    did = models.CharField(max_length=300)
    public_multibase = models.CharField(max_length=100, unique=True)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    compromised_at = models.DateTimeField(null=True, blank=True)

    objects = IssuerKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["issuer"], condition=Q(retired_at=None), name="one_active_key_each")
        ]

    def __str__(self) -> str:
        return self.verification_method

    @property
    def verification_method(self) -> str:
        return f"{self.did}#{self.public_multibase}"


class Achievement(models.Model):
    """What can be earned. Roles are templates: an issuer combines one with a programme into something to award."""

    class Kind(models.TextChoices):
        ROLE = "role", _("role")
        PROGRAMME = "programme", _("role in a programme")
        LEARNER = "learner", _("learner")

    class Shape(models.TextChoices):
        SAILOR = "sailor", _("Sailor")
        MACHINIST = "machinist", _("Machinist")
        NAVIGATOR = "navigator", _("Navigator")
        LEARNER = "learner", _("learner")

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=160)
    description = models.CharField(_("description"), max_length=600)
    criteria = models.TextField(_("criteria"), max_length=6000)  # Markdown
    not_proved = models.JSONField(default=list)  # sentences: what the badge does not say
    alignments = models.JSONField(default=list)  # {framework, name, url, code, of}
    setting = models.CharField(_("setting"), max_length=20, choices=Setting)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject)
    shape = models.CharField(max_length=20, choices=Shape)
    glyph = models.CharField(max_length=30)
    alt = models.CharField(_("alternative text"), max_length=300)
    version = models.CharField(max_length=20, default="1")
    fingerprint = models.CharField(max_length=64, blank=True)  # of the content file this row was read from
    issuer = models.ForeignKey(Issuer, null=True, blank=True, on_delete=models.PROTECT, related_name="achievements")
    role = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="programmes")
    programme = models.CharField(_("programme"), max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AchievementQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="programme", issuer__isnull=False, role__isnull=False)
                | Q(kind__in=["role", "learner"], issuer=None, role=None),
                name="achievement_programme_has_issuer_and_role",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("badges:achievement", args=[self.slug])

    @property
    def is_awardable(self) -> bool:
        return self.kind != self.Kind.ROLE


class Adoption(models.Model):
    """An issuer decided to award an achievement of the shared family."""

    issuer = models.ForeignKey(Issuer, on_delete=models.CASCADE, related_name="adoptions")
    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="adoptions")
    adopted_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "achievement"], name="one_adoption_each")]

    def __str__(self) -> str:
        return f"{self.achievement}, {self.issuer}"


class StatusList(models.Model):
    """A signed list of bits, one for each badge of one identity; set where the badge was withdrawn.

    The signed bytes always speak of the committed state: whatever changes a bit signs the list anew in the same
    transaction.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="status_lists")
    did = models.CharField(max_length=300)
    used = models.PositiveIntegerField(default=0)
    credential = models.BinaryField()
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.uid)

    def get_absolute_url(self) -> str:
        return reverse("badges:status", args=[self.uid])

    @property
    def address(self) -> str:
        return f"{self.issuer.public_url}{self.get_absolute_url()}"


class Passport(models.Model):
    """A numbered card under which a child collects awards. The school keeps the name; we keep only the number's digest.

    The number is shown once, when it is made. Its last group helps a school to tell its cards apart.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="passports")
    digest = models.CharField(max_length=64, unique=True)
    last_group = models.CharField(max_length=4)
    created_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"passport {self.pk}"


class AwardBatch(models.Model):
    """Many awards of one achievement, accepted at once and signed in the background."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="batches")
    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="batches")
    accepted_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(default=timezone.now)
    awarded_at = models.DateTimeField(default=timezone.now)
    total = models.PositiveIntegerField()
    finished_at = models.DateTimeField(null=True, blank=True, db_index=True)
    stopped_reason = models.CharField(max_length=40, blank=True)  # why it finished before all were given

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-accepted_at"]

    def __str__(self) -> str:
        return str(self.uid)

    def get_absolute_url(self) -> str:
        return reverse("badges:batch", args=[self.uid])


class AwardBatchItem(models.Model):
    """One line of a batch: who shall get the badge."""

    batch = models.ForeignKey(AwardBatch, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    mailbox = models.EmailField(blank=True)
    passport = models.ForeignKey(Passport, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="one_batch_item_per_position")]

    def __str__(self) -> str:
        return f"line {self.position}"


class Award(models.Model):
    """One achievement given to one recipient: the signed bytes, kept exactly, and what we know beside them.

    The bytes hold no name. Names are shown from our rows, where the holder wants it.
    """

    class Recipient(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        PASSPORT = "passport", _("passport")

    class Reason(models.TextChoices):
        MISTAKE = "mistake", _("given by mistake")
        WRONG_RECIPIENT = "wrong_recipient", _("given to somebody else")
        NOT_EARNED = "not_earned", _("the criteria were not met")
        HOLDER = "holder", _("the holder asked for it")
        KEY = "key", _("the key was stolen")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="awards")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="awards")
    key = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="awards")
    recipient = models.CharField(max_length=20, choices=Recipient)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="awards"
    )
    mailbox = models.EmailField(blank=True)  # until it is claimed; then the person stands for it
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="awards"
    )
    passport = models.ForeignKey(Passport, null=True, blank=True, on_delete=models.PROTECT, related_name="awards")
    subject_id = models.CharField(max_length=60, unique=True)
    salt = models.CharField(max_length=40, blank=True)  # of the mailbox's hash in the bytes, where one was wanted
    credential = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="awards")
    status_index = models.PositiveIntegerField()
    batch_item = models.OneToOneField(
        AwardBatchItem, null=True, blank=True, on_delete=models.PROTECT, related_name="award"
    )
    awarded_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    awarded_at = models.DateTimeField(default=timezone.now, db_index=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)  # "not me"
    opened_at = models.DateTimeField(null=True, blank=True)
    shows_name = models.BooleanField(default=False)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_class = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    revoked_reason = models.CharField(_("what happened"), max_length=300, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["-awarded_at", "-pk"]
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            models.UniqueConstraint(fields=["status_list", "status_index"], name="status_index_never_used_twice"),
            models.CheckConstraint(condition=Q(status_index__lt=STATUS_LENGTH), name="status_index_inside_its_list"),
            models.CheckConstraint(
                condition=~Q(recipient="passport") | Q(person=None, mailbox="", organisation=None),
                name="passport_award_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    def get_absolute_url(self) -> str:
        return reverse("badges:award", args=[self.uid])

    @property
    def is_open(self) -> bool:
        """Whether strangers may see it: opened by its holder, or of an adult or organisation and not paused."""
        return self.opened_at is not None and self.paused_at is None

    @property
    def holder(self) -> str:
        """The name to show, or nothing where the holder did not ask for it to be shown."""
        if self.organisation is not None:
            return self.organisation.name
        return str(self.person) if self.person and self.shows_name else ""


class FetchedDocument(models.Model):
    """What a foreign address answered and when: a host is asked rarely, and no answer is older than it says."""

    key = models.CharField(max_length=64, unique=True)  # SHA-256 of the address
    address = models.CharField(max_length=2048)
    body = models.BinaryField()
    fetched_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.address
