"""Date-times as credentials write them: XML Schema `dateTimeStamp`, that is, always with a zone.

VC Data Model 2.0 section 4.9; Open Badges 3.0 DateTimeZ.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from verifiable_badges.errors import InvalidDate

CLOCK_SKEW = timedelta(minutes=5)
"""How far clocks may differ before "not yet valid" is believed."""

_DATE_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,18})?(?:Z|[+-](\d\d):(\d\d))", re.ASCII)


def parse_datetime(text: object, name: str = "The date") -> datetime:
    """The instant that `text` names, in UTC. Raises `InvalidDate` with a sentence that begins with `name`.

    Refused: no zone, offsets beyond 14 hours, leap seconds, years outside 0001-9999, days that do not exist.
    """
    if not isinstance(text, str):
        raise InvalidDate("date_not_text", f"{name} is not written as a date.")
    try:
        return _in_utc(text)  # most dates are asked for several times
    except ValueError:
        return _parse(text, name)


@lru_cache(maxsize=1024)
def _in_utc(text: str) -> datetime:
    """Whole seconds in UTC, as nearly all dates are written. Raises `ValueError` for any other form."""
    if len(text) != 20 or not _DATE_TIME.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def _parse(text: str, name: str) -> datetime:
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise InvalidDate("date_form", f"{name} “{text[:40]}” is not a full date and time with its time zone.")
    hours, minutes = int(match[7] or 0), int(match[8] or 0)
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        raise InvalidDate("date_zone", f"{name} “{text[:40]}” has a time zone that does not exist.")
    try:
        return datetime.fromisoformat(_microseconds(text)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidDate("date_impossible", f"{name} “{text[:40]}” is not a day or time that exists.") from error


def format_datetime(moment: datetime) -> str:
    """`moment` as credentials write it: UTC, whole seconds, `Z`. A datetime without zone is refused."""
    if moment.tzinfo is None:
        raise InvalidDate("date_zone", "A date and time without its time zone does not name an instant.")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _microseconds(text: str) -> str:
    """Fractions cut to six digits: `fromisoformat` of Python 3.11 cuts longer ones as well, but not in every form."""
    return re.sub(r"(\.\d{6})\d+", r"\1", text)
