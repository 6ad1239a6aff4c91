"""Changing one letter of a signed document, at every place where letters stand."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]


def with_one_letter_changed(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each text in the document (contexts aside: they are addresses of other people's files): where, and a copy."""
    for place in texts({name: value for name, value in document.items() if name != "@context"}):
        changed = copy.deepcopy(document)
        holder: Any = changed
        for step in place[:-1]:
            holder = holder[step]
        holder[place[-1]] = _changed(holder[place[-1]])
        yield ".".join(map(str, place)), changed


def texts(value: Any, above: Place = ()) -> Iterator[Place]:
    if isinstance(value, str) and value:
        yield above
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in entries:
        yield from texts(part, (*above, step))


def _changed(text: str) -> str:
    """Another letter in the middle, of the same kind where it can be."""
    middle = len(text) // 2
    letter = text[middle]
    other = "b" if letter == "a" else "a" if letter.isalpha() else "7" if letter == "3" else "3"
    return text[:middle] + other + text[middle + 1 :]
