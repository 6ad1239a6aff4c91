"""The demonstration's mail server: keeps mails to be looked at instead of sending them."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from phereclos.ledger.models import DemonstrationMail


class EmailBackend(BaseEmailBackend):
    """Used in demonstration mode only; see settings.EMAIL_BACKEND."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            DemonstrationMail.objects.create(
                to=", ".join(message.to),
                subject=str(message.subject),
                body=str(message.body),
                message_id=message.extra_headers.get("Message-ID", ""),
            )
        return len(email_messages)
