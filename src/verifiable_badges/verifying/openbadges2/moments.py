"""Dates of Open Badges 2.0, whose seconds may be missing, and of 1.1, which also counts seconds or names a day."""

import re
from datetime import UTC, datetime

from verifiable_badges.dates import format_datetime
from verifiable_badges.errors import InvalidDate

_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)


def as_datetime(value: object, *, older: bool) -> object:
    """`value` as credentials write dates; what cannot be one is returned as it is, so that it is refused by name.

    Where 1.1 gives no zone, UTC is meant; of a day alone, its first instant.
    """
    if older and isinstance(value, int | float) and not isinstance(value, bool):
        return _from_seconds(value)
    match = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if match is None or (not older and not (match[2] and match[4])):
        return value
    zone = match[4] or "Z"
    zone = zone if zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return f"{match[1]}T{match[2] or '00:00'}:{match[3] or '00'}{zone}"


def _from_seconds(seconds: float) -> object:
    try:
        return format_datetime(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError, InvalidDate):
        return seconds
