"""The board: who stands on it, words, facets, pages, queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from phereclos.exchange.models import Need, Offer
from tests.cast import Cast
from tests.exchange import making


def test_an_empty_board_says_what_to_do(cast: Cast) -> None:
    assert "Ask your schools for one question each" in cast.client(None).get("/exchange/").content.decode()


def test_words_ages_settings_and_fields_narrow_it(cast: Cast) -> None:
    making.need(cast)
    making.need(
        cast,
        title="Paper boats",
        topic="buoyancy",
        question="Why do they float?",
        ages_from=4,
        ages_until=6,
        setting="informal",
    )
    board = cast.client(None)

    def titles(query: str) -> list[bool]:
        page = board.get(f"/exchange/?{query}").content.decode()
        return ["bridge hum" in page, "Paper boats" in page]

    assert titles("") == [True, True]
    assert titles("q=lorries") == [True, False]
    assert titles("q=Saltgate") == [True, True]
    assert titles("age=3-6") == [False, True]
    assert titles("age=3-6&age=10-12") == [True, True]
    assert titles("setting=formal") == [True, False]
    assert titles("subject=arts") == [False, False]
    assert titles("setting=nonsense&age=99&page=x") == [True, True]


def test_drafts_and_closed_clusters_are_not_on_it(cast: Cast) -> None:
    making.need(cast, post=False)
    making.offer(cast, post=False)
    open_need = making.need(cast, title="Open one")
    cast.cluster.state = "draft"
    cast.cluster.save()
    page = cast.client(None).get("/exchange/").content.decode()
    assert open_need.title not in page


def test_what_can_no_longer_happen_is_not_on_it(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    making.need(cast, title="Too late")
    making.offer(cast, title="Too late as well")
    today = making.need(cast, title="Just in time", latest=timezone.localdate())
    Need.objects.exclude(pk=today.pk).update(latest=yesterday)
    Offer.objects.update(latest=yesterday)
    client = cast.client(None)
    page = client.get("/exchange/").content.decode() + client.get("/exchange/?show=offers").content.decode()
    assert "Too late" not in page
    assert "Just in time" in page


def test_odd_words_do_no_harm(cast: Cast) -> None:
    for words in ("%", "_", "'", "\x00", "<script>", "a" * 5000):
        assert cast.client(None).get("/exchange/", {"q": words}).status_code == 200


@pytest.mark.parametrize("show", ["needs", "offers"])
def test_a_full_board_stays_within_few_queries(cast: Cast, django_assert_max_num_queries: Any, show: str) -> None:
    for number in range(30):
        making.need(cast, title=f"Need {number}", question=f"Question {number}?")
        making.offer(cast, title=f"Offer {number}", what=f"What {number}")
    client = cast.client(None)
    client.get("/exchange/")
    with django_assert_max_num_queries(8):
        page = client.get(f"/exchange/?show={show}&page=2")
    assert page.status_code == 200
