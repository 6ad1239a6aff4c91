"""Posting, drafts, copies, closing; lost updates and double clicks."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from phereclos.exchange import actions
from phereclos.exchange.errors import NotDone, NotVouched, Stale
from phereclos.exchange.models import Need, Offer
from tests.cast import Cast, organisation, person, represent
from tests.exchange import making


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {**making.NEED_FORM, "cluster": cast.cluster.pk, "once": str(uuid.uuid4()), **changes}


def test_a_need_is_posted_and_stands_on_the_board(cast: Cast) -> None:
    answer = cast.client(cast.alice).post("/exchange/needs/new/", form(cast))
    need = Need.objects.get()

    assert answer.status_code == 302
    assert (need.state, need.ages_from, need.ages_until, need.author) == ("open", 10, 12, cast.alice)
    assert need.title in cast.client(None).get("/exchange/").content.decode()


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(cast: Cast) -> None:
    wrong = form(cast, group_size="many", earliest="2027-01-18", latest="2027-01-15", ages=[])
    answer = cast.client(cast.alice).post("/exchange/needs/new/", wrong)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Write a number, for example 24" in page
    assert "lies before the first" in page
    assert "Choose at least one age group" in page
    assert making.NEED["question"] in page
    assert not Need.objects.exists()


@pytest.mark.parametrize("name", ["earliest", "latest"])
def test_days_that_have_passed_are_refused_and_drafts_may_wait(cast: Cast, name: str) -> None:
    client, sent = cast.client(cast.alice), form(cast, **{name: "2020-01-15"})
    answer = client.post("/exchange/needs/new/", sent)
    assert answer.status_code == 422
    assert "This day has passed" in answer.content.decode()
    assert client.post("/exchange/needs/new/", {**sent, "draft": "1"}).status_code == 302


def test_one_mistake_is_one_sentence(cast: Cast) -> None:
    wrong = form(cast, group_size="-5", title="a" * 121)
    page = cast.client(cast.alice).post("/exchange/needs/new/", wrong).content.decode()
    assert page.count('field__error">') == 2
    assert "at most 120 letters" in page
    assert "a" * 121 in page


def test_a_draft_needs_a_title_only_and_only_its_organisation_sees_it(cast: Cast) -> None:
    sent = {
        "title": "Later",
        "setting": "formal",
        "subject": "science",
        "place_choice": "here",
        "cluster": cast.cluster.pk,
    }
    answer = cast.client(cast.alice).post("/exchange/needs/new/", {**sent, "draft": "1"})
    need = Need.objects.get()

    assert answer.status_code == 302
    assert need.state == "draft"
    assert cast.client(cast.bob).get(need.get_absolute_url()).status_code == 200
    for other in (None, cast.charlie, cast.dora, cast.erin):
        assert cast.client(other).get(need.get_absolute_url()).status_code == 404


def test_a_draft_is_finished_later(cast: Cast) -> None:
    need = making.need(cast, post=False)
    answer = cast.client(cast.bob).post(f"/exchange/needs/{need.pk}/edit/", form(cast, version=need.version))
    need.refresh_from_db()
    assert (answer.status_code, need.state) == (302, "open")


def test_twice_the_same_form_is_one_need(cast: Cast) -> None:
    client, sent = cast.client(cast.alice), form(cast)
    first, second = client.post("/exchange/needs/new/", sent), client.post("/exchange/needs/new/", sent)
    assert first["Location"] == second["Location"]
    assert Need.objects.count() == 1


def test_the_back_button_with_another_text_asks_first_and_posts_a_second_then(cast: Cast) -> None:
    client, sent = cast.client(cast.alice), form(cast)
    client.post("/exchange/needs/new/", sent)
    changed = client.post("/exchange/needs/new/", {**sent, "title": "Another"})
    page = changed.content.decode()

    assert changed.status_code == 409
    assert "posted already" in page
    client.post("/exchange/needs/new/", {**sent, "title": "Another", "once": making.hidden(page, "once")})
    assert Need.objects.count() == 2


def test_a_colleagues_change_is_shown_and_not_overwritten(cast: Cast) -> None:
    need = making.need(cast)
    opened_with = need.version
    cast.client(cast.bob).post(f"/exchange/needs/{need.pk}/edit/", form(cast, title="Bob's", version=opened_with))
    answer = cast.client(cast.alice).post(
        f"/exchange/needs/{need.pk}/edit/", form(cast, title="Alice's", version=opened_with)
    )
    need.refresh_from_db()

    assert answer.status_code == 409
    assert "Bob&#x27;s" in answer.content.decode()
    assert "Alice&#x27;s" in answer.content.decode()
    assert need.title == "Bob's"
    with pytest.raises(Stale):
        actions.save_need(by=cast.alice, fields={"title": "x"}, post=False, need=need, version=opened_with)


def test_unvouched_organisations_have_drafts_only(cast: Cast) -> None:
    newcomer = represent(person("Frank"), organisation("New School", "school", vouched=False))
    fields = {**making.NEED, "cluster": cast.cluster}

    with pytest.raises(NotVouched):
        actions.save_need(by=newcomer, fields=fields, post=True)
    draft = actions.save_need(by=newcomer, fields=fields, post=False)
    assert draft.state == "draft"
    assert Need.objects.count() == 1


def test_a_copy_is_a_draft_without_days(cast: Cast) -> None:
    need = making.need(cast, earliest=making.SOME_DAY, latest=making.SOME_DAY)
    key = {"once": str(uuid.uuid4())}
    client = cast.client(cast.bob)
    first = client.post(f"/exchange/needs/{need.pk}/copy/", key)
    again = client.post(f"/exchange/needs/{need.pk}/copy/", key)
    copy = Need.objects.exclude(pk=need.pk).get()

    assert first["Location"] == again["Location"]
    assert (copy.state, copy.question, copy.earliest, copy.author) == ("draft", need.question, None, cast.bob)


def test_a_closed_need_leaves_the_board_and_is_not_changed(cast: Cast) -> None:
    need = making.need(cast)
    cast.client(cast.alice).post(f"/exchange/needs/{need.pk}/close/")
    answer = cast.client(cast.alice).post(f"/exchange/needs/{need.pk}/edit/", form(cast, version=1))

    assert answer.status_code == 409
    assert cast.client(None).get(need.get_absolute_url()).status_code == 404
    assert cast.client(cast.bob).get(need.get_absolute_url()).status_code == 200


def test_a_need_with_an_open_request_is_not_closed(cast: Cast) -> None:
    request = making.request(cast)
    with pytest.raises(NotDone):
        actions.close_need(by=cast.alice, need=request.need)


def test_an_offer_is_paused_and_opened_again(cast: Cast) -> None:
    offer = making.offer(cast)
    client, address = cast.client(cast.charlie), f"/exchange/offers/{offer.pk}/state/"

    client.post(address, {"state": "paused"})
    assert not Offer.objects.public().exists()
    client.post(address, {"state": "open"})
    assert Offer.objects.public().exists()
    assert client.post(address, {"state": "draft"}).status_code == 404


def test_an_offer_is_posted_by_its_form(cast: Cast) -> None:
    sent = {key: value for key, value in making.OFFER.items() if not key.startswith("ages")} | {
        "ages": ["7-9", "10-12"]
    }
    assert cast.client(cast.charlie).post("/exchange/offers/new/", sent).status_code == 302
    offer = Offer.objects.get()
    assert (offer.ages_from, offer.ages_until, offer.organisation) == (7, 12, cast.museum)


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\u202eb"])
def test_control_characters_are_refused(cast: Cast, text: str) -> None:
    answer = cast.client(cast.alice).post("/exchange/needs/new/", form(cast, question=text))
    assert answer.status_code == 422


def test_extra_members_of_a_form_change_nothing(cast: Cast) -> None:
    extra = {"state": "matched", "organisation": cast.museum.pk, "author": cast.charlie.pk, "extra_open_allowed": 3}
    cast.client(cast.alice).post("/exchange/needs/new/", form(cast, **extra))
    need = Need.objects.get()
    assert (need.state, need.organisation, need.author, need.extra_open_allowed) == ("open", cast.school, cast.alice, 0)


def test_a_cluster_one_does_not_belong_to_is_refused(cast: Cast) -> None:
    answer = cast.client(cast.erin).post("/exchange/needs/new/", form(cast))
    assert answer.status_code == 422
    assert not Need.objects.exists()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_days_out_of_reach_are_refused(cast: Cast, day: str) -> None:
    answer = cast.client(cast.alice).post("/exchange/needs/new/", form(cast, earliest=day, latest=day))
    assert answer.status_code == 422
    assert "Look at the year again" in answer.content.decode()


def test_a_need_of_an_organisation_that_left_the_cluster_is_seen_and_sent_no_more(cast: Cast) -> None:
    need = making.need(cast)
    assert list(Need.objects.public()) == [need]
    cast.cluster.memberships.filter(organisation=cast.school).update(state="left")
    assert not Need.objects.public().exists()
    assert cast.client(None).get(need.get_absolute_url()).status_code == 404
    with pytest.raises(NotDone):
        making.request(cast, need=need)
