"""From the accepted request to lanes, moves, cancellations and the calendar file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.dispatch import receiver
from django.utils import timezone
from icalendar import Calendar

from phereclos.activities import actions
from phereclos.activities.errors import NotDone, Stale
from phereclos.activities.models import Activity, Lane
from phereclos.exchange import actions as exchange
from phereclos.exchange.models import Answer, Request
from phereclos.exchange.signals import request_accepted
from phereclos.ledger import sweep
from phereclos.ui.templatetags.ui import day
from tests.activities import making
from tests.cast import Cast
from tests.exchange import making as exchange_making
from tests.exchange.making import YEAR


def texts(lane: Lane, phase: str) -> list[str]:
    return [step.text for step in lane.steps.filter(phase=phase)]


def test_an_accepted_request_is_an_activity_with_a_lane_for_each_side(cast: Cast) -> None:
    activity = making.planned(cast, offer=exchange_making.offer(cast))
    asks, answers = activity.lanes.all()

    assert (activity.title, activity.state, activity.cluster) == ("Why does the bridge hum?", "planned", cast.cluster)
    assert (asks.organisation, answers.organisation) == (cast.school, cast.museum)
    assert "Tell the partner what the group needs: Two of us use a wheelchair." in texts(asks, "before")
    assert texts(answers, "during") == ["“Read the harbour gauge”"]
    assert [event.kind for event in activity.events.all()] == ["agreed"]


def test_planning_twice_is_one_activity(cast: Cast) -> None:
    activity = making.planned(cast)
    assert actions.plan_activity(request=activity.request, by=cast.charlie) == activity
    assert Activity.objects.count() == 1


def test_an_answer_whose_activity_fails_is_not_kept(cast: Cast) -> None:
    """Answer and activity stand or fall together."""
    request = exchange_making.request(cast)

    @receiver(request_accepted)
    def fail(**_more: object) -> None:
        raise RuntimeError("no")

    try:
        with pytest.raises(RuntimeError):
            exchange.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.ACCEPT)
    finally:
        request_accepted.disconnect(fail)
    assert Request.objects.get().state == "sent"
    assert not Answer.objects.exists()
    assert not Activity.objects.exists()


def test_each_side_writes_its_own_lane(cast: Cast) -> None:
    activity = making.planned(cast)
    lane = activity.lanes.get(organisation=cast.museum)
    sent = {
        "version": lane.version,
        "before": "Charge the meter\n\n  Fill the basin  ",
        "during": "",
        "after": "Rinse it",
    }
    assert cast.client(cast.charlie).post(f"{activity.get_absolute_url()}lane/", sent).status_code == 302

    assert texts(lane, "before") == ["Charge the meter", "Fill the basin"]
    assert texts(lane, "during") == []
    assert texts(activity.lanes.get(organisation=cast.school), "after")[0] == "Confirm the head count"


def test_a_colleagues_lane_is_shown_and_not_overwritten(cast: Cast) -> None:
    """Threats: lost update."""
    activity = making.planned(cast)
    address = f"{activity.get_absolute_url()}lane/"
    bobs = {"version": 1, "before": "Bob's step", "during": "", "after": ""}
    alices = {"version": 1, "before": "Alice's step", "during": "", "after": ""}
    cast.client(cast.bob).post(address, bobs)
    refused = cast.client(cast.alice).post(address, alices)
    page = refused.content.decode()
    lane = activity.lanes.get(organisation=cast.school)

    assert refused.status_code == 409
    assert "Bob&#x27;s step" in page
    assert "Alice&#x27;s step" in page
    assert texts(lane, "before") == ["Bob's step"]
    again = {**alices, "version": exchange_making.hidden(page, "version")}
    assert cast.client(cast.alice).post(address, again).status_code == 302
    assert texts(lane, "before") == ["Alice's step"]


@pytest.mark.parametrize("text", ["x" * 301, "\n".join("step" for _ in range(21)), "a\x07b"])
def test_steps_too_long_too_many_or_unprintable_are_refused(cast: Cast, text: str) -> None:
    activity = making.planned(cast)
    sent = {"version": 1, "before": text, "during": "", "after": ""}
    assert cast.client(cast.alice).post(f"{activity.get_absolute_url()}lane/", sent).status_code == 422


def test_moving_tells_the_other_side_and_stays_on_record(cast: Cast) -> None:
    activity = making.planned(cast)
    exchange_making.send_mails()
    sent = {
        "revision": 1,
        "starts": f"{YEAR}-02-01T10:00",
        "ends": f"{YEAR}-02-01T12:00",
        "place": "Quay 3",
        "reason": "The tide",
    }
    address = f"{activity.get_absolute_url()}move/"
    first = cast.client(cast.charlie).post(address, sent)
    second = cast.client(cast.alice).post(
        address, {**sent, "starts": f"{YEAR}-02-02T10:00", "ends": f"{YEAR}-02-02T12:00"}
    )
    activity.refresh_from_db()

    assert (first.status_code, second.status_code) == (302, 409)
    assert (activity.starts.isoformat(), activity.place, activity.revision) == (
        f"{YEAR}-02-01T10:00:00+00:00",
        "Quay 3",
        2,
    )
    assert [(mail.to, mail.subject) for mail in exchange_making.send_mails()] == [
        (["alice@example.org"], "Moved: “Why does the bridge hum?”")
    ]
    assert activity.events.get(kind="moved").reason == "The tide"


@pytest.mark.parametrize(
    "changes",
    [
        {"ends": f"{YEAR}-02-01T09:00"},
        {"reason": ""},
        {"starts": "2001-01-01T10:00"},
        {"starts": "9999-12-31T23:59", "ends": "9999-12-31T23:59"},
        {"starts": "soon"},
        {"revision": "x"},
    ],
)
def test_a_move_that_cannot_be_is_refused(cast: Cast, changes: dict[str, str]) -> None:
    activity = making.planned(cast)
    sent = {
        "revision": 1,
        "starts": f"{YEAR}-02-01T10:00",
        "ends": f"{YEAR}-02-01T12:00",
        "place": "",
        "reason": "x",
        **changes,
    }
    assert cast.client(cast.alice).post(f"{activity.get_absolute_url()}move/", sent).status_code == 422


def test_what_is_soon_stands_on_the_desk_with_its_day(cast: Cast) -> None:
    start = timezone.now().replace(hour=9, minute=30) + timedelta(days=3)
    making.planned(cast, start=start)
    page = cast.client(cast.alice).get("/me/").content.decode()
    assert f"On {day(start, 'week')}, 09:30." in page
    assert f"Until {day(start, 'week')}" not in page


def test_cancelling_needs_a_reason_and_keeps_it(cast: Cast) -> None:
    activity = making.planned(cast)
    client, address = cast.client(cast.alice), f"{activity.get_absolute_url()}cancel/"

    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Flu"}).status_code == 302
    assert client.post(address, {"reason": "Flu"}).status_code == 302
    activity.refresh_from_db()
    assert activity.state == "cancelled"
    assert activity.events.filter(kind="cancelled").count() == 1
    with pytest.raises(NotDone):
        actions.write_lane(by=cast.alice, lane=activity.lanes.first(), steps={}, version=1)


def test_a_stale_move_says_what_stands_now(cast: Cast) -> None:
    activity = making.planned(cast)
    starts = timezone.now() + timedelta(days=30)
    move = {"starts": starts, "ends": starts + timedelta(hours=1), "place": "", "reason": "x"}
    actions.move_activity(by=cast.alice, activity=activity, revision=1, **move)
    with pytest.raises(Stale) as stale:
        actions.move_activity(by=cast.charlie, activity=activity, revision=1, **move)
    assert stale.value.current.starts == starts


def test_the_sweeper_asks_both_sides_for_their_count_once(cast: Cast) -> None:
    activity = making.over(cast)
    exchange_making.send_mails()
    sweep.run()
    sweep.run()
    mails = exchange_making.send_mails()
    activity.refresh_from_db()

    assert activity.state == "held"
    assert sorted(mail.to[0] for mail in mails) in ([], ["alice@example.org", "charlie@example.org"])
    assert actions.mark_held(activity=activity).state == "held"


def test_the_calendar_file_holds_one_event_and_nobodys_mailbox(cast: Cast) -> None:
    activity = making.planned(cast)
    response = cast.client(cast.bob).get(f"{activity.get_absolute_url()}activity.ics")
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="activity-{activity.uid.hex[:8]}.ics"'
    assert event["summary"] == activity.title
    assert event["dtstart"].dt == activity.starts.replace(tzinfo=None)
    assert b"example.org" not in response.content


@pytest.mark.parametrize(
    "title",
    [
        "a\r\nBEGIN:VALARM\r\nTRIGGER:-PT1M\r\nEND:VALARM",
        "a\nEND:VEVENT\nBEGIN:VEVENT",
        "a;b,c\\n",
        "ü" * 100,
        "a\u2028BEGIN:VALARM",
    ],
)
def test_a_title_cannot_put_anything_into_the_calendar_file(cast: Cast, title: str) -> None:
    """Threats: calendar injection."""
    activity = making.planned(cast)
    Activity.objects.filter(pk=activity.pk).update(title=title[:120], place=title[:120])
    content = cast.client(cast.bob).get(f"{activity.get_absolute_url()}activity.ics").content
    calendar = Calendar.from_ical(content)

    assert len(calendar.walk("VEVENT")) == 1
    assert calendar.walk("VALARM") == []
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\nBEGIN:VALARM" not in content
