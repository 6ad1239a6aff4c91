"""The limits of what we read, in one place. Each is measured before the work it protects begins."""

import re
from typing import Any

from verifiable_badges.errors import InvalidDocument, LimitExceeded

_SURROGATE = re.compile(r"[\ud800-\udfff]")
MAX_BYTES = 10_000_000
"""Largest file read; also the largest text taken out of a picture."""
MAX_DEPTH = 64
"""Deepest nesting of JSON arrays and objects."""
MAX_NODES = 15_000
"""Most values and members in one JSON document."""
MAX_DIGITS = 40
"""Longest number in JSON. No credential needs more, and long integers are slow to convert."""
MAX_PNG_CHUNKS = 10_000
MAX_PIXELS_PER_SIDE = 16_384
MAX_SVG_DEPTH = 256
MAX_SVG_ELEMENTS = 50_000
MAX_SVG_ATTRIBUTES = 250_000
"""Most equals signs in an SVG, counted before it is parsed: each attribute has one and costs memory."""
MAX_STATUS_BYTES = 8 * 1024 * 1024
"""Largest status list after decompression."""
MAX_CANONICAL_WORK = 100_000
"""Steps the N-degree part of RDFC-1.0 may take, about a quarter of a second. Honest credentials need a few dozen, the
hardest solvable graph of the official tests 6,168; poison graphs need factorials."""
MAX_ENDORSEMENTS = 20
"""Endorsements checked in one badge; the others are named as not checked."""
MAX_STATUS_ENTRIES = 8
MAX_STATUS_NODES = 1_000
"""Most values in the credential around a status list; its bits are one text."""
MAX_PROOFS = 8
MAX_CREDENTIALS = 100
"""Credentials checked inside one record or presentation, those within them and endorsements included."""
MAX_CREDENTIALS_DEEP = 4
"""How deep credentials may be packed into each other: a record in a presentation is two."""
MAX_INNER_NODES = 3 * MAX_NODES
"""Most values in all credentials inside others together, each counted again wherever it is checked on its own."""
MAX_FETCHES = 16
"""Documents fetched for one badge of Open Badges 2.0, which is spread over several."""


def check_tree(document: Any, nodes: int = MAX_NODES) -> None:
    """Refuse a JSON value that is too deep, too large, or not JSON at all. Iterative, so depth cannot hurt it.

    The bytes of a file are measured before they are parsed (`json_text.parse`); this is for values made in memory.
    """
    count = 0
    level = [document]
    for _ in range(MAX_DEPTH + 1):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                if not all(isinstance(key, str) for key in value):
                    raise InvalidDocument("not_json", "A member name is not text.")
                for key in value:
                    _check_text(key)
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, str):
                _check_text(value)
            elif value is not None and not isinstance(value, bool | int | float):
                raise InvalidDocument("not_json", f"A value of the type {type(value).__name__} is not JSON.")
        count += len(below)
        if count > nodes:
            raise LimitExceeded("too_many_parts", f"The document has more than {nodes} parts.")
        if not below:
            return
        level = below
    raise LimitExceeded("too_deep", f"The document is nested more than {MAX_DEPTH} levels deep.")


def _check_text(text: str) -> None:
    if not text.isascii() and _SURROGATE.search(text):
        raise InvalidDocument("lone_surrogate", "The text holds half of a character, which no two readers show alike.")


def count_nodes(document: Any) -> int:
    """How many values a JSON value holds. Iterative, for values that are within the limits already."""
    count = 0
    stack = [document]
    while stack:
        value = stack.pop()
        count += 1
        if isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return count
