"""The bundled schema files: which there are, for which addresses they stand, and their validators, built once.

Nothing is ever fetched: the files refer only to themselves.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft201909Validator, FormatChecker, ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidDate


@dataclass(frozen=True, slots=True)
class Schema:
    """One published schema. `kind` is our word for what it describes, `urls` are its addresses."""

    kind: str
    urls: tuple[str, ...]
    sha256: str
    file: str

    def load(self) -> dict[str, Any]:
        """The schema itself. A changed file is a damaged installation and stops everything."""
        data = (files("verifiable_badges") / "schemas" / self.file).read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise RuntimeError(f"The bundled schema {self.file} was changed: install the package again.")
        document: dict[str, Any] = json.loads(data)
        return document


@cache
def schemas() -> tuple[Schema, ...]:
    """Every bundled schema."""
    index = json.loads((files("verifiable_badges") / "schemas" / "index.json").read_bytes())
    return tuple(Schema(row["kind"], tuple(row["urls"]), row["sha256"], row["file"]) for row in index)


@cache
def kinds_by_url() -> Mapping[str, str]:
    """Our kind for each address a schema is published under."""
    return {url: schema.kind for schema in schemas() for url in schema.urls}


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
