"""A need goes to an organisation as a request and gets one answer; every step keeps its time."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Never

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phereclos.clusters.models import Cluster
from phereclos.exchange.queries import OPEN_STATES, NeedQuerySet, OfferQuerySet, RequestQuerySet
from phereclos.organisations.kinds import Setting, Subject
from phereclos.organisations.models import Organisation, Representative

AGE = [MinValueValidator(0), MaxValueValidator(25)]


class Place(models.TextChoices):
    """Where it can happen, seen from the organisation that writes."""

    HERE = "here", _("at our place")
    THERE = "there", _("at the partner’s place")
    EITHER = "either", _("either is fine")
    ONLINE = "online", _("online")


class Proposal(models.Model):
    """What needs and offers share. Both can be used again: a copy starts as a draft."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="%(class)ss")
    author = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject, default=Subject.SCIENCE)
    # Empty in drafts only; what is posted is complete (constraint).
    ages_from = models.PositiveSmallIntegerField(_("youngest"), null=True, blank=True, validators=AGE)
    ages_until = models.PositiveSmallIntegerField(_("oldest"), null=True, blank=True, validators=AGE)
    setting = models.CharField(_("setting"), max_length=20, choices=Setting, default=Setting.FORMAL)
    place_choice = models.CharField(_("where"), max_length=10, choices=Place, default=Place.EITHER)
    place = models.CharField(_("place"), max_length=120, blank=True)
    when_text = models.CharField(_("when, in words"), max_length=160, blank=True)
    earliest = models.DateField(_("first possible day"), null=True, blank=True)
    latest = models.DateField(_("last possible day"), null=True, blank=True)
    group_size = models.PositiveSmallIntegerField(
        _("how many children"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    cost = models.CharField(_("cost"), max_length=120, blank=True)
    access = models.CharField(_("access"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # A young organisation's text with links or telephone numbers waits until the coordinator has read it.
    held_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ages_from__lte=F("ages_until")), name="%(class)s_ages_in_order"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(ages_from__isnull=False, ages_until__isnull=False, group_size__gte=1),
                name="%(class)s_complete_when_posted",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_held(self) -> bool:
        return self.held_at is not None


class Need(Proposal):
    """A question of a class or group that looks for a partner."""

    TEXT = "question"

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("looking for a partner")
        MATCHED = "matched", _("has a partner")
        CLOSED = "closed", _("closed")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="needs")
    question = models.TextField(_("question"), max_length=1000)
    language = models.CharField(_("language"), max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # How many further requests may be open beside the first; the coordinator's to give.
    extra_open_allowed = models.PositiveSmallIntegerField(default=0)

    objects = NeedQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")

    def get_absolute_url(self) -> str:
        return reverse("exchange:need", args=[self.pk])


class Offer(Proposal):
    """What a partner can do for classes and groups, again and again."""

    TEXT = "what"

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")

    what = models.TextField(_("what happens"), max_length=1000)
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MinValueValidator(5), MaxValueValidator(6000)]
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    objects = OfferQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("offer")
        verbose_name_plural = _("offers")

    def get_absolute_url(self) -> str:
        return reverse("exchange:offer", args=[self.pk])


class Request(models.Model):
    """A need, brought to one organisation. One is open at a time, unless the coordinator allowed more."""

    class State(models.TextChoices):
        SENT = "sent", _("waits for an answer")
        ASKED = "asked", _("a question was asked")
        OTHER_DATE = "other_date", _("another date suggested")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("no answer in time")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="requests")
    offer = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="requests_received")
    sender = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    message = models.TextField(_("message"), max_length=1000, blank=True)
    proposed_start = models.DateTimeField(_("from"))
    proposed_end = models.DateTimeField(_("until"))
    # 0 is the one request a need may have open; higher numbers are those the coordinator allowed beside it.
    slot = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.SENT)
    sent_at = models.DateTimeField(default=timezone.now)
    answer_due_at = models.DateTimeField()  # five working days of the addressee's country: what the figures count
    expires_at = models.DateTimeField()

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [
            models.UniqueConstraint(
                fields=["need", "slot"], condition=Q(state__in=OPEN_STATES), name="one_open_request_per_need"
            ),
            models.CheckConstraint(
                condition=Q(proposed_start__lt=F("proposed_end")), name="request_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} → {self.to}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:request", args=[self.uid])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def waits_for_answer(self) -> bool:
        return self.state in (self.State.SENT, self.State.ASKED)

    @property
    def takes_replies(self) -> bool:
        """A question may be replied to while there is something to answer, and after a yes."""
        return self.is_open or self.state == self.State.ACCEPTED

    @property
    def day_is_over(self) -> bool:
        return self.proposed_start <= timezone.now()

    @property
    def agreed(self) -> tuple[datetime, datetime]:
        """From when to when it shall happen, after the answer: the day proposed, or the other day suggested."""
        answer: Answer | None = getattr(self, "answer", None)
        if answer is not None and answer.other_start and answer.other_end:
            return answer.other_start, answer.other_end
        return self.proposed_start, self.proposed_end


class AnswerLink(models.Model):
    """The right of one mailbox to act on one request. The token in the mail is made from this row and never kept."""

    class Purpose(models.TextChoices):
        ANSWER = "answer", _("answer")
        DATE = "date", _("another date")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="links")
    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.ANSWER)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "representative", "purpose"], name="one_link_each_purpose")
        ]

    @property
    def until(self) -> datetime:
        return self.request.expires_at


