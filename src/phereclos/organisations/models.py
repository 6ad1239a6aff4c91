"""Organisations, and the people who act on their behalf."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from phereclos.organisations.kinds import Kind
from phereclos.organisations.names import name_key
from phereclos.organisations.queries import OrganisationQuerySet, RepresentativeQuerySet

if TYPE_CHECKING:
    from phereclos.accounts.models import Person  # noqa: F401


class Organisation(models.Model):
    """The actor of everything: needs, offers, lanes and badges belong to organisations, never to people.

    Until somebody has vouched for it, it sees its drafts, and nothing of it is public, mailed or signed.
    """

    name = models.CharField(_("name"), max_length=160)
    name_key = models.CharField(max_length=200, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    country = CountryField(_("country"))
    place = models.CharField(_("town or region"), max_length=120, blank=True)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    contact_email = models.EmailField(_("public mailbox"), blank=True)
    founded_record_at = models.DateTimeField(default=timezone.now)
    vouched_at = models.DateTimeField(null=True, blank=True)
    vouched_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="vouched_for")
    is_demonstration = models.BooleanField(default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("organisations:organisation", args=[self.slug])

    @property
    def is_vouched(self) -> bool:
        return self.vouched_at is not None

    @property
    def edition(self) -> str:
        """A digest of what its people edit, so that two editors do not overwrite each other."""
        facts = [self.name, self.kind, str(self.country.code), self.place, self.about, self.website, self.contact_email]
        told = "\x1f".join(facts)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


class Role(models.TextChoices):
    """What a representative may do. A lead manages the organisation and its people; an awarder also signs badges."""

    LEAD = "lead", _("lead")
    AWARDER = "awarder", _("awards badges")
    MEMBER = "member", _("representative")


class Representative(models.Model):
    """A person acting on behalf of an organisation, from a day to a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="representations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="representatives")
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    is_deputy = models.BooleanField(_("deputy"), default=False)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(until=None), name="one_present_role_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"

    @property
    def may_award(self) -> bool:
        return self.role in {Role.LEAD, Role.AWARDER}


class JoinRequest(models.Model):
    """Somebody asks to act on behalf of an organisation; a lead of it decides."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="join_requests")
    message = models.CharField(_("message"), max_length=400, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(state="open"), name="one_open_join_request_each"
            )
        ]


class Invitation(models.Model):
    """An organisation invites a mailbox to act on its behalf; the link in the mail is made from this row."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("mailbox"))
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    invited_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
