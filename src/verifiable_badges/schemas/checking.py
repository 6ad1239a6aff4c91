"""Does a document fit the published JSON schema of its kind? The first place where it does not is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from verifiable_badges.errors import InvalidCredential, LimitExceeded, Unsupported
from verifiable_badges.jsonld import CREDENTIALS_V1
from verifiable_badges.limits import check_tree
from verifiable_badges.schemas.bundle import schemas
from verifiable_badges.schemas.quick import quick_test

if TYPE_CHECKING:
    from jsonschema import ValidationError  # type: ignore[import-untyped]

KINDS = tuple(schema.kind for schema in schemas())
"""What has a bundled schema: `open_badge_3`, `endorsement`, `profile`, `clr`."""

_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}


def check_schema(document: Mapping[str, Any], kind: str) -> None:
    """Check `document` against the schema of `kind`, one of `KINDS`.

    Raises `InvalidCredential` with a sentence and the `path` of the first place that breaks it, `Unsupported` for a
    kind without a schema and for credentials in the form of VC 1.1 (the schemas are those of 2.0), `LimitExceeded` for
    documents that are too large or too deep.
    """
    if kind not in KINDS:
        raise Unsupported("schema_unknown", "There is no published schema for this kind of document.")
    check_tree(document)
    contexts = document.get("@context") if isinstance(document, Mapping) else None
    if CREDENTIALS_V1 in (contexts, *(contexts[:1] if isinstance(contexts, list) else ())):
        raise Unsupported("schema_edition", "The published schema describes a newer form of badges than this one.")
    try:
        if not quick_test(kind)(document):
            _refuse_first(document, kind)
    except RecursionError as error:
        raise LimitExceeded("too_deep", "The document is nested too deeply to be compared with its schema.") from error


def _refuse_first(document: Mapping[str, Any], kind: str) -> None:
    from verifiable_badges.schemas.validators import validator  # here, since few need the library, which loads slowly

    for error in validator(kind).iter_errors(document):
        _refuse(error)


def _refuse(error: ValidationError) -> NoReturn:
    error = _deepest(error)
    place = _path(error.absolute_path)
    says = _sentence(error)
    message = f"“{place}” {says}." if place else f"The document {says}."
    raise InvalidCredential("schema", message, path=place) from error


def _deepest(error: ValidationError) -> ValidationError:
    """Where there are alternatives, the trouble in the first of those that are at least of the right type."""
    while error.context:
        likely = [one for one in error.context if not _is_mistyped(one)]
        if not likely:
            break
        error = likely[0]
    return error


def _is_mistyped(error: ValidationError) -> bool:
    """Whether an alternative is for another type of value altogether."""
    if error.relative_path:
        return False
    return error.validator == "type" or (bool(error.context) and all(map(_is_mistyped, error.context)))


def _path(parts: Iterable[object]) -> str:
    """`credentialSubject.achievement.alignment[1].targetUrl`"""
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _sentence(error: ValidationError) -> str:
    """What is wrong, in words; values of the document are not repeated, since they may be anything."""
    wanted: Any = error.validator_value
    if "propertyNames" in error.relative_schema_path:
        return "must be a plain text, or texts by their language"
    match error.validator:
        case "required":
            names = [name for name in wanted if name not in error.instance]
            return f"has no member “{names[0]}”"
        case "type":
            return f"must be {_TYPES.get(wanted, wanted)}"
        case "oneOf" | "anyOf":
            return f"must be {_alternatives(error)}"
        case "enum":
            return f"must be {'one of ' if len(wanted) > 1 else ''}{', '.join(map(str, wanted))}"
        case "contains":
            return f"must name the type {' or '.join(wanted.get('enum', ()))}"
        case "format":
            return "must be a date that exists" if wanted == "date" else "must be a date and time with its time zone"
        case "minItems":
            return f"must have at least {wanted} entr{'y' if wanted == 1 else 'ies'}"
        case "additionalProperties":
            return "has a member that the standard does not allow there"
        case "pattern":
            return "is not written in the form that the standard asks for"
        case _:
            return "does not fit the published schema"


def _alternatives(error: ValidationError) -> str:
    """“a text or a list”: the types that would have been accepted."""
    words = dict.fromkeys(_TYPES.get(kind, kind) for kind in _types(error))
    return " or ".join(words) or "only one of the forms that the standard allows"


def _types(error: ValidationError) -> list[str]:
    if error.validator == "type":
        return [str(error.validator_value)]
    return [kind for one in error.context or () for kind in _types(one)]
