"""The validators of the schemas, built once. The files refer only to themselves: nothing is resolved outside."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from jsonschema import Draft201909Validator, FormatChecker, ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidDate
from verifiable_badges.schemas.bundle import schemas


@cache
def validator(kind: str) -> Any:
    """The validator of one bundled schema (JSON Schema 2019-09). `kind` is one of them."""
    schema = next(schema for schema in schemas() if schema.kind == kind)
    frugal = extend(Draft201909Validator, {"oneOf": _one_of, "anyOf": _any_of})
    return frugal(schema.load(), format_checker=_formats())


# The library looks for every error in every alternative, which for thousands of wrong parts takes seconds and hundreds
# of megabytes. These two ask each alternative only for its first.


def _any_of(checker: Any, alternatives: list[Any], instance: Any, schema: Any) -> Iterator[ValidationError]:
    errors = [_first_error(checker, instance, one, place) for place, one in enumerate(alternatives)]
    if None not in errors:
        yield ValidationError("fits none of the alternatives", context=errors)


def _one_of(checker: Any, alternatives: list[Any], instance: Any, schema: Any) -> Iterator[ValidationError]:
    errors = [_first_error(checker, instance, one, place) for place, one in enumerate(alternatives)]
    if errors.count(None) != 1:
        yield ValidationError("fits none or several of the alternatives", context=[one for one in errors if one])


def _first_error(checker: Any, instance: Any, alternative: Any, place: int) -> ValidationError | None:
    return next(checker.descend(instance, alternative, schema_path=place), None)


def _formats() -> FormatChecker:
    """The formats the schemas use, read as strictly as everywhere else here."""
    formats = FormatChecker(formats=())
    formats.checks("date-time", raises=InvalidDate)(_is_date_time)
    formats.checks("date", raises=ValueError)(_is_date)
    return formats


def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or bool(parse_datetime(value))


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) is not None and bool(date.fromisoformat(value))
