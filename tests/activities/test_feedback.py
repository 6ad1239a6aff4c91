"""Blind feedback: nothing of it can be learned before both are in or ten days have passed (threats: retaliation)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from phereclos.activities import actions
from phereclos.activities.errors import NotDone, TooEarly
from phereclos.activities.models import Activity, Feedback
from phereclos.organisations import desk
from tests.activities import making
from tests.cast import Cast
from tests.exchange import making as exchange_making

WORDS = {"again": "no", "went_well": "The canary sang.", "next_time": "Fewer canaries."}


def write(cast: Cast, who: Any, activity: Activity) -> Any:
    return cast.client(who).post(f"{activity.get_absolute_url()}feedback/", WORDS)


def page(cast: Cast, who: Any, activity: Activity) -> str:
    text = cast.client(who).get(activity.get_absolute_url()).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_the_other_side_sees_the_very_same_page_before_and_after_one_has_written(cast: Cast) -> None:
    activity = making.over(cast)
    actions.mark_held(activity=activity, tell=False)
    before = {who: page(cast, who, activity) for who in (cast.charlie, cast.dora)}
    tasks = desk.tasks_of(cast.charlie)
    exchange_making.send_mails()
    assert write(cast, cast.alice, activity).status_code == 302

    for who, shown in before.items():
        assert page(cast, who, activity) == shown
    assert desk.tasks_of(cast.charlie) == tasks
    assert exchange_making.send_mails() == []
    assert "The canary sang." in page(cast, cast.bob, activity)


def test_both_read_once_both_are_in(cast: Cast) -> None:
    activity = making.over(cast)
    write(cast, cast.alice, activity)
    actions.write_feedback(by=cast.charlie, activity=activity, again=Feedback.Again.YES, went_well="Quiet.")
    for who in (cast.alice, cast.charlie, cast.dora):
        assert "The canary sang." in page(cast, who, activity)
        assert "Quiet." in page(cast, who, activity)
        assert "Unread by the other" not in page(cast, who, activity)
    assert cast.client(None).get(activity.get_absolute_url()).status_code == 404


def test_after_ten_days_it_opens_and_closes_for_the_one_who_waited(cast: Cast) -> None:
    """Whoever waits to read first cannot write any more."""
    activity = making.over(cast, days=9)
    write(cast, cast.alice, activity)
    assert "canary" not in page(cast, cast.charlie, activity)
    Activity.objects.filter(pk=activity.pk).update(
        starts=activity.starts - timedelta(days=1), ends=activity.ends - timedelta(days=1)
    )
    assert "The canary sang." in page(cast, cast.charlie, activity)
    assert write(cast, cast.charlie, activity).status_code == 409


def test_it_is_written_once_and_only_after_the_day(cast: Cast) -> None:
    coming = making.planned(cast)
    assert write(cast, cast.alice, coming).status_code == 409
    with pytest.raises(TooEarly):
        actions.write_feedback(by=cast.alice, activity=coming, again=Feedback.Again.YES)
    activity = making.over(cast, need=exchange_making.need(cast, question="Another?"))
    assert write(cast, cast.alice, activity).status_code == 302
    assert write(cast, cast.bob, activity).status_code == 409
    assert Feedback.objects.count() == 1
    with pytest.raises(NotDone):
        actions.write_feedback(by=cast.bob, activity=activity, again=Feedback.Again.NO)


def test_public_pages_never_show_it(cast: Cast) -> None:
    activity = making.over(cast)
    for who in (cast.alice, cast.charlie):
        actions.count_heads(by=who, activity=activity, children=24, adults=2)
        write(cast, who, activity)
    for who in (None, cast.erin):
        assert "canary" not in page(cast, who, activity)
