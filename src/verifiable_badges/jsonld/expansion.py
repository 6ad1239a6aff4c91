"""JSON-LD expansion in safe mode: nothing of the document may be lost on the way to the graph.

PyLD does the expansion. It drops undefined terms and loose values in silence, completes relative addresses, and keeps
process-wide caches that are not thread-safe. Here dropped members are errors, every value of the JSON is counted again
in the result, and each expansion borrows a cache that no other thread holds meanwhile: a large document of a stranger
must not keep the others waiting.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from verifiable_badges.errors import InvalidDocument, UnknownContext, VerifiableBadgesError
from verifiable_badges.jsonld.contexts import Edition
from verifiable_badges.jsonld.rdf import XSD_DOUBLE, double
from verifiable_badges.jsonld.reading import Reading, aliases, inline_contexts
from verifiable_badges.limits import check_tree

_POOL: dict[tuple[Edition, ...], list[Any]] = {}
_MAX_CHOICES = 64
_MAX_SPARE = 8
# PyLD completes relative addresses with a base of its own choice if it gets none; with this one they can be recognised.
_BASE = "x-relative://relative/"
# Also keeps spaces, quotes and angle brackets out of N-Quads, where they would end the address early.
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f]*")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)


# Members that say something about a value beside them, and are no values themselves.
_ABOUT = frozenset({"@language", "@direction", "@index"})


def expand(
    document: Mapping[str, Any], chosen: tuple[Edition, ...], reading: Reading = Reading.BADGE
) -> list[dict[str, Any]]:
    """`document` with every term replaced by its address under the `chosen` contexts.

    Raises `InvalidDocument` for undefined terms, relative addresses and anything else that would be dropped;
    `LimitExceeded` before a document that is too large is touched.
    """
    check_tree(document)
    inline = inline_contexts(document) if reading is Reading.GENERIC else []
    dropped: list[Any] = []
    with _fresh_resolver(chosen) if inline else borrowed_resolver(chosen) as resolver:
        try:
            expanded = jsonld.expand(
                document, {"base": _BASE, "contextResolver": resolver}, on_property_dropped=dropped.append
            )
        except Exception as error:
            raise _ours(error) from error
    if dropped:
        raise InvalidDocument("undefined_term", f"The vocabulary does not know the member “{str(dropped[0])[:60]}”.")
    if _Counter(reading).expanded(expanded) != _count_values(document, aliases(inline, _ABOUT)):
        raise InvalidDocument(
            "dropped_value", "A part of the document has no place in its vocabulary and would be lost."
        )
    return cast(list[dict[str, Any]], expanded)


def _ours(error: BaseException) -> VerifiableBadgesError:
    """The error to raise for one of PyLD's, which may have one of ours as its cause."""
    while error.__cause__ is not None and not isinstance(error, VerifiableBadgesError):
        error = error.__cause__
    if isinstance(error, VerifiableBadgesError):
        return error
    why = str(error).split("\n")[0][:150] if isinstance(error, jsonld.JsonLdError) else ""
    return InvalidDocument("not_json_ld", f"The document breaks the rules of its vocabulary. {why}")


@contextmanager
def _fresh_resolver(chosen: tuple[Edition, ...]) -> Iterator[Any]:
    """For documents with contexts of their own: what these leave in a cache is not kept."""
    yield ContextResolver({}, _loader(chosen))


@contextmanager
def borrowed_resolver(chosen: tuple[Edition, ...]) -> Iterator[Any]:
    """PyLD's cache of processed contexts for one choice of editions: an address alone does not name a document.

    It holds only bundled contexts and their parts, since documents bring none, so it does not grow with its input.
    `list.pop` and `append` are atomic, so that two threads never hold one cache.
    """
    if len(_POOL) > _MAX_CHOICES:
        _POOL.clear()
    spare = _POOL.setdefault(chosen, [])
    try:
        resolver = spare.pop()
    except IndexError:
        resolver = ContextResolver({}, _loader(chosen))
    try:
        yield resolver
    finally:
        if len(spare) < _MAX_SPARE:
            spare.append(resolver)


def _loader(chosen: tuple[Edition, ...]) -> Any:
    by_url = {edition.url: edition for edition in chosen}

    def load(url: str, options: object = None) -> dict[str, Any]:
        if url not in by_url:
            raise UnknownContext("context_unknown", f"The vocabulary {url[:100]} is not known here.")
        return {"contextUrl": None, "documentUrl": url, "document": by_url[url].load(), "tag": "static"}

    return load


def _count_values(value: Any, about: frozenset[str] = _ABOUT) -> int:
    """Texts, numbers and truth values in the JSON; contexts and what is said about values are left aside."""
    if isinstance(value, Mapping):
        return sum(
            _count_values(child, about) for name, child in value.items() if name != "@context" and name not in about
        )
    if isinstance(value, list):
        return sum(_count_values(child, about) for child in value)
    return value is not None


class _Counter:
    """Counts the same values in the expanded form; on the way each address and language is checked."""

    def __init__(self, reading: Reading) -> None:
        self._generic = reading is Reading.GENERIC

    def expanded(self, value: Any) -> int:
        if isinstance(value, list):
            return sum(map(self.expanded, value))
        if "@value" in value:
            return self._literal(value)
        return sum(self._member(name, child) for name, child in value.items())

    def _member(self, name: str, child: Any) -> int:
        if name in ("@id", "@type"):
            addresses = child if isinstance(child, list) else [child]
            for address in addresses:
                self._check_node_name(address)
            return len(addresses)
        if name == "@reverse" and self._generic:
            return sum(self._member(*item) for item in child.items())
        if not name.startswith("@"):
            _check_address(name)
        elif name not in ("@list", "@graph", "@set") and not (name == "@included" and self._generic):
            raise InvalidDocument("not_json_ld", f"The document uses “{name}”, which would be lost.")
        return self.expanded(child)

    def _literal(self, value: Mapping[str, Any]) -> int:
        if "@index" in value:
            raise InvalidDocument("not_json_ld", "The document sorts its values by words that would be lost.")
        if value.get("@type") == "@json":
            return _count_values(value["@value"])
        if "@type" in value:
            _check_address(value["@type"])
            _check_double(value)
        if "@language" in value and not LANGUAGE.fullmatch(value["@language"]):
            raise InvalidDocument("language", f"“{value['@language'][:40]}” is not the code of a language.")
        return 1

    def _check_node_name(self, name: Any) -> None:
        if not (self._generic and isinstance(name, str) and name.startswith("_:")):
            _check_address(name)


def _check_double(value: Mapping[str, Any]) -> None:
    """Some programs rewrite the text of a double, others leave it: only the form that both leave is safe."""
    text = value["@value"]
    if value["@type"] == XSD_DOUBLE and isinstance(text, str):
        try:
            if double(float(text)) == text:
                return
        except ValueError:
            pass
        raise InvalidDocument("number_range", f"The number “{text[:40]}” is written in a form that programs change.")


def _check_address(address: Any) -> None:
    if not isinstance(address, str) or not ABSOLUTE.fullmatch(address) or address.startswith("x-relative:"):
        shown = str(address).removeprefix(_BASE)[:80]
        raise InvalidDocument("relative_address", f"“{shown}” is not a complete address.")
