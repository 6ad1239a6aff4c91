"""Why something about an activity was not done. Nothing was written when one of these is raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phereclos.activities.models import Activity, Lane


class NotDone(Exception):
    """It does not fit the state the activity is in now."""


class TooEarly(NotDone):
    """Heads are counted and words written after the day has come."""


class Stale(NotDone):
    """Somebody else saved in the meantime; `current` is what stands now."""

    def __init__(self, current: Activity | Lane) -> None:
        super().__init__("changed by somebody else since it was opened")
        self.current = current
