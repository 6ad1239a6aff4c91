"""Needs, offers and requests for the tests, made by the same actions as everywhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core import mail as outbox
from django.utils import timezone

from phereclos.exchange import actions, links
from phereclos.exchange.models import AnswerLink, Need, Offer, Request
from phereclos.ledger import mail
from phereclos.organisations.models import Organisation
from tests.cast import Cast

YEAR = date.today().year + 1  # days in it have not passed and are in reach
NEED = {
    "title": "Why does the bridge hum?",
    "question": "Class 6a wants to know why the old bridge hums when lorries cross.",
    "subject": "science",
    "topic": "sound",
    "setting": "formal",
    "group_size": 24,
    "ages_from": 10,
    "ages_until": 12,
    "place_choice": "either",
    "place": "Room 7",
    "language": "English",
    "cost": "nothing",
    "access": "Two of us use a wheelchair.",
    "when_text": "Tuesdays before noon",
}
OFFER = {
    "title": "Read the harbour gauge",
    "what": "Real tide tables, a real gauge, and the question why they never quite agree.",
    "subject": "science",
    "topic": "tides",
    "setting": "non_formal",
    "group_size": 28,
    "ages_from": 9,
    "ages_until": 12,
    "place_choice": "here",
    "languages": "English",
    "minutes": 90,
    "cost": "none",
}
NEED_FORM = {
    key: value for key, value in NEED.items() if key not in {"ages_from", "ages_until"}
} | {"ages": ["10-12"]}  # fmt: skip


def old(organisation: Organisation) -> Organisation:
    """Vouched for long ago, so that nothing it writes is held back."""
    organisation.vouched_at = timezone.now() - timedelta(days=400)
    organisation.save()
    return organisation


def need(cast: Cast, *, post: bool = True, **fields: Any) -> Need:
    return actions.save_need(by=cast.alice, fields={**NEED, "cluster": cast.cluster, **fields}, post=post)


def offer(cast: Cast, *, post: bool = True, **fields: Any) -> Offer:
    return actions.save_offer(by=cast.charlie, fields={**OFFER, **fields}, post=post)


def in_two_weeks() -> datetime:
    return timezone.now().replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(days=14)


def request(cast: Cast, **more: Any) -> Request:
    """Alice's school asks Charlie's museum."""
    start = more.pop("start", None) or in_two_weeks()
    more.setdefault("to", cast.museum)
    more.setdefault("need", None)
    return actions.send_request(
        by=cast.alice, proposed_start=start, proposed_end=start + timedelta(minutes=90),
        **{**more, "need": more["need"] or need(cast)},
    )  # fmt: skip


def link(request: Request) -> AnswerLink:
    found = request.links.filter(purpose="answer").first()
    assert found is not None
    return found


def token(request: Request) -> str:
    return links.token_of(link(request))


def send_mails() -> list[Any]:
    """What the worker does; the mails that went out by it."""
    before = len(outbox.outbox)
    for staged in mail.due():
        mail.send(staged)
    return outbox.outbox[before:]


def paths_in(body: str) -> list[str]:
    """The paths of our own links in a mail."""
    return [
        f"{parts.path}?{parts.query}" if parts.query else parts.path
        for parts in (urlsplit(word) for word in body.split() if word.startswith("http://127.0.0.1:8000/"))
    ]


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    part = page.split(f'name="{name}"')[1].split(">")[0]
    return part.split('value="')[1].split('"')[0]


SOME_DAY = date(2027, 1, 18)
