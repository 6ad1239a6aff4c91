"""What the worker looks after without being asked: planned activities whose day has passed."""

from __future__ import annotations

from django.utils import timezone

from phereclos.activities import actions
from phereclos.activities.models import Activity
from phereclos.ledger import sweep


@sweep.register
def activities_past_their_day() -> None:
    sweep.each(Activity.objects.filter(state=Activity.State.PLANNED, ends__lt=timezone.now()), _mark_held)


def _mark_held(activity: Activity) -> None:
    actions.mark_held(activity=activity)
