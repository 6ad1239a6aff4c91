"""Head counts of both sides, differences, the coordinator's note, and what the public sees."""

from __future__ import annotations

import pytest

from phereclos.activities import actions, panels
from phereclos.activities.disclosure import rounded, shown
from phereclos.activities.errors import NotDone, TooEarly
from phereclos.activities.models import Activity, HeadCount
from phereclos.ledger.models import AuditEntry
from tests.activities import making
from tests.cast import Cast
from tests.exchange import making as exchange_making


def count(cast: Cast, who: object, activity: Activity, children: int, adults: int = 2) -> Activity:
    return actions.count_heads(by=who, activity=activity, children=children, adults=adults)  # type: ignore[arg-type]


def test_equal_counts_confirm_and_the_double_click_changes_nothing(cast: Cast) -> None:
    activity = making.over(cast)
    address = f"{activity.get_absolute_url()}confirm/"
    for who in (cast.alice, cast.alice, cast.charlie, cast.charlie):
        assert cast.client(who).post(address, {"children": 24, "adults": 2}).status_code == 302
    activity.refresh_from_db()

    assert (activity.state, activity.children, activity.adults) == ("confirmed", 24, 2)
    assert [event.kind for event in activity.events.all()] == ["agreed", "counted", "counted", "confirmed"]
    assert AuditEntry.objects.filter(verb="activities.confirm").count() == 1


def test_one_side_does_not_see_the_others_number_before_it_has_counted(cast: Cast) -> None:
    activity = making.over(cast)
    count(cast, cast.alice, activity, 137)
    assert "137" not in cast.client(cast.charlie).get(activity.get_absolute_url()).content.decode()
    assert "137" not in cast.client(cast.dora).get(activity.get_absolute_url()).content.decode()
    assert "137" in cast.client(cast.bob).get(activity.get_absolute_url()).content.decode()


def test_differing_counts_are_shown_to_both_and_the_coordinator_until_one_is_corrected(cast: Cast) -> None:
    activity = making.over(cast)
    exchange_making.send_mails()
    count(cast, cast.alice, activity, 124)
    count(cast, cast.charlie, activity, 142)
    told = sorted(mail.to[0] for mail in exchange_making.send_mails())

    assert told == ["alice@example.org", "charlie@example.org", "dora@example.org"]
    for who in (cast.alice, cast.charlie, cast.dora):
        page = cast.client(who).get(activity.get_absolute_url()).content.decode()
        assert "124" in page
        assert "142" in page
    assert cast.client(None).get(activity.get_absolute_url()).status_code == 404
    assert count(cast, cast.charlie, activity, 124).state == "confirmed"
    assert HeadCount.objects.count() == 2


def test_nobody_at_all_is_no_count(cast: Cast) -> None:
    activity = making.over(cast)
    answer = cast.client(cast.alice).post(f"{activity.get_absolute_url()}confirm/", {"children": 0, "adults": 0})
    assert answer.status_code == 422
    assert "Nobody at all?" in answer.content.decode()
    assert not HeadCount.objects.exists()


def test_before_the_day_there_is_no_form(cast: Cast) -> None:
    address = f"{making.planned(cast).get_absolute_url()}confirm/"
    page = cast.client(cast.alice).get(address).content.decode()
    assert "The day has not come yet" in page
    assert 'name="children"' not in page


def test_whoever_may_award_is_led_to_the_badges_after_a_confirmed_activity(cast: Cast) -> None:
    activity = making.over(cast)
    page = f"{activity.get_absolute_url()}"
    assert "/badges/issuing/" not in cast.client(cast.charlie).get(page).content.decode()
    for who in (cast.alice, cast.charlie):
        count(cast, who, activity, 24)
    assert "Give a badge for it" in cast.client(cast.charlie).get(page).content.decode()
    assert "Give a badge for it" not in cast.client(None).get(page).content.decode()


