"""What people write into addresses: made safe to search with, whatever it is."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def clean_words(text: str, most: int = 100) -> str:
    """The words of a search: control characters, which PostgreSQL refuses, part words as spaces do."""
    return " ".join(_CONTROL.sub(" ", text[:most]).split())


def number_or_none(text: object) -> int | None:
    """The key a text means, if it is a number that a key can be: `²` and a googol are none."""
    found = _NUMBER.fullmatch(str(text))
    return int(found[0]) if found else None
