"""Date-times with their zone. Impossible ones are in test_verifying.py."""

import contextlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifiable_badges.dates import format_datetime, parse_datetime
from verifiable_badges.errors import InvalidDate


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-05-04T12:00:00Z", datetime(2026, 5, 4, 12, tzinfo=UTC)),
        ("2026-05-04T12:00:00+14:00", datetime(2026, 5, 3, 22, tzinfo=UTC)),
        ("2026-05-04T12:00:00.5-03:30", datetime(2026, 5, 4, 15, 30, 0, 500_000, tzinfo=UTC)),
        ("2026-05-04T12:00:00.123456789Z", datetime(2026, 5, 4, 12, 0, 0, 123_456, tzinfo=UTC)),
        ("2024-02-29T00:00:00-00:00", datetime(2024, 2, 29, tzinfo=UTC)),
    ],
)
def test_dates_that_name_an_instant(text, moment):
    assert parse_datetime(text) == moment


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(timezone(timedelta(hours=5)))))
def test_what_is_written_reads_back_to_the_second(moment):
    assert parse_datetime(format_datetime(moment)) == moment.replace(microsecond=0)


LIKE_DATES = st.from_regex(r"\d{4,5}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")


@given(st.text(max_size=30) | LIKE_DATES | st.integers())
def test_other_values_are_instants_or_raise_our_error(value):
    with contextlib.suppress(InvalidDate):
        assert parse_datetime(value).tzinfo is UTC
