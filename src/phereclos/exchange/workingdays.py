"""Working days of a country: its weekends and public holidays are left out. Pure; no database, no network."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

ANSWER_WITHIN = 5  # what the figures count as answered in time
EXPIRES_AFTER = 14  # when a request without an answer ends


@lru_cache(maxsize=64)
def _calendar(country: str) -> holidays.HolidayBase:
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:  # a country the library does not know: Saturday and Sunday only
        return holidays.HolidayBase()


def is_working_day(day: date, country: str) -> bool:
    return bool(_calendar(country).is_working_day(day))


def after_working_days(day: date, count: int, country: str) -> date:
    """The `count`-th working day after `day`, which itself does not count. `count` is at least 1."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, country)
    return day


def working_days_between(start: date, end: date, country: str) -> int:
    """How many working days lie after `start`, up to and with `end`; 0 when `end` is not later."""
    days = (start + timedelta(days=step) for step in range(1, max((end - start).days, 0) + 1))
    return sum(is_working_day(day, country) for day in days)