def test_a_confirmed_count_stands(cast: Cast) -> None:
    activity = making.over(cast)
    count(cast, cast.alice, activity, 24)
    count(cast, cast.charlie, activity, 24)
    response = cast.client(cast.alice).post(f"{activity.get_absolute_url()}confirm/", {"children": 30, "adults": 2})

    assert response.status_code == 409
    with pytest.raises(NotDone):
        count(cast, cast.charlie, activity, 30)
    with pytest.raises(NotDone):
        actions.cancel_activity(by=cast.alice, activity=activity, reason="x")


def test_the_coordinator_settles_with_a_note(cast: Cast) -> None:
    activity = making.over(cast)
    client, address = cast.client(cast.dora), f"{activity.get_absolute_url()}settle/"
    sent = {"children": 24, "adults": 2, "note": "A turned digit; the library agrees."}
    count(cast, cast.alice, activity, 24)
    assert client.post(address, sent).status_code == 409
    count(cast, cast.charlie, activity, 42)
    assert client.post(address, {**sent, "note": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    activity.refresh_from_db()

    assert (activity.state, activity.children, activity.count_note) == ("confirmed", 24, sent["note"])
    assert {(one.organisation.name, one.children) for one in activity.head_counts.all()} == {
        ("Saltgate Primary School", 24), ("Museum of Tides", 42),
    }  # fmt: skip


def test_heads_are_not_counted_before_the_day_nor_after_a_cancellation(cast: Cast) -> None:
    activity = making.planned(cast)
    with pytest.raises(TooEarly):
        count(cast, cast.alice, activity, 24)
    assert (
        cast.client(cast.alice).post(f"{activity.get_absolute_url()}confirm/", {"children": 1, "adults": 1}).status_code
        == 409
    )
    actions.cancel_activity(by=cast.alice, activity=activity, reason="Flu")
    with pytest.raises(NotDone):
        count(cast, cast.alice, activity, 24)


@pytest.mark.parametrize("children", ["", "-1", "many", "2001", "1e9", "9" * 400])
def test_what_is_not_a_count_is_refused(cast: Cast, children: str) -> None:
    activity = making.over(cast)
    address = f"{activity.get_absolute_url()}confirm/"
    assert cast.client(cast.alice).post(address, {"children": children, "adults": 1}).status_code == 422
    assert not HeadCount.objects.exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [(None, "not known"), (0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (1860, "1860")],
)
def test_small_counts_are_not_told_apart(number: int | None, words: str) -> None:
    assert shown(number) == words


@pytest.mark.parametrize(("total", "words"), [(0, "0"), (3, "fewer than 5"), (7, "5"), (8, "10"), (1862, "1,860")])
def test_sums_are_rounded_to_five(total: int, words: str) -> None:
    assert rounded(total) == words


def test_the_public_sees_a_confirmed_activity_without_plan_and_small_numbers(cast: Cast) -> None:
    activity = making.over(cast)
    count(cast, cast.alice, activity, 3)
    count(cast, cast.charlie, activity, 3)
    public = cast.client(None)
    page, listed = public.get(activity.get_absolute_url()), public.get("/activities/")

    for shown_page in (page, listed):
        assert shown_page.status_code == 200
        assert "fewer than 5" in shown_page.content.decode()
    assert "Alice" not in page.content.decode()
    assert "wheelchair" not in page.content.decode()
    assert "Room 7" not in page.content.decode()


def test_the_panel_counts_what_came_and_what_did_not(cast: Cast) -> None:
    assert panels.took_place(cast.cluster) is None
    for children in (12, 14):
        activity = making.over(cast, need=exchange_making.need(cast, question=f"{children}?"))
        count(cast, cast.alice, activity, children)
        count(cast, cast.charlie, activity, children)
    cancelled = making.over(cast, need=exchange_making.need(cast, question="Not?"))
    actions.cancel_activity(by=cast.alice, activity=cancelled, reason="Flu")
    panel = panels.took_place(cast.cluster)

    assert panel is not None
    assert [figure.number for figure in panel.figures] == ["2 of 3", "25"]
    assert "The others: 1 cancelled, 0 not yet confirmed." in panel.figures[0].rests_on
    happens = panels.what_happens(cast.cluster)
    assert len(happens.context["done"]) == 2
