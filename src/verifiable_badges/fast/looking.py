"""The hash of an unsigned document: by its shape if that is known, else by a direct walk."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.fast.canonical import canonical_text
from verifiable_badges.fast.knowledge import KNOWLEDGE
from verifiable_badges.fast.programs import Tie
from verifiable_badges.fast.shapes import Shape, deciding_ids, repeated
from verifiable_badges.fast.terms import Surprise
from verifiable_badges.fast.walking import Walk
from verifiable_badges.jsonld import Edition, all_context_urls, check_compact_form, choices


@dataclass(frozen=True, slots=True)
class Look:
    """A document in compact form, everything in it covered: its hash under the agreed contexts.

    `shape` and its `values` are set if it is of a known shape.
    """

    data: bytes
    digest: bytes
    shape: Shape | None = None
    values: Sequence[bytes] = ()

    @property
    def has_structure(self) -> bool:
        """Whether its structure is known to be whole; False says nothing."""
        return self.shape is not None and self.shape.has_fit_structure(self.values)


def look(document: Mapping[str, Any]) -> Look | None:
    """The look of a document made of exact JSON types, without its proof; None if the general path must judge it."""
    try:
        data = orjson.dumps(document)
        known = KNOWLEDGE.find(document, data)
        return (known and _by_shape(data, *known)) or _by_walk(document, data)
    except (TypeError, ValueError, Surprise, VerifiableBadgesError):
        return None


def _by_shape(data: bytes, shape: Shape, values: Sequence[bytes]) -> Look | None:
    try:
        return Look(data, shape.digest(values), shape, values)
    except Tie:
        return None


def _by_walk(document: Mapping[str, Any], data: bytes) -> Look:
    walk = Walk(document, clean=b"\\" not in data and b"\x7f" not in data)
    if len(set(walk.ids)) != len(walk.ids) and not deciding_ids(document).isdisjoint(repeated(walk.ids)):
        check_compact_form(document)
    return Look(data, hashlib.sha256(canonical_text(walk).encode()).digest())


def editions_of(document: Mapping[str, Any]) -> tuple[Edition, ...]:
    """The agreed editions of all contexts of a document."""
    return next(choices(all_context_urls(document)))


def is_exact(document: Any) -> bool:
    """Whether a document consists of `dict`, `list`, `str`, `bool`, `int`, `float` and None, and of nothing like them.

    For documents made in memory, once `orjson` has written them: it also writes tuples, UUIDs and the like.
    """
    stack = [document]
    for node in stack:
        for child in node.values() if type(node) is dict else node:
            kind = type(child)
            if kind is str:
                continue
            if kind is dict or kind is list:
                stack.append(child)
            elif child is not None and kind is not bool and kind is not int and kind is not float:
                return False
    return type(document) is dict
