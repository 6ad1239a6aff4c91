"""What happens when: an agenda of moments, worked off in order until now. What lies later has not happened."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from phereclos.exchange.workingdays import is_working_day

Deed = Callable[[datetime], object]


class Agenda:
    """Deeds in the order of their moments; a deed may put further ones on it.

    `now` is the midnight before the anchor day: so everything of the world lies in the past, whatever the hour of
    loading. Deeds whose moment is later are forgotten, and that is why some requests wait and some days are to come.
    """

    def __init__(self, anchor: date, random: Random) -> None:
        self.anchor = anchor
        self.now = midnight(anchor)
        self.random = random
        self._waiting: list[tuple[datetime, int, Deed]] = []
        self._count = itertools.count()

    def put(self, at: datetime, deed: Deed) -> None:
        if at < self.now:
            heapq.heappush(self._waiting, (at, next(self._count), deed))

    def before(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment so many days before the anchor day."""
        return self.now - timedelta(days=days) + timedelta(hours=hour, minutes=minute)

    def work(self) -> None:
        while self._waiting:
            at, _, deed = heapq.heappop(self._waiting)
            deed(at)

    def after(self, at: datetime, least: int, most: int, country: str) -> datetime:
        """A moment of office hours between `least` and `most` working days after `at`; 0 is the same day, later on."""
        days = self.random.randint(least, most)
        if days == 0:
            later = at + timedelta(minutes=self.random.randint(25, 320))
            if later.date() == at.date() and later.hour < 20:
                return later
            days = 1
        day = at.date()
        while days:
            day += timedelta(days=1)
            days -= is_working_day(day, country)
        return midnight(day) + timedelta(minutes=self.random.randint(7 * 60 + 10, 17 * 60 + 50))


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class Terms:
    """Two terms that end near the anchor day, with a break between them; weekends, holidays and midwinter are free."""

    FIRST, SECOND = (300, 172), (122, 1)

    def __init__(self, anchor: date) -> None:
        self.anchor = anchor

    def posting_day(self, random: Random, term: tuple[int, int], country: str) -> date:
        """A school day on which somebody may write down a need."""
        while True:
            day = self.anchor - timedelta(days=random.randint(term[1], term[0]))
            if is_working_day(day, country):
                return day

    def school_day(self, day: date, countries: tuple[str, str]) -> date:
        """The first day from `day` on that is a school day on both sides."""
        while not all(is_working_day(day, country) for country in countries) or self._is_free(day):
            day += timedelta(days=1)
        return day

    def _is_free(self, day: date) -> bool:
        before = (self.anchor - day).days
        midwinter = (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 4)
        return midwinter or self.SECOND[0] < before < self.FIRST[1] - 20
