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

from verifiable_badges.errors import InvalidDocument, VerifiableBadgesError
from verifiable_badges.jsonld.contexts import Edition
from verifiable_badges.limits import check_tree

_POOL: dict[tuple[Edition, ...], list[Any]] = {}
_MAX_CHOICES = 64
_MAX_SPARE = 8
# PyLD completes relative addresses with a base of its own choice if it gets none; with this one they can be recognised.
_BASE = "x-relative://relative/"
# Also keeps spaces, quotes and angle brackets out of N-Quads, where they would end the address early.
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f]*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)


def expand(document: Mapping[str, Any], chosen: tuple[Edition, ...]) -> list[dict[str, Any]]:
    """`document` with every term replaced by its address under the `chosen` contexts.

    Raises `InvalidDocument` for undefined terms, relative addresses and anything else that would be dropped;
    `LimitExceeded` before a document that is too large is touched.
    """
    check_tree(document)
    dropped: list[Any] = []
    with borrowed_resolver(chosen) as resolver:
        try:
            expanded = jsonld.expand(
                document, {"base": _BASE, "contextResolver": resolver}, on_property_dropped=dropped.append
            )
        except VerifiableBadgesError:
            raise
        except Exception as error:
            raise InvalidDocument(
                "not_json_ld", f"The document breaks the rules of its vocabulary. {_why(error)}"
            ) from error
    if dropped:
        raise InvalidDocument("undefined_term", f"The vocabulary does not know the member “{str(dropped[0])[:60]}”.")
    if _count_expanded(expanded) != _count_values(document):
        raise InvalidDocument(
            "dropped_value", "A part of the document has no place in its vocabulary and would be lost."
        )
    return cast(list[dict[str, Any]], expanded)


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
            raise InvalidDocument("context_unknown", f"The vocabulary {url[:100]} is not known here.")
        return {"contextUrl": None, "documentUrl": url, "document": by_url[url].load(), "tag": "static"}

    return load


def _why(error: BaseException) -> str:
    """The innermost reason of PyLD, first sentence only."""
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error).split("\n")[0][:150] if isinstance(error, jsonld.JsonLdError) else ""


def _count_values(value: Any) -> int:
    """Texts, numbers and truth values in the JSON, contexts aside."""
    if isinstance(value, Mapping):
        return sum(_count_values(child) for name, child in value.items() if name != "@context")
    if isinstance(value, list):
        return sum(map(_count_values, value))
    return value is not None


def _count_expanded(value: Any) -> int:
    """The same values in the expanded form; on the way each address and language is checked."""
    if isinstance(value, list):
        return sum(map(_count_expanded, value))
    if "@value" in value:
        return _count_literal(value)
    count = 0
    for name, child in value.items():
        if name == "@id":
            _check_address(child)
            count += 1
        elif name == "@type":
            for kind in child:
                _check_address(kind)
            count += len(child)
        else:
            if not name.startswith("@"):
                _check_address(name)
            elif name not in ("@list", "@graph", "@set"):
                raise InvalidDocument("not_json_ld", f"The document uses “{name}”, which no badge needs.")
            count += _count_expanded(child)
    return count


def _count_literal(value: Mapping[str, Any]) -> int:
    if "@direction" in value or "@index" in value:
        raise InvalidDocument("not_json_ld", "The document uses parts of JSON-LD that no badge needs.")
    if value.get("@type") == "@json":
        return _count_values(value["@value"])
    if "@type" in value:
        _check_address(value["@type"])
    if "@language" in value and not _LANGUAGE.fullmatch(value["@language"]):
        raise InvalidDocument("language", f"“{value['@language'][:40]}” is not the code of a language.")
    return 1 + ("@language" in value)


def _check_address(address: Any) -> None:
    if not isinstance(address, str) or not ABSOLUTE.fullmatch(address) or address.startswith("x-relative:"):
        shown = str(address).removeprefix(_BASE)[:80]
        raise InvalidDocument("relative_address", f"“{shown}” is not a complete address.")
