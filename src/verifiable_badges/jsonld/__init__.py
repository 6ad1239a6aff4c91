"""JSON-LD documents to canonical N-Quads, under bundled contexts only."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.jsonld.canonical import CanonicalDataset, canonicalize
from verifiable_badges.jsonld.compact_form import check_compact_form
from verifiable_badges.jsonld.contexts import (
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    OPEN_BADGES_V3,
    Edition,
    choices,
    context_urls,
    editions,
    uses_disputed_terms,
)
from verifiable_badges.jsonld.expansion import expand
from verifiable_badges.jsonld.nquads import Quad, parse_nquads
from verifiable_badges.jsonld.rdf import to_quads

__all__ = [
    "CREDENTIALS_V1",
    "CREDENTIALS_V2",
    "OPEN_BADGES_V3",
    "CanonicalDataset",
    "Edition",
    "Quad",
    "all_context_urls",
    "canonical_text",
    "canonicalize",
    "check_compact_form",
    "choices",
    "context_urls",
    "editions",
    "expand",
    "parse_nquads",
    "to_quads",
    "uses_disputed_terms",
]


def all_context_urls(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The contexts of a document and of the credentials embedded in it, each once. Errors as `context_urls`."""
    urls = dict.fromkeys(context_urls(document))
    stack: list[Any] = list(document.values())
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            if "@context" in value:
                urls.update(dict.fromkeys(context_urls(value)))
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return tuple(urls)


def canonical_text(
    document: Mapping[str, Any], chosen: tuple[Edition, ...] | None = None, algorithm: str = "sha256"
) -> str:
    """The canonical N-Quads of a document in safe mode, under the agreed contexts or the `chosen` ones."""
    expanded = expand(document, chosen or next(choices(all_context_urls(document))))
    return canonicalize(to_quads(expanded), algorithm=algorithm).text
