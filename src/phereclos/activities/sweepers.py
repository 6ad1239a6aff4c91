"""What the worker looks after without being asked: planned activities whose day has passed."""

from __future__ import annotations

from django.utils import timezone

from phereclos.activities import actions
from phereclos.activities.models import Activity
from phereclos.ledger import sweep


@sweep.register
def activities_past_their_day() -> None:
    for activity in Activity.objects.filter(state=Activity.State.PLANNED, ends__lt=timezone.now()):
        actions.mark_held(activity=activity)
