"""Mails: staged with their cause, written when they go out, sent at least once under one Message-ID.

An app describes each kind of mail by a function that takes the staged references and returns a `Mail`:

    @mail.kind("exchange.request")
    def request_mail(*, request_id: int) -> Mail | None: ...

Returning None means the mail is no longer true (withdrawn, erased) and is dropped.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from phereclos.ledger.models import DemonstrationMail, StagedMail

logger = logging.getLogger(__name__)
MOST_TRIES = 8
LONGEST_WAIT = timedelta(minutes=2**MOST_TRIES)
MOST_FAILURES_IN_A_ROW = 3  # then the mail server is down, and asking it for each mail would keep all else waiting
LONGEST_SWEEP = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail's words. The subject is one line; `body` is plain text.

    `unsubscribe` is the address where one POST stops this kind of mail (RFC 8058).
    """

    subject: str
    body: str
    reply_to: str = ""
    unsubscribe: str = ""


Writer = Callable[..., Mail | None]
_writers: dict[str, Writer] = {}


def kind(name: str) -> Callable[[Writer], Writer]:
    """Register the function that writes mails of this kind."""

    def register(writer: Writer) -> Writer:
        _writers[name] = writer
        return writer

    return register


def kinds() -> set[str]:
    """The kinds that somebody writes."""
    return set(_writers)


def stage(*, kind: str, to: str, references: dict[str, Any], once: str = "") -> StagedMail:
    """Stage a mail inside the caller's transaction and ask for it to be sent after commit.

    `once` makes it idempotent: the same kind, mailbox and `once` are one mail, however often it is staged.
    """
    if kind not in _writers:
        raise LookupError(f"no writer for mails of kind {kind}")
    token = uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.PUBLIC_URL}/{kind}/{to}/{once}") if once else uuid.uuid4()
    message_id = f"<{token}@{urlsplit(settings.PUBLIC_URL).hostname}>"
    staged, new = StagedMail.objects.get_or_create(
        message_id=message_id, defaults={"kind": kind, "to": to, "references": references}
    )
    if new:
        from phereclos.ledger.tasks import send_mail

        transaction.on_commit(lambda: send_mail.enqueue(staged.pk))
    return staged


def send(staged_id: int) -> bool:
    """Send one staged mail if it is due; returns whether it went out now. Safe to call again and by two workers.

    Without a mail server it waits, and the try does not count.
    """
    if not settings.MAIL_CONFIGURED:
        return False
    with transaction.atomic():
        staged = StagedMail.objects.select_for_update(no_key=True).get(pk=staged_id)
        if staged.sent_at or staged.parked_reason or staged.not_before > timezone.now():
            return False
        # Reserved before it is sent: a second worker waits, and a crash in between only means a repeat later.
        staged.tries += 1
        staged.not_before = timezone.now() + timedelta(minutes=2**staged.tries)
        staged.save(update_fields=["tries", "not_before"])
    try:
        written = _writers[staged.kind](**staged.references)
        if written is not None:
            _deliver(staged, written)
    except Exception as error:  # any mail server, any template: the mail waits and the reason is kept
        logger.warning("mail %s did not go out: %s", staged.pk, type(error).__name__)
        if staged.tries >= MOST_TRIES:
            StagedMail.objects.filter(pk=staged.pk).update(
                parked_reason=f"{staged.tries} tries, {type(error).__name__}"
            )
        return False
    StagedMail.objects.filter(pk=staged.pk).update(sent_at=timezone.now())
    return True


def forget(mailbox: str) -> None:
    """Remove every trace of a mailbox: mails that wait for it, and the record of those it got."""
    StagedMail.objects.filter(to__iexact=mailbox).delete()
    DemonstrationMail.objects.filter(to__icontains=mailbox).delete()


def due() -> list[int]:
    """Keys of mails that wait and may be tried now; none while there is no mail server."""
    if not settings.MAIL_CONFIGURED:
        return []
    waiting = StagedMail.objects.filter(sent_at=None, parked_reason="", not_before__lte=timezone.now())
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:500])


def send_due() -> None:
    """Try what is due, but not for long: after a few failures in a row, or some seconds, the rest waits its turn."""
    began, failures = time.monotonic(), 0
    for staged_id in due():
        if failures >= MOST_FAILURES_IN_A_ROW or time.monotonic() - began > LONGEST_SWEEP:
            return
        failures = 0 if send(staged_id) else failures + 1


def _deliver(staged: StagedMail, written: Mail) -> None:
    headers = {"Message-ID": staged.message_id, "Auto-Submitted": "auto-generated"}
    if written.unsubscribe:
        headers["List-Unsubscribe"] = f"<{written.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMessage(
        subject=" ".join(written.subject.split()),
        body=written.body,
        to=[staged.to],
        reply_to=[written.reply_to] if written.reply_to else None,
        headers=headers,
    )
    message.send()
