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
from verifiable_badges.fast.shapes import Shape, deciding_ids, editions_of, repeated
from verifiable_badges.fast.terms import Surprise
from verifiable_badges.fast.walking import Walk
from verifiable_badges.jsonld import Edition, check_compact_form


@dataclass(frozen=True, slots=True)
class Look:
    """A document in compact form, all of it covered: its JSON, and its hash under the `editions` of its contexts.

    `shape` and its `values` are set if it is of a known shape; `is_new` if its shape could be learned.
    """

    data: bytes
    digest: bytes
    editions: tuple[Edition, ...]
    shape: Shape | None = None
    values: Sequence[bytes] = ()
    is_new: bool = False

    @property
    def has_structure(self) -> bool:
        """Whether its structure is known to be that of a whole badge; False says nothing."""
        return self.shape is not None and self.shape.is_badge and self.shape.has_fit_structure(self.values)


def look(document: Mapping[str, Any]) -> Look | None:
    """The look of a document made of exact JSON types, without its proof; None if the general path must judge it."""
    try:
        data = orjson.dumps(document)
        known = KNOWLEDGE.find(document, data)
        if known is not None:
            shape, values = known
            try:
                return Look(data, shape.digest(values), shape.editions, shape, values)
            except Tie:
                pass
        return _by_walk(document, data, is_new=known is None)
    except (TypeError, ValueError, Surprise, VerifiableBadgesError):
        return None


def _by_walk(document: Mapping[str, Any], data: bytes, *, is_new: bool) -> Look:
    walk = Walk(document, clean=b"\\" not in data and b"\x7f" not in data)
    if len(set(walk.ids)) != len(walk.ids) and not deciding_ids(document).isdisjoint(repeated(walk.ids)):
        check_compact_form(document)
    digest = hashlib.sha256(canonical_text(walk).encode()).digest()
    return Look(data, digest, editions_of(document, walk), is_new=is_new)


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
