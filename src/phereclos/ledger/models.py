"""The ground every action stands on: who did what, what was asked once, which mail waits, who may finish a batch."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """One change: who, for whom, what, when. Each entry carries the hash of the one before it, so a gap shows.

    Holds numbers and words of our own, never contents: no name, mailbox, link or free text.
    """

    at = models.DateTimeField()
    who = models.CharField(max_length=80)  # "person:12", "link:request:…", "system"
    for_whom = models.CharField(max_length=80, blank=True)  # "organisation:3"
    verb = models.CharField(max_length=80, db_index=True)  # "exchange.send_request"
    what = models.CharField(max_length=120, db_index=True)  # "request:6f1c…"
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["previous"], name="audit_chain_never_forks")]


class ChainHead(models.Model):
    """The digest of the newest entry, in one row that writers lock in turn."""

    digest = models.CharField(max_length=64, blank=True)


class IdempotencyKey(models.Model):
    """What one key was used for, so that the same request twice is one effect and the same answer."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    result = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_key_once")]


class StagedMail(models.Model):
    """A mail that shall go out, written in the transaction of its cause.

    It holds a kind and the numbers of the rows it speaks of, not its text: links are made when it is sent, so none
    can be read here. The Message-ID is fixed at staging: a repeat after a crash is recognisable as the same mail.
    """

    message_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=80)
    to = models.EmailField()
    references = models.JSONField(default=dict)
    staged_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    parked_reason = models.CharField(max_length=200, blank=True)


class BatchLease(models.Model):
    """Who may work on something long, until when. The fencing number rises with each holder; older ones are refused."""

    name = models.CharField(max_length=120, unique=True)
    holder = models.CharField(max_length=80)
    fencing = models.PositiveBigIntegerField(default=0)
    until = models.DateTimeField()


class Count(models.Model):
    """How often something was done since its window opened; see ledger.limits. The key holds no address."""

    key = models.CharField(max_length=120, unique=True)
    number = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)


class DemonstrationMail(models.Model):
    """A mail that would have been sent, kept to be looked at; written in demonstration mode only."""

    to = models.CharField(max_length=400)
    subject = models.CharField(max_length=400)
    body = models.TextField()
    message_id = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