class _WrittenOnce(models.Model):
    """A record that is added and never changed or taken away by the application."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is written once and never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError(f"{type(self).__name__} is written once and never removed")


class Answer(_WrittenOnce):
    """The one effective answer to a request. The first stands for the record."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("yes")
        OTHER_DATE = "other_date", _("yes, on another day")
        DECLINE = "decline", _("not this time")

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    note = models.CharField(_("a line to the group"), max_length=500, blank=True)
    other_start = models.DateTimeField(null=True, blank=True)
    other_end = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    link = models.ForeignKey(AnswerLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")

    @property
    def other_day_is_over(self) -> bool:
        return self.other_start is not None and self.other_start <= timezone.now()


class DateReply(_WrittenOnce):
    """Whether the need's organisation takes the other date."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="date_reply")
    accepted = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    link = models.ForeignKey(AnswerLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")


class Question(models.Model):
    """Something the addressee wants to know before answering; the request stays open."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(_("question"), max_length=1000)
    asked_by = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reply = models.TextField(_("reply"), max_length=1000, blank=True)
    replied_by = models.ForeignKey(Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]


class RequestEvent(_WrittenOnce):
    """A step and the time it truly came: the raw material of the responsiveness record."""

    class Kind(models.TextChoices):
        SENT = "sent", _("Request sent")
        ASKED = "asked", _("Question asked")
        REPLIED = "replied", _("Question replied to")
        ACCEPTED = "accepted", _("Answered: yes")
        OTHER_DATE = "other_date", _("Answered: yes, on another day")
        DECLINED = "declined", _("Answered: not this time")
        DATE_TAKEN = "date_taken", _("Other day taken")
        DATE_REFUSED = "date_refused", _("Other day does not fit")
        WITHDRAWN = "withdrawn", _("Request withdrawn")
        EXPIRED = "expired", _("No answer in time")
        OBJECTED = "objected", _("Somebody objected to the answer")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=14, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_link = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]


class Objection(models.Model):
    """An addressee says the answer from a link was not theirs to give; the coordinator settles it."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="objections")
    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("what is wrong"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_note = models.CharField(_("what came of it"), max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "representative"], name="one_objection_each")]


class HelpOffer(models.Model):
    """An organisation has seen a need and says that it can help; the need's organisation then asks it, or not."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="help_offers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="help_offers")
    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["need", "organisation"], name="one_help_offer_each")]


class MailStop(models.Model):
    """A representative wants no more mails of one kind; everything else still comes, and the desk shows all."""

    representative = models.ForeignKey(Representative, on_delete=models.CASCADE, related_name="mail_stops")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["representative", "kind"], name="one_mail_stop_each_kind")]
