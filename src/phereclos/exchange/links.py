"""The tokens of the exchange's mails: one purpose, one row, one end; and the proof a form from such a page carries.

The page behind a link works without cookies. So its form proves that it came from the page by a second token, signed
for the form alone: a page elsewhere that makes a browser post has no way to know it.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from phereclos.exchange.models import AnswerLink, Request
from phereclos.ledger import links
from phereclos.ledger.links import LinkRefused
from phereclos.organisations.models import Representative

OBJECT_FOR = timedelta(days=30)
STOP_FOR = timedelta(days=365)
PURPOSE_OF = {AnswerLink.Purpose.ANSWER: "answer", AnswerLink.Purpose.DATE: "date"}


def address(name: str, token: str, choice: str = "") -> str:
    """The whole address of a page behind a link, for a mail."""
    return f"{settings.PUBLIC_URL}{reverse(f'exchange:{name}', args=[token])}{f'?choice={choice}' if choice else ''}"


def token_of(link: AnswerLink) -> str:
    return links.make(purpose=PURPOSE_OF[AnswerLink.Purpose(link.purpose)], key=link.uid.hex, until=link.until)


def object_token(link: AnswerLink, answered_at: datetime) -> str:
    return links.make(purpose="object", key=link.uid.hex, until=answered_at + OBJECT_FOR)


def form_token(link: AnswerLink, purpose: str, until: datetime) -> str:
    """What the form on the page of this link must send back."""
    return links.make(purpose=f"{purpose}-form", key=link.uid.hex, until=until)


def is_from_its_page(link: AnswerLink, purpose: str, token: str) -> bool:
    """Whether a posted form came from the page of this very link."""
    try:
        return links.read(purpose=f"{purpose}-form", token=token) == link.uid.hex
    except LinkRefused:
        return False


def read(token: str, purpose: str) -> AnswerLink:
    """The link of a good token of who still represents. Raises LinkRefused, or LinkExpired with the key as text."""
    key = links.read(purpose=purpose, token=token)
    kind = AnswerLink.Purpose.DATE if purpose == "date" else AnswerLink.Purpose.ANSWER
    link = _of_key(key, kind)
    if link is None or link.representative.until is not None:
        # Who has left reads no names any more, and objects to nothing.
        raise LinkRefused("the row of this link is gone, or its representative has left")
    return link


def request_of_expired(key: str) -> Request | None:
    """The request of a rightly signed link whose time has passed: its page may say so."""
    link = (
        AnswerLink.objects.select_related("request__to", "request__need__organisation")
        .filter(uid__in=_uuids(key), representative__until=None)
        .first()
    )
    return link.request if link else None


def stop_token(representative: Representative, kind: str, now: datetime) -> str:
    key = f"{representative.pk}-{kind.replace('.', '_')}"
    return links.make(purpose="stop-mails", key=key, until=now + STOP_FOR)


def read_stop(token: str) -> tuple[int, str]:
    """Representative and kind of mail. Raises LinkRefused."""
    representative, kind = links.read(purpose="stop-mails", token=token).split("-", 1)
    return int(representative), kind.replace("_", ".", 1)


def _of_key(key: str, kind: AnswerLink.Purpose) -> AnswerLink | None:
    related = (
        "representative__person", "request__to", "request__offer", "request__sender__person",
        "request__need__organisation", "request__need__author__person", "request__need__cluster__coordinator",
    )  # fmt: skip
    return AnswerLink.objects.select_related(*related).filter(uid__in=_uuids(key), purpose=kind).first()


def _uuids(key: str) -> list[uuid.UUID]:
    """The key as a number, or nothing for what is none."""
    try:
        return [uuid.UUID(hex=key)]
    except ValueError:
        return []
