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
from verifiable_badges.jsonld.reading import Reading
from verifiable_badges.limits import check_tree

__all__ = [
    "CREDENTIALS_V1",
    "CREDENTIALS_V2",
    "OPEN_BADGES_V3",
    "CanonicalDataset",
    "Edition",
    "Quad",
    "Reading",
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


def all_context_urls(document: Mapping[str, Any], reading: Reading = Reading.BADGE) -> tuple[str, ...]:
    """The contexts of a document and of the credentials embedded in it, and those they use in turn, each once.

    Raises `UnknownContext` if one is not bundled, or if the document brings one and is to be read as a badge.
    """
    return reading.context_urls(document)


def canonical_text(
    document: Mapping[str, Any],
    chosen: tuple[Edition, ...] | None = None,
    algorithm: str = "sha256",
    reading: Reading = Reading.BADGE,
) -> str:
    """The canonical N-Quads of a document in safe mode, under the agreed contexts or the `chosen` ones."""
    check_tree(document)
    expanded = expand(document, chosen or next(choices(reading.context_urls(document))), reading)
    return canonicalize(to_quads(expanded), algorithm=algorithm).text
