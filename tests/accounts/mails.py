"""Reading the mails that a test caused."""

from __future__ import annotations

import re

from django.core import mail


def code_in(message: mail.EmailMessage) -> str:
    """The code that stands alone on its line."""
    found = re.search(r"^    ([A-Z]{4}-[A-Z]{4})$", str(message.body), re.MULTILINE)
    assert found, message.body
    return found[1]


def newest() -> mail.EmailMessage:
    return mail.outbox[-1]
