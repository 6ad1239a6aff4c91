"""Working days against calendars that can be looked up."""

from datetime import date

import pytest

from phereclos.exchange.workingdays import after_working_days, is_working_day, working_days_between

# (from, how many, country, expected): holidays as in the countries' own calendars.
VECTORS = {
    "a plain week": (date(2026, 11, 9), 5, "AT", date(2026, 11, 16)),
    "from a Saturday": (date(2026, 11, 7), 1, "AT", date(2026, 11, 9)),
    "8 December is a holiday in Austria": (date(2026, 12, 7), 1, "AT", date(2026, 12, 9)),
    "8 December is a working day in Germany": (date(2026, 12, 7), 1, "DE", date(2026, 12, 8)),
    "over Christmas and New Year in Austria": (date(2026, 12, 23), 5, "AT", date(2026, 12, 31)),
    "Midsummer Eve is free in Finland": (date(2026, 6, 18), 1, "FI", date(2026, 6, 22)),
    "3 May falls on a Sunday in Poland": (date(2026, 4, 30), 1, "PL", date(2026, 5, 4)),
    "Freedom Day is a Saturday in Portugal": (date(2026, 4, 24), 1, "PT", date(2026, 4, 27)),
    "fourteen in November": (date(2026, 11, 2), 14, "AT", date(2026, 11, 20)),
    "a country whose week ends on Friday and Saturday": (date(2026, 11, 5), 1, "EG", date(2026, 11, 8)),
    "a country the calendar does not know": (date(2026, 11, 6), 1, "XX", date(2026, 11, 9)),
}


@pytest.mark.parametrize(("start", "count", "country", "expected"), VECTORS.values(), ids=VECTORS.keys())
def test_the_nth_working_day(start: date, count: int, country: str, expected: date) -> None:
    assert after_working_days(start, count, country) == expected


@pytest.mark.parametrize(("start", "count", "country", "end"), VECTORS.values(), ids=VECTORS.keys())
def test_counting_back_gives_the_same_number(start: date, count: int, country: str, end: date) -> None:
    assert working_days_between(start, end, country) == count


def test_the_first_day_does_not_count_and_an_earlier_end_counts_nothing() -> None:
    assert working_days_between(date(2026, 11, 9), date(2026, 11, 9), "AT") == 0
    assert working_days_between(date(2026, 11, 9), date(2026, 11, 2), "AT") == 0


def test_new_year_is_no_working_day() -> None:
    assert not is_working_day(date(2027, 1, 1), "AT")
