"""The validators of the schemas, built once. The files refer only to themselves: nothing is resolved outside."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft201909Validator, FormatChecker, ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from verifiable_badges.schemas.bundle import schemas
from verifiable_badges.schemas.formats import FORMATS


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
    formats = FormatChecker(formats=())
    for name, test in FORMATS.items():
        formats.checks(name)(test)
    return formats
