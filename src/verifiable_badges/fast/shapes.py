"""Shapes: documents that differ in a few texts only, recognised by their bytes.

A shape is the JSON of a document cut at those texts. What has the same bytes everywhere else, and JSON texts in the
gaps, has the same structure; nothing of it need be looked at again but the texts themselves.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidDate
from verifiable_badges.fast.programs import MARK, Program, Tie, compile_program, mark
from verifiable_badges.fast.terms import Surprise
from verifiable_badges.fast.walking import Walk
from verifiable_badges.jsonld import Edition, all_context_urls, choices
from verifiable_badges.jsonld.nquads import escape

_MARK = re.compile(rb"urn:x-slot:(\d+);")
_PLACE = re.compile(r'([<"])urn:x-slot:(\d+);(?:"\^\^<([^>]*)>)?')
# The rest of a text in JSON, from somewhere within it.
_REST_OF_TEXT = re.compile(rb'[^"\\]*(?:\\.[^"\\]*)*')
_ADDRESS = rb"[A-Za-z0-9/#:._?=&%+~@!$'()*,;-]+"
_SCHEME = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*:(?://)?")
_DATE_TIMES = ("http://www.w3.org/2001/XMLSchema#dateTime", "xsd:dateTime")
# Texts of which the structure of a badge asks only that there is one.
_FREE_TEXTS = frozenset(
    {"name", "description", "narrative", "value", "identityHash", "salt", "genre", "audience", "caption", "humanCode"}
    | {"statusListIndex", "targetName", "targetCode", "targetDescription", "targetFramework"}
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A text that varies. `scheme` is the beginning that it must have if it is an address, else empty.

    `judge` is what the structure of a badge may ask of it: `address`, `date`, `text`, or `other` for what only the
    structure's own rules can answer.
    """

    scheme: bytes
    judge: str

    def is_fit(self, value: bytes) -> bool:
        """Whether the structure of a badge has nothing against this text; False if that is not known here."""
        if self.judge == "date":
            return _is_date(value)
        return self.judge == "address" or (
            self.judge == "text" and not (b"\\" in value or not value or value.decode().isspace())
        )


def _is_date(value: bytes) -> bool:
    try:
        parse_datetime(value.decode())
    except InvalidDate:
        return False
    return True


@dataclass(slots=True)
class Shape:
    """One shape: its JSON, cut at the slots, and the program for its hash under the `editions` of its contexts.

    `addresses` picks the texts that are addresses, which as lines must match `address_forms`: complete, and nothing
    about them unusual. `size` is that of one document. `is_badge` is set once a document with fit texts was found to be
    a whole badge: then all with fit texts are. `is_lawful` is set once one kept the rules of the data model: then all
    do, but for what `check_delicate` looks at.
    """

    pieces: tuple[bytes, ...]
    slots: tuple[Slot, ...]
    addresses: Callable[[Sequence[bytes]], tuple[bytes, ...]]
    address_forms: re.Pattern[bytes]
    program: Program
    editions: tuple[Edition, ...]
    size: int
    is_badge: bool = False
    is_lawful: bool = False

    def match(self, data: bytes) -> list[bytes] | None:
        """The texts in the gaps as JSON writes them, None if `data` is of another shape. `data` must be JSON."""
        if not data.startswith(self.pieces[0]):
            return None
        end, values = len(self.pieces[0]), []
        for piece in self.pieces[1:]:
            start = end
            end = data.find(b'"', start)
            value = data[start:end]
            if b"\\" in value:
                match = _REST_OF_TEXT.match(data, start)
                assert match is not None  # it matches nothing as well
                value, end = match[0], match.end()
            if not data.startswith(piece, end):
                return None
            values.append(value)
            end += len(piece)
        return values if end == len(data) else None

    def digest(self, values: Sequence[bytes]) -> bytes:
        """SHA-256 of the canonical document with these texts. Raises `Tie` for values that this shape is not for."""
        if not self.address_forms.fullmatch(b"\n".join(self.addresses(values))):
            raise Tie
        everything = b"".join(values)
        if b"\\" in everything or b"\x7f" in everything:
            values = [escape(orjson.loads(b'"' + value + b'"')).encode() for value in values]
        return self.program.digest(values)

    def fill(self, values: Sequence[bytes]) -> bytes:
        """The JSON of the document with these texts."""
        parts = [b""] * (2 * len(values) + 1)
        parts[::2], parts[1::2] = self.pieces, values
        return b"".join(parts)

    def has_fit_structure(self, values: Sequence[bytes]) -> bool:
        """Whether the structure of a badge has nothing against any of these texts; False if that is not known here."""
        return all(slot.is_fit(value) for slot, value in zip(self.slots, values, strict=True))


