"""Every address of the exchange and everybody of the cast: allowed, or the same 404 as for what is not there."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

import pytest

from phereclos.exchange import actions
from phereclos.exchange.models import Answer, Need, Offer, Request
from phereclos.exchange.urls import urlpatterns
from tests.cast import Cast, represent
from tests.exchange import making

PEOPLE = ("alice", "bob", "charlie", "dora", "erin", "stranger")
EVERYBODY = set(PEOPLE)
SCHOOL, MUSEUM, COORDINATOR = {"alice", "bob"}, {"charlie"}, {"dora"}
SIGNED_IN = EVERYBODY - {"stranger"}


@dataclass
class Things:
    need: Need
    draft: Need
    held: Need
    offer: Offer
    held_offer: Offer
    offer_draft: Offer
    request: Request
    question: int
    objection: int


@pytest.fixture
def things(cast: Cast) -> Things:
    need, offer = making.need(cast), making.offer(cast)
    asked = making.request(cast, need=need, offer=offer)
    question = actions.ask_question(request=asked, by=cast.charlie, text="How loud?", tell=False)
    answered = making.request(cast, need=making.need(cast, question="Another?"))
    actions.answer_request(request=answered, by=cast.charlie, kind=Answer.Kind.DECLINE, tell=False)
    return Things(
        need=need,
        draft=making.need(cast, post=False),
        held=making.need(cast, question="www.spam.example"),
        offer=offer,
        held_offer=making.offer(cast, what="www.spam.example"),
        offer_draft=making.offer(cast, post=False),
        request=asked,
        question=question.pk,
        objection=actions.object_to_answer(request=answered, by=cast.charlie, tell=False).pk,
    )


# name of the address: (which thing, who gets past the gate). Links in mails have their own tests.
CELLS: dict[str, list[tuple[str, str, set[str]]]] = {
    "GET": [
        ("", "", EVERYBODY),
        ("mine/", "", SIGNED_IN),
        ("needs/new/", "", SIGNED_IN),
        ("needs/{need}/", "need", EVERYBODY),
        ("needs/{draft}/", "draft", SCHOOL),
        ("needs/{held}/", "held", SCHOOL | COORDINATOR),
        ("needs/{need}/edit/", "need", SCHOOL),
        ("needs/{held}/ask/", "held", set()),
        ("needs/{need}/ask/", "need", SCHOOL),
        ("offers/new/", "", SIGNED_IN),
        ("offers/{offer}/", "offer", EVERYBODY),
        ("offers/{offer_draft}/", "offer_draft", MUSEUM),
        ("offers/{held_offer}/", "held_offer", MUSEUM | COORDINATOR),
        ("offers/{offer}/edit/", "offer", MUSEUM),
        ("requests/{request}/", "request", SCHOOL | MUSEUM | COORDINATOR),
    ],
    "POST": [
        ("needs/new/", "", SIGNED_IN),
        ("needs/{need}/edit/", "need", SCHOOL),
        ("mine/mails/", "", SIGNED_IN),
        ("needs/{need}/help/", "need", MUSEUM | COORDINATOR),
        ("needs/{held}/help/", "held", set()),
        ("needs/{need}/copy/", "need", SCHOOL),
        ("needs/{need}/close/", "need", SCHOOL),
        ("needs/{need}/ask/", "need", SCHOOL),
        ("needs/{held}/release/", "held", COORDINATOR),
        ("needs/{draft}/release/", "draft", set()),
        ("needs/{need}/allow-more/", "need", COORDINATOR),
        ("offers/new/", "", SIGNED_IN),
        ("offers/{offer}/edit/", "offer", MUSEUM),
        ("offers/{offer}/copy/", "offer", MUSEUM),
        ("offers/{offer}/state/", "offer", MUSEUM),
        ("offers/{held_offer}/release/", "held_offer", COORDINATOR),
        ("requests/{request}/answer/", "request", MUSEUM),
        ("requests/{request}/questions/{question}/reply/", "request", SCHOOL),
        ("requests/{request}/withdraw/", "request", SCHOOL),
        ("requests/{request}/date/", "request", SCHOOL),
        ("requests/{request}/objections/{objection}/settle/", "request", set()),  # the objection is another request's
    ],
}

# They are nobody's own and links for everybody lead there: a signed-out visitor is shown the way in.
DOORS = {"needs/new/", "offers/new/"}


def client_of(cast: Cast, who: str) -> Any:
    return cast.client(None if who == "stranger" else getattr(cast, who))


def path_of(template: str, things: Things) -> str:
    keys = {
        name: getattr(things, name).pk for name in ("need", "draft", "held", "offer", "held_offer", "offer_draft")
    }  # fmt: skip
    keys |= {"request": things.request.uid, "question": things.question, "objection": things.objection}
    return f"/exchange/{template.format(**keys)}"


def absent_path_of(template: str) -> str:
    numbers = ("need", "draft", "held", "offer", "held_offer", "offer_draft", "question", "objection")
    return f"/exchange/{template.format(request=uuid.uuid4(), **dict.fromkeys(numbers, 999_999))}"


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_cell(cast: Cast, things: Things, method: str, who: str) -> None:
    client = client_of(cast, who)
    before = list(Request.objects.order_by("pk").values())
    for template, thing, allowed in CELLS[method]:
        # Nothing is sent along, so an allowed form answers 422 and an allowed button acts: refusals are tried first.
        if who in allowed:
            continue
        response = client.generic(method, path_of(template, things))
        if who == "stranger" and template in DOORS:
            assert response.headers["Location"].startswith("/accounts/login/?next="), (method, template)
            continue
        assert response.status_code == 404, (who, method, template)
        if thing:
            absent = client.generic(method, absent_path_of(template))
            assert without_number(absent) == without_number(response), (who, template)
    assert list(Request.objects.order_by("pk").values()) == before
    for template, _thing, allowed in CELLS[method]:
        if who in allowed:
            response = client.generic(method, path_of(template, things))
            assert response.status_code in (200, 302, 404 if "state" in template else 200, 422), (who, method, template)


def without_number(response: Any) -> str:
    """The page without the number to quote."""
    return re.sub(r"[0-9a-f]{8}", "", response.content.decode())


def test_reading_rights_do_not_write(cast: Cast, things: Things) -> None:
    """An address that shows a page answers other verbs with 405."""
    for who in ("alice", "charlie", "dora"):
        client = client_of(cast, who)
        for template in ("", "mine/", "needs/{need}/", "offers/{offer}/", "requests/{request}/"):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                assert client.generic(method, path_of(template, things)).status_code == 405, (who, method, template)


def test_no_address_is_missing_from_the_table() -> None:
    described = {template.split("{")[0] for cells in CELLS.values() for template, _thing, _who in cells}
    behind_links = {"answer/", "date/", "object/", "stop-mails/"}
    for pattern in urlpatterns:
        start = str(pattern.pattern).split("<")[0]
        assert start in described | behind_links, pattern


def test_acting_for_one_organisation_nothing_of_the_other_is_changed(cast: Cast, things: Things) -> None:
    """Bob represents the school and, later, the museum: he acts for one of them at a time."""
    represent(cast.bob.person, cast.museum)
    client = cast.client(cast.bob)
    assert client.get(path_of("offers/{offer}/edit/", things)).status_code == 404
    assert client.post(path_of("requests/{request}/answer/", things), {"choice": "decline"}).status_code == 404
