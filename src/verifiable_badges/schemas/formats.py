"""The formats that the schemas use, read as strictly as everywhere else here. What is no text has no format."""

import re
from datetime import date

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidDate


def is_date_time(value: object) -> bool:
    """Whether a text is a date and time with its zone."""
    if not isinstance(value, str):
        return True
    try:
        parse_datetime(value)
    except InvalidDate:
        return False
    return True


def is_date(value: object) -> bool:
    """Whether a text is a day that exists, `YYYY-MM-DD`."""
    if not isinstance(value, str):
        return True
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


FORMATS = {"date-time": is_date_time, "date": is_date}