def compile_shape(document: Mapping[str, Any], varying: Collection[int]) -> Shape | None:
    """The shape of documents like this one, in which the texts of these numbers vary; None if it is too unusual."""
    data = orjson.dumps(document)
    names: list[str] = []
    samples: list[str] = []

    def replace(text: str, name: str, number: int) -> str:
        if number not in varying:
            return text
        names.append(name)
        samples.append(text)
        return mark(len(names) - 1)

    marked = replace_texts(document, replace)
    if MARK.encode() in data:
        return None
    try:
        Walk(document)  # marks are good in the places of addresses that are not
        walk = Walk(marked)
    except Surprise:
        return None
    program = compile_program(walk, len(samples))
    slots = _slots(walk, names, samples)
    if program is None or slots is None or _has_repeated_ids(document, walk):
        return None
    pieces = _MARK.split(orjson.dumps(marked))
    addresses = [number for number, slot in enumerate(slots) if slot.scheme]
    forms = rb"\n".join([re.escape(slot.scheme) + _ADDRESS for slot in slots if slot.scheme])
    return Shape(
        pieces=tuple(pieces[::2]),
        slots=slots,
        addresses=lambda values: tuple([values[number] for number in addresses]),
        address_forms=re.compile(forms),
        program=program,
        editions=editions_of(document, walk),
        size=len(data),
    )


def replace_texts(document: Any, replace: Callable[[str, str, int], str]) -> Any:
    """A copy of a document in which each text that may vary is `replace(text, name of its member, its number)`."""
    number = -1

    def copy(value: Any, name: str) -> Any:
        nonlocal number
        if type(value) is str:
            if name == "type" or name == "@language":
                return value
            number += 1
            return replace(value, name, number)
        if type(value) is dict:
            return {key: child if key == "@context" else copy(child, key) for key, child in value.items()}
        if type(value) is list:
            return [copy(child, name) for child in value]
        return value

    return copy(document, "")


def _slots(walk: Walk, names: Sequence[str], samples: Sequence[str]) -> tuple[Slot, ...] | None:
    quads = walk.quads()
    kinds = {}
    for text in [term for quad in quads for term in (quad.subject, quad.object)]:
        match = _PLACE.match(text)
        if match:
            kinds[int(match[2])] = (match[1], match[3] or "")
    slots = []
    for number, (name, sample) in enumerate(zip(names, samples, strict=True)):
        if number not in kinds:
            return None
        bracket, datatype = kinds[number]
        scheme = _SCHEME.match(sample.encode()) if bracket == "<" else None
        if bracket == "<" and scheme is None:
            return None
        slots.append(Slot(scheme[0] if scheme else b"", _judge(bracket, datatype, name)))
    return tuple(slots)


def _judge(bracket: str, datatype: str, name: str) -> str:
    if bracket == "<":
        return "address"
    if datatype in _DATE_TIMES:
        return "date"
    return "text" if not datatype and name in _FREE_TEXTS else "other"


def _has_repeated_ids(document: Mapping[str, Any], walk: Walk) -> bool:
    """Whether an object that decides the verdict is mentioned twice: what is said there is judged each time."""
    return len(set(walk.ids)) != len(walk.ids) and not deciding_ids(document).isdisjoint(repeated(walk.ids))


def repeated(ids: Sequence[str]) -> set[str]:
    """The ids that occur more than once."""
    seen: set[str] = set()
    return {one for one in ids if one in seen or seen.add(one)}  # type: ignore[func-returns-value]


def deciding_ids(document: Mapping[str, Any]) -> set[str]:
    """The ids of the credential, its subjects and its status entries (`jsonld.compact_form`)."""
    nodes: list[Any] = [document]
    for name in ("credentialSubject", "credentialStatus"):
        value = document.get(name)
        nodes += value if isinstance(value, list) else [value]
    return {node["id"] for node in nodes if isinstance(node, dict) and isinstance(node.get("id"), str)}


def editions_of(document: Mapping[str, Any], walk: Walk) -> tuple[Edition, ...]:
    """The agreed editions of all contexts of a walked document."""
    return next(choices(all_context_urls(document))) if walk.embedded else _editions(tuple(document["@context"]))


@lru_cache(maxsize=64)
def _editions(urls: tuple[str, ...]) -> tuple[Edition, ...]:
    return next(choices(all_context_urls({"@context": list(urls)})))
