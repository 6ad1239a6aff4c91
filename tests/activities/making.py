"""Activities for the tests, made from accepted requests like everywhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from phereclos.activities.models import Activity
from phereclos.exchange import actions
from phereclos.exchange.models import Answer
from tests.cast import Cast
from tests.exchange import making


def planned(cast: Cast, **more: Any) -> Activity:
    """In two weeks, Alice's school with Charlie's museum."""
    request = making.request(cast, tell=False, **more)
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.ACCEPT, tell=False)
    return Activity.objects.get(request=request)


def over(cast: Cast, days: int = 1, **more: Any) -> Activity:
    """It took place some days ago."""
    activity = planned(cast, **more)
    activity.starts = timezone.now() - timedelta(days=days, minutes=90)
    activity.ends = timezone.now() - timedelta(days=days)
    activity.save()
    return activity
