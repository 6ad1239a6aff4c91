"""The shapes a process knows, by issuer, and what it has seen of others.

A shape is made after `SIGHTINGS` documents of one issuer that differ in texts only; the texts that were the same in all
of them belong to the shape. Who calls `learn` vouches for the document: it was signed here, or it passed all checks.
So strangers fill nothing but the room of their own key, and the room for all is bounded.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import orjson

from verifiable_badges.fast.shapes import Shape, compile_shape, replace_texts

SIGHTINGS = 3
_MANY = 12
_MAX_ISSUERS = 256
_MAX_SHAPES = 8
_MAX_PENDING = 4
_MAX_SIZE = 200_000
_MAX_TOTAL = 2_000_000
"""Bytes of JSON; a shape takes about ten times as much memory as its document has bytes."""


@dataclass(slots=True)
class _Sightings:
    """Documents that differ in texts only: how many, the texts of the first, which of them were not always the same."""

    texts: list[str]
    count: int = 1
    is_hopeless: bool = False
    varying: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Issuer:
    shapes: tuple[Shape, ...] = ()
    unknown: int = 0
    pending: OrderedDict[bytes, _Sightings] = field(default_factory=OrderedDict)

    @property
    def size(self) -> int:
        return sum(shape.size for shape in self.shapes)


class Knowledge:
    """Finds and learns shapes. `find` may be called from several threads; `learn` locks."""

    def __init__(self) -> None:
        self._issuers: OrderedDict[str, _Issuer] = OrderedDict()
        self._lock = Lock()

    def find(self, document: Mapping[str, Any], data: bytes) -> tuple[Shape, list[bytes]] | None:
        """The shape of the unsigned `document`, whose JSON is `data`, and its texts."""
        issuer = self._issuers.get(_issuer_of(document))
        if issuer is None:
            return None
        for place, shape in enumerate(issuer.shapes):
            values = shape.match(data)
            if values is not None:
                if place:
                    others = tuple(other for other in issuer.shapes if other is not shape)
                    issuer.shapes = (shape, *others)
                return shape, values
        return None

    def learn(self, document: Mapping[str, Any]) -> None:
        """Take notice of an unsigned document that `find` does not know, and whose content is vouched for.

        An issuer whose documents are all different costs little: after the first ones only few are looked at.
        """
        name = _issuer_of(document)
        if name and not self._is_dull(name):
            self._learn(name, document)

    def _is_dull(self, name: str) -> bool:
        issuer = self._issuers.get(name)
        if issuer is None:
            return False
        issuer.unknown += 1
        return issuer.unknown > _MANY and issuer.unknown % _MANY != 0

    def _learn(self, name: str, document: Mapping[str, Any]) -> None:
        texts: list[str] = []

        def blank(text: str, _name: str, _number: int) -> str:
            texts.append(text)
            return ""

        skeleton = orjson.dumps(replace_texts(document, blank))
        if len(skeleton) + sum(map(len, texts)) > _MAX_SIZE:
            return
        with self._lock:
            issuer = self._issuers.setdefault(name, _Issuer())
            self._issuers.move_to_end(name)
            if self._is_ripe(issuer, skeleton, texts):
                seen = issuer.pending[skeleton]
                shape = compile_shape(document, seen.varying)
                seen.is_hopeless = shape is None
                if shape is not None:
                    del issuer.pending[skeleton]
                    issuer.shapes = (shape, *issuer.shapes[: _MAX_SHAPES - 1])
                    issuer.unknown = 0
            self._make_room()

    def forget(self) -> None:
        """Forget everything, as in a new process."""
        with self._lock:
            self._issuers.clear()

    def _is_ripe(self, issuer: _Issuer, skeleton: bytes, texts: list[str]) -> bool:
        seen = issuer.pending.get(skeleton)
        if seen is None:
            issuer.pending[skeleton] = _Sightings(texts)
            if len(issuer.pending) > _MAX_PENDING:
                issuer.pending.popitem(last=False)
            return False
        seen.count += 1
        seen.varying |= {number for number, (old, new) in enumerate(zip(seen.texts, texts, strict=True)) if old != new}
        return seen.count >= SIGHTINGS and not seen.is_hopeless

    def _make_room(self) -> None:
        while len(self._issuers) > _MAX_ISSUERS or self._size() > _MAX_TOTAL:
            self._issuers.popitem(last=False)

    def _size(self) -> int:
        return sum(issuer.size for issuer in self._issuers.values())


def _issuer_of(document: Mapping[str, Any]) -> str:
    issuer = document.get("issuer")
    name = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    return name if type(name) is str and len(name) < 2_000 else ""


KNOWLEDGE = Knowledge()
"""What this process knows."""
