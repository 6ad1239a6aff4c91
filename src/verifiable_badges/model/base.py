"""How every model becomes JSON and is made from it: by nothing but the annotations of its fields.

A field `target_name: str` is the member `targetName`, which must be a text; `alignment: tuple[Alignment, ...]` is a set
of objects, written as an array even with one member; a field without a default is required. `member(…)` says what an
annotation cannot: another name, or that the member stands inside another object, such as `credentialSubject`.

Reading is strict in types and tolerant where JSON-LD is: one value may stand with or without its list, and null is
nothing. What is not modelled is kept in `more`, what was written in another form than ours in `written`, and both are
written again: `Model.from_json(x).to_json() == x`. A member replaced since then is written in our form.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, ClassVar, NoReturn, Self, TypeVar, Union, get_args, get_origin, get_type_hints

from verifiable_badges.dates import format_datetime, parse_datetime
from verifiable_badges.errors import InvalidCredential, InvalidDate
from verifiable_badges.jsonld import CREDENTIALS_V1
from verifiable_badges.limits import check_tree

Reader = Callable[[Any, str], Any]
"""Makes a value of what a member holds, or raises `InvalidCredential` with the path given."""
_Model = TypeVar("_Model", bound="Model")
_NOTHING: tuple[Any, ...] = (None, "", [], {})


def member(name: str, *, inside: str = "", older: str = "") -> dict[str, str]:
    """Metadata of a field: its JSON name, the object it stands in, and its name under the context of VC 1.1."""
    return {"name": name, "inside": inside, "older": older}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What all models have in common."""

    first: ClassVar[tuple[str, ...]] = ()
    """JSON names that are written first, in this order; the others follow in the order of the fields."""
    also: ClassVar[Mapping[str, str]] = {}
    """Types that say the same: `{"AchievementCredential": "OpenBadgeCredential"}`."""

    more: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Members that are not modelled, as they were read; written after the others."""
    written: Mapping[str, Any] = field(default_factory=dict, hash=False, repr=False, compare=False)
    """For each field read in a form that is not ours: its value and that form. "" names objects that stood in lists."""

    @classmethod
    def from_json(cls, data: object) -> Self:
        """The model of a JSON object.

        Raises `InvalidCredential` with the `path` of the first member that is missing or of the wrong type, and
        `LimitExceeded` or `InvalidDocument` for values that are too large or no JSON.
        """
        check_tree(data)
        return _read(cls, data, "")

    def to_json(self) -> dict[str, Any]:
        """A new JSON object, without nulls, empty texts and empty lists (unless they were read so)."""
        document: dict[str, Any] = {}
        older = _is_older(getattr(self, "context", ()))
        for entry in _plan(type(self)):
            found, value = _member(self, entry)
            if found:
                place = document.setdefault(entry.inside, {}) if entry.inside else document
                place[entry.json_name(older)] = value
        for name, value in self.more.items():
            inner = document.get(name)
            document[name] = inner | _json(value) if isinstance(inner, dict) else _json(value)
        for name in self.written.get("", ()):
            document[name] = [document[name]]
        return document


@dataclass(frozen=True, slots=True)
class _Entry:
    """One field: where it stands in JSON and how it is read."""

    field: str
    name: str
    older: str
    inside: str
    required: bool
    default: Any
    types: tuple[str, ...]
    read: Reader

    def json_name(self, older: bool) -> str:
        return self.older if older and self.older else self.name

    def path(self, path: str, older: bool) -> str:
        return ".".join(filter(None, (path, self.inside, self.json_name(older))))


_plans: dict[type[Model], tuple[_Entry, ...]] = {}


def _plan(model: type[Model]) -> tuple[_Entry, ...]:
    """The fields of a model in the order in which they are written; made once."""
    if model not in _plans:
        _plans[model] = _make_plan(model)
    return _plans[model]


def _make_plan(model: type[Model]) -> tuple[_Entry, ...]:
    from verifiable_badges import model as models  # here, because the models refer to each other

    hints = get_type_hints(model, localns=vars(models) | vars(sys.modules[model.__module__]))
    entries = [_entry(one, hints[one.name]) for one in fields(model) if one.name not in ("more", "written")]
    rank = {name: place for place, name in enumerate(model.first)}
    return tuple(sorted(entries, key=lambda entry: rank.get(entry.inside or entry.name, len(rank))))


def _entry(one: Field[Any], hint: Any) -> _Entry:
    name = one.metadata.get("name") or re.sub(r"_(\w)", lambda match: match[1].upper(), one.name)
    default = None if one.default is MISSING else one.default
    types = default if name == "type" else ()
    return _Entry(
        field=one.name,
        name=name,
        older=one.metadata.get("older", ""),
        inside=one.metadata.get("inside", ""),
        required=one.default is MISSING,
        default=default,
        types=tuple(filter(None, [types] if isinstance(types, str) else types or ())),
        read=_reader(hint),
    )


def _is_older(contexts: Any) -> bool:
    """Whether `@context` is that of VC 1.1, where some members have other names."""
    first = contexts[0] if isinstance(contexts, list | tuple) and contexts else contexts
    return bool(first == CREDENTIALS_V1)


# Writing


def _member(model: Model, entry: _Entry) -> tuple[bool, Any]:
    """Whether a field is written, and its JSON: as it was read if it has not been replaced since, else in our form."""
    value = getattr(model, entry.field)
    if model.written and entry.field in model.written and model.written[entry.field][0] is value:
        return True, _json(model.written[entry.field][1])
    if isinstance(value, str):
        return value != "", value
    if value is None or value == ():
        return False, None
    found = _json(value)
    return found not in _NOTHING, found


def _json(value: Any) -> Any:
    """Models, dates, tuples and mappings as JSON; containers are new, so that changing them changes no model."""
    if isinstance(value, str):
        return value
    if isinstance(value, Model):
        return value.to_json()
    if isinstance(value, list | tuple):
        return [_json(inner) for inner in value]
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, Mapping):
        return {name: _json(inner) for name, inner in value.items()}
    return value


# Reading a model


def _read(model: type[_Model], data: object, path: str) -> _Model:
    document = dict(_object(data, path))
    older = _is_older(document.get("@context"))
    entries = _plan(model)
    places = {"": document}
    written: dict[str, Any] = {}
    for inside in dict.fromkeys(entry.inside for entry in entries if entry.inside):
        given = document.pop(inside, None)
        if isinstance(given, list):
            written[""] = (*written.get("", ()), inside)
        places[inside] = dict(_object(_alone(given), ".".join(filter(None, (path, inside)))))
    values = {}
    for entry in entries:
        given = places[entry.inside].pop(entry.json_name(older), _NOTHING)
        if given is _NOTHING or given is None:
            if entry.required or entry.types:
                _fail(entry.path(path, older), "member_missing", "is missing")
            if given is None:
                written[entry.field] = (entry.default, None)
            continue
        value = values[entry.field] = entry.read(given, entry.path(path, older))
        _check_types(model, entry, value, path)
        ours = _json(value)
        if ours != given or ours in _NOTHING:
            written[entry.field] = (value, _json(given))
    more = _json(document) | {name: _json(rest) for name, rest in places.items() if name and rest}
    try:
        return model(**values, more=more, written=written)
    except InvalidCredential as error:
        raise InvalidCredential(error.code, error.message, path=error.path or path) from error


def _check_types(model: type[Model], entry: _Entry, value: Any, path: str) -> None:
    kinds = {value} if isinstance(value, str) else set(value) if entry.types else set()
    for kind in entry.types:
        if kind not in kinds and model.also.get(kind) not in kinds:
            _fail(entry.path(path, False), "type_missing", f"does not name the type {kind}")


# Reading a value


def _reader(hint: Any) -> Reader:
    """How a value of this annotation is read."""
    if hint is Any:
        return lambda given, path: _json(given)
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if get_origin(hint) is tuple:
        return _many(_reader(get_args(hint)[0]))
    if get_origin(hint) is Mapping:
        return lambda given, path: _json(_object(_alone(given), path))
    if get_origin(hint) in (Union, UnionType):
        options = [option for option in get_args(hint) if option is not NoneType]
        return _reader(options[0]) if len(options) == 1 else _either(options)
    return lambda given, path: _read(hint, _alone(given), path)


def _text(given: Any, path: str) -> str:
    given = _alone(given)
    return given if isinstance(given, str) else _fail(path, "member_type", "must be a text")


def _bool(given: Any, path: str) -> bool:
    given = _alone(given)
    return given if isinstance(given, bool) else _fail(path, "member_type", "must be true or false")


def _int(given: Any, path: str) -> int:
    given = _alone(given)
    if not isinstance(given, int) or isinstance(given, bool):
        _fail(path, "member_type", "must be a whole number")
    return given


def _number(given: Any, path: str) -> float:
    given = _alone(given)
    if not isinstance(given, int | float) or isinstance(given, bool):
        _fail(path, "member_type", "must be a number")
    return given


def _moment(given: Any, path: str) -> datetime:
    try:
        return parse_datetime(_alone(given))
    except InvalidDate as error:
        return _fail(path, error.code, "must be a date and time that exists, with its time zone", error)


_SIMPLE: dict[Any, Reader] = {str: _text, bool: _bool, int: _int, float: _number, datetime: _moment}


def _many(read: Reader) -> Reader:
    """Zero, one or many values, with or without a list."""

    def read_all(given: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(given, list):
            return (read(given, path),)
        return tuple(read(one, f"{path}[{place}]") for place, one in enumerate(given))

    return read_all


def _either(options: list[Any]) -> Reader:
    """A text, one of several objects (the one whose types are named), or many of these."""
    models = [option for option in options if isinstance(option, type) and issubclass(option, Model)]
    many = next((_reader(option) for option in options if get_origin(option) is tuple), None)
    is_open = any(get_origin(option) is Mapping for option in options)

    def read_one(given: Any, path: str) -> Any:
        if many and isinstance(given, list):
            return many(given, path)
        given = _alone(given)
        if isinstance(given, str) and str in options:
            return given
        if isinstance(given, dict) and (models or is_open):
            model = fitting(models, given) or (None if is_open else models[0])
            return _json(given) if model is None else _read(model, given, path)
        return _fail(path, "member_type", "must be a text or an object" if str in options else "must be an object")

    return read_one


def fitting(models: Iterable[type[_Model]], data: object) -> type[_Model] | None:
    """The model whose types the object names, the one with most types if several fit; None if none does."""
    kinds = data.get("type") if isinstance(data, Mapping) else None
    named = {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}

    def fits(model: type[_Model]) -> bool:
        return all(kind in named or model.also.get(kind) in named for kind in _types(model))

    return max(filter(fits, models), key=lambda model: len(_types(model)), default=None)


def _types(model: type[Model]) -> tuple[str, ...]:
    """The types an object must name to be read as `model`."""
    return next((entry.types for entry in _plan(model) if entry.name == "type" and not entry.inside), ())


def _object(data: object, path: str) -> Mapping[str, Any]:
    if data is None:
        _fail(path, "member_missing", "is missing")
    return data if isinstance(data, Mapping) else _fail(path, "member_type", "must be an object")


def _alone(given: Any) -> Any:
    """The value itself, where it stands alone in a list."""
    return given[0] if isinstance(given, list) and len(given) == 1 else given


def _fail(path: str, code: str, says: str, cause: Exception | None = None) -> NoReturn:
    raise InvalidCredential(code, f"“{path}” {says}." if path else f"The document {says}.", path=path) from cause
