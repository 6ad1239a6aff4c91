"""Why something about an activity was not done. Nothing was written when one of these is raised."""

from __future__ import annotations

from typing import Any


class NotDone(Exception):
    """It does not fit the state the activity is in now."""


class TooEarly(NotDone):
    """Heads are counted and words written after the day has come."""


class Stale(NotDone):
    """Somebody else saved in the meantime; `current` is what stands now (Activity or Lane)."""

    def __init__(self, current: Any) -> None:
        super().__init__("changed by somebody else since it was opened")
        self.current: Any = current
