"""How much of JSON-LD a document may use, and which contexts it needs."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from verifiable_badges.errors import LimitExceeded, Unsupported
from verifiable_badges.jsonld.compact_form import check_compact_form, check_numbers
from verifiable_badges.jsonld.contexts import context_urls, known, references, with_references

_MAX_INLINE = 100
_MAX_TERMS = 1_000
# Their keys end in no statement, or become one that cannot be told from what was there before.
_KEYED = frozenset({"@index", "@id", "@type"})


class Reading(Enum):
    """Chosen by the caller, never by the document."""

    BADGE = "badge"
    """One way to say each thing: the short form, under bundled contexts that are named and not written out."""
    GENERIC = "generic"
    """What JSON-LD allows, contexts of the document's own included, as long as nothing is lost on the way.

    What such a document says in JSON can be spelled otherwise under the same proof: only programs that read it as
    JSON-LD, or compact it first, may rely on it.
    """

    def check(self, document: Mapping[str, Any]) -> None:
        """Refuse what this reading does not allow. Raises `InvalidDocument`, `UnknownContext` or `Unsupported`."""
        if self is Reading.BADGE:
            check_compact_form(document)
        else:
            check_numbers(document)

    def context_urls(self, document: Mapping[str, Any]) -> tuple[str, ...]:
        """The addresses of all contexts that a document and its parts use, each once, and what those use in turn.

        Raises `UnknownContext` if one is not bundled.
        """
        if self is Reading.GENERIC:
            urls = list(references(document))
            for url in urls:
                known(url)
            return with_references(urls)
        found = dict.fromkeys(context_urls(document))
        for value in _parts(document):
            if "@context" in value:
                found.update(dict.fromkeys(context_urls(value)))
        return with_references(found)


def inline_contexts(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The contexts written into a document, and those within them.

    Raises `LimitExceeded` if they are so large that every part of the document would be slow to read, and `Unsupported`
    for containers whose keys a proof would not cover.
    """
    found = [context for context in _contexts(document) if isinstance(context, Mapping)]
    if len(found) > _MAX_INLINE or sum(map(len, found)) > _MAX_TERMS:
        raise LimitExceeded("context_too_large", "The document brings too many words with meanings of its own.")
    for context in found:
        for definition in context.values():
            container = definition.get("@container") if isinstance(definition, Mapping) else None
            kinds = container if isinstance(container, list) else [container]
            if any(isinstance(kind, str) and kind in _KEYED for kind in kinds):
                raise Unsupported("container", "The document sorts its parts in a way that is not handled here.")
    return found


def aliases(contexts: list[Mapping[str, Any]], keywords: frozenset[str]) -> frozenset[str]:
    """The keywords with the names that these contexts give them."""
    found = set(keywords)
    for context in contexts:
        for name, definition in context.items():
            meaning = definition.get("@id") if isinstance(definition, Mapping) else definition
            if isinstance(meaning, str) and meaning in found:
                found.add(name)
    return frozenset(found)


def _contexts(document: Any) -> list[Any]:
    """Every value of an `@context`, lists taken apart."""
    found = []
    for value in _parts(document):
        if "@context" in value:
            context = value["@context"]
            found.extend(context if isinstance(context, list) else [context])
    return found


def _parts(document: Any) -> list[Mapping[str, Any]]:
    """Every JSON object in `document`."""
    found = []
    stack = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            found.append(value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return found
