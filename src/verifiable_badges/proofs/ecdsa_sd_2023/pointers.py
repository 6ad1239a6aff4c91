"""JSON pointers (RFC 6901), and the part of a document that several of them select (Data Integrity ECDSA Cryptosuites
1.0 sections 3.4.11 to 3.4.13).

What is selected stays a document with the same meaning: on the way to each selected value every object keeps its `id`,
its `type` and, where an embedded credential has one, its `@context`; a text with its language stays whole.
"""

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any

from verifiable_badges.errors import InvalidDocument, LimitExceeded
from verifiable_badges.limits import MAX_DEPTH

MAX_POINTERS = 2_000
"""Most pointers in one proof. A badge needs a dozen, a record of twenty badges a few hundred."""
MAX_POINTER_LETTERS = 1_000
# The last three make one text together, of which no part has a meaning.
_ALWAYS_KEPT = ("@context", "id", "type", "@value", "@language", "@direction")
_BAD_ESCAPE = re.compile(r"~(?![01])")
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)

# The selected places as a tree: each step leads to the steps below it; None means everything from here on.
_Places = dict[str, Any] | None


def check_pointers(pointers: object) -> tuple[str, ...]:
    """`pointers` if they are JSON pointers, and not too many. Raises `InvalidDocument` or `LimitExceeded`."""
    if not isinstance(pointers, list | tuple) or not all(isinstance(pointer, str) for pointer in pointers):
        raise InvalidDocument("pointer", "The selected places are not a list of JSON pointers.")
    if len(pointers) > MAX_POINTERS:
        raise LimitExceeded("too_many_pointers", f"More than {MAX_POINTERS} places are selected.")
    for pointer in pointers:
        _steps(pointer)
    return tuple(pointers)


def escaped(name: str) -> str:
    """A member name as a step of a JSON pointer (RFC 6901 section 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def select(document: Mapping[str, Any], pointers: Sequence[str]) -> dict[str, Any]:
    """A new document with what the pointers select, {} if there are none.

    Raises `InvalidDocument` for a pointer that leads nowhere; `""` selects everything.
    """
    if not pointers:
        return {}
    places: _Places = {}
    for pointer in pointers:
        places = _joined(places, _steps(pointer))
    selected: dict[str, Any] = _selected(document, places, "")
    return selected


def _steps(pointer: str) -> list[str]:
    if len(pointer) > MAX_POINTER_LETTERS or pointer.count("/") > MAX_DEPTH:
        raise LimitExceeded("pointer_too_long", "A JSON pointer is too long.")
    if (pointer and not pointer.startswith("/")) or _BAD_ESCAPE.search(pointer):
        raise InvalidDocument("pointer", f"“{pointer[:60]}” is not a JSON pointer.")
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _joined(places: _Places, steps: list[str]) -> _Places:
    if places is None or not steps:
        return None
    return {**places, steps[0]: _joined(places.get(steps[0], {}), steps[1:])}


def _selected(value: Any, places: _Places, above: str) -> Any:
    if places is None:
        return copy.deepcopy(value)
    if isinstance(value, list):
        indexes = sorted(_index(step, value, above) for step in places)
        return [_selected(value[index], places[str(index)], f"{above}/{index}") for index in indexes]
    if not isinstance(value, Mapping):
        raise _nowhere(above, next(iter(places)))
    for step in places:
        if step not in value:
            raise _nowhere(above, step)
    return {
        name: copy.deepcopy(child) if name in _ALWAYS_KEPT else _selected(child, places[name], f"{above}/{name}")
        for name, child in value.items()
        if name in places or name in _ALWAYS_KEPT
    }


def _index(step: str, values: list[Any], above: str) -> int:
    if not _INDEX.fullmatch(step) or int(step) >= len(values):
        raise _nowhere(above, step)
    return int(step)


def _nowhere(above: str, step: str) -> InvalidDocument:
    shown = f"{above}/{step}"[:80]
    return InvalidDocument("pointer_nowhere", f"The document has nothing at “{shown}”, which was selected.")
