"""Which texts a coordinator reads before anybody else: those of young organisations with contacts or repeats. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

YOUNG_FOR = timedelta(days=30)
SAME_TEXT_AT_MOST = 3
CONTACT = re.compile(
    r"""https?://|www\.|[\w.+-]+@[\w-]+\.\w       # addresses of pages and mailboxes
      | \b[\w-]+\.(?:com|net|org|info|biz|shop|io|eu|at|de)\b
      | (?:\+|\b0|\(0)[\d\s()/.-]{6,}\d           # telephone numbers
    """,
    re.IGNORECASE | re.VERBOSE,
)


def holds_contact(texts: Iterable[str]) -> bool:
    """Whether a link, mailbox or telephone number stands in one of the texts."""
    return any(CONTACT.search(text) for text in texts)


def must_be_read_first(*, vouched_at: datetime | None, now: datetime, texts: Iterable[str], same_before: int) -> bool:
    """Whether a text waits for the coordinator: its organisation is young, and it holds a contact or is one of many."""
    young = vouched_at is None or now - vouched_at < YOUNG_FOR
    return young and (same_before >= SAME_TEXT_AT_MOST or holds_contact(texts))
