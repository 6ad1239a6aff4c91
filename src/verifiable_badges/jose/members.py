"""Which words may stand at the top of what is issued as a token.

A token is signed as JSON, so JSON-LD's own check for words without meaning never runs. Here the members at the top are
looked up: those of the specifications, and what the named contexts define. A context that gives any word whatsoever a
meaning (`@vocab`) does not count, since nobody has agreed on that meaning (VC Data Model 2.0 section 5.2).
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from verifiable_badges.errors import InvalidDocument
from verifiable_badges.jsonld.contexts import known

_COMMON = frozenset(
    {
        *("@context", "id", "type", "name", "description", "image", "issuer", "validFrom", "validUntil", "awardedDate"),
        *("credentialSubject", "credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "evidence"),
        *("relatedResource", "renderMethod", "confidenceMethod", "endorsement", "endorsementJwt", "partial", "proof"),
        *("holder", "verifiableCredential"),
    }
)


def check_members(document: Mapping[str, Any]) -> None:
    """Raises `InvalidDocument` for a member that has no meaning, `UnknownContext` if a context is needed to tell."""
    others = document.keys() - _COMMON
    if others:
        contexts = document["@context"] if isinstance(document["@context"], list) else [document["@context"]]
        defined = frozenset().union(*(_terms_of(context) for context in contexts))
        for name in sorted(others - defined):
            raise InvalidDocument("undefined_term", f"“{name[:60]}” has no meaning that anybody has agreed on.")


def _terms_of(context: object) -> frozenset[str]:
    return _bundled_terms(context) if isinstance(context, str) else frozenset(_terms(context))


@cache
def _bundled_terms(url: str) -> frozenset[str]:
    return frozenset(term for edition in known(url) for term in _terms(edition.load()))


def _terms(context: object) -> Iterator[str]:
    """Every term of a context, also of those that count within some type only."""
    parts = context.items() if isinstance(context, Mapping) else ()
    for name, definition in parts:
        if not name.startswith("@"):
            yield name
        yield from _terms(definition)
    for part in context if isinstance(context, list) else ():
        yield from _terms(part)
