"""JSON as bytes, read strictly and written in one way.

Reading measures first and parses afterwards, and accepts only documents that every JSON reader understands alike:
no duplicate members, no NaN or infinity, no lone surrogates, UTF-8 only (RFC 8259, RFC 7493 sections 2.1-2.3).
"""

import json
import math
import re
from typing import Any

import orjson

from verifiable_badges.errors import LimitExceeded, UnreadableInput
from verifiable_badges.limits import MAX_BYTES, MAX_DEPTH, MAX_DIGITS, MAX_NODES

# Possessive quantifiers, and an end of text accepted for a closing quote: linear on every input.
_STRING = re.compile(r'"(?:[^"\\]++|\\.?)*+(?:"|\Z)', re.DOTALL)
_LONG_NUMBER = re.compile(f"[-+.0-9eE]{{{MAX_DIGITS + 1}}}")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def parse(data: bytes) -> Any:
    """The JSON value in `data`. Raises `UnreadableInput`, or `LimitExceeded` before anything large is built."""
    if len(data) > MAX_BYTES:
        raise LimitExceeded("too_large", f"The file is larger than {MAX_BYTES // 1_000_000} MB.")
    value = parse_plain(data)
    return _parse_strictly(data) if value is None else value


def parse_plain(data: bytes) -> Any:
    """The value of JSON that is written as `write` writes it and far from every limit; None for any other.

    What reads back as the same bytes has no member twice, no odd number and no half of a character.
    """
    opened = data.count(b"[") + data.count(b"{")
    if len(data) > MAX_NODES and opened + data.count(b",") > MAX_NODES // 2:
        return None
    try:
        value = orjson.loads(data)
        return value if orjson.dumps(value) == data and (opened <= MAX_DEPTH or _is_shallow(value)) else None
    except (ValueError, TypeError):
        return None


def _is_shallow(value: Any) -> bool:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH // 2):
        level = [
            child
            for parent in level
            for child in (parent.values() if type(parent) is dict else parent)
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return True
    return False


def _parse_strictly(data: bytes) -> Any:
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInput("not_utf8", "The text is not UTF-8: at least one letter is damaged.") from error
    _measure(text)
    try:
        value = json.loads(
            text, object_pairs_hook=_unique_members, parse_constant=_no_constant, parse_float=_finite_float
        )
    except (ValueError, RecursionError) as error:
        raise UnreadableInput("not_json", "The text is not complete JSON: it is cut off or changed.") from error
    if _ESCAPED_SURROGATE.search(text) and _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        raise UnreadableInput("lone_surrogate", "The text holds half of a character, which no two readers show alike.")
    return value


def write(value: Any) -> bytes:
    """The bytes of `value`: UTF-8, letters as they are, members in their order, no white space between them.

    Without free white space no byte can change without changing what is said.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise UnreadableInput("not_json", "The value cannot be written as JSON.") from error


def _measure(text: str) -> None:
    skeleton = _STRING.sub("", text)
    if _LONG_NUMBER.search(skeleton):
        raise LimitExceeded("number_too_long", f"A number has more than {MAX_DIGITS} digits.")
    depth = 0
    signs = re.findall(r"[\[\]{},]", skeleton)
    if len(signs) > MAX_NODES * 2:
        raise LimitExceeded("too_many_parts", f"The document has more than {MAX_NODES} parts.")
    for sign in signs:
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise LimitExceeded("too_deep", f"The document is nested more than {MAX_DEPTH} levels deep.")
        elif sign in "]}":
            depth -= 1


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        name = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise UnreadableInput("duplicate_member", f"The member “{name[:60]}” is given twice, so it has two readings.")
    return members


def _no_constant(name: str) -> Any:
    raise UnreadableInput("not_a_number", f"“{name}” is not a number in JSON.")


def _finite_float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise UnreadableInput("not_a_number", f"The number {text[:20]} is too large.")
    return value
