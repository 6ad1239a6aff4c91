"""Which texts wait for the coordinator (threats: spam in a need)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from phereclos.exchange import actions
from phereclos.exchange.models import Need
from phereclos.exchange.reading import holds_contact
from tests.cast import Cast
from tests.exchange import making

HOLD = [
    "See https://spam.example/x",
    "see WWW.spam.example",
    "write to me@spam.example",
    "cheap at spam.shop",
    "call +43 660 123 45 67",
    "call 0660/1234567",
    "(0660) 123-45-67",
]
FINE = ["24 children, 10 to 12", "on 18.1.2027 or 20.01.2027", "from 9:30 to 11:00", "about 60 euros", "2026/27"]


@pytest.mark.parametrize("text", HOLD)
def test_links_mailboxes_and_numbers_are_seen(text: str) -> None:
    assert holds_contact([text])


@pytest.mark.parametrize("text", FINE)
def test_dates_and_amounts_are_not_taken_for_numbers(text: str) -> None:
    assert not holds_contact([text])


def test_a_young_organisations_link_waits_and_is_released_by_the_coordinator(cast: Cast) -> None:
    need = making.need(cast, question="Look at https://spam.example first.")
    stranger, dora = cast.client(None), cast.client(cast.dora)

    assert need.is_held
    assert stranger.get(need.get_absolute_url()).status_code == 404
    assert cast.client(cast.alice).get(f"/exchange/needs/{need.pk}/ask/").status_code == 404
    assert dora.get(need.get_absolute_url()).status_code == 200
    assert dora.post(f"/exchange/needs/{need.pk}/release/").status_code == 302
    assert stranger.get(need.get_absolute_url()).status_code == 200


def test_an_old_organisation_may_name_a_link(cast: Cast) -> None:
    making.old(cast.school)
    cast.alice.refresh_from_db()
    assert not making.need(cast, question="Look at https://museum.example first.").is_held


def test_the_same_text_again_and_again_waits(cast: Cast) -> None:
    needs = [making.need(cast) for _ in range(10)]
    assert [need.is_held for need in needs] == [False] * 3 + [True] * 7


def test_changing_a_posted_need_into_spam_takes_it_off_the_board(cast: Cast) -> None:
    need = making.need(cast)
    fields = {**making.NEED, "cluster": cast.cluster, "question": "www.spam.example"}
    actions.save_need(by=cast.alice, fields=fields, post=False, need=need, version=need.version)
    assert not Need.objects.public().filter(pk=need.pk).exists()


def test_a_held_offer_waits_too(cast: Cast) -> None:
    offer = making.offer(cast, what="Call 0660 1234567")
    assert cast.client(None).get(offer.get_absolute_url()).status_code == 404
    assert cast.client(cast.dora).post(f"/exchange/offers/{offer.pk}/release/").status_code == 302
    assert cast.client(None).get(offer.get_absolute_url()).status_code == 200


def test_age_of_an_organisation_counts_from_the_word_given_for_it(cast: Cast) -> None:
    cast.museum.vouched_at = timezone.now() - timedelta(days=29)
    cast.museum.save()
    cast.charlie.refresh_from_db()
    assert making.offer(cast, what="www.museum.example").is_held
