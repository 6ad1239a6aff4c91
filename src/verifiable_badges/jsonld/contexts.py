"""The bundled JSON-LD contexts, pinned by digest. No context ever comes over a network.

More than one document has been published under one address (the Open Badges 3.0.3 context among them), so a context is
an *edition*: an address with a digest. The edition agreed by most publishers comes first and is the one we sign with;
the others are tried when verifying, and the report names the digests that were used.
"""

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from verifiable_badges.errors import InvalidDocument, UnknownContext

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES_V3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_MAX_CONTEXTS = 10


@dataclass(frozen=True, slots=True)
class Edition:
    """One document published under an address.

    `badges` says whether a badge may use it: none that gives a second name to what a badge says may stand there, since
    a stranger could add it to a signed badge and write the badge's words by those names.
    """

    url: str
    sha256: str
    file: str
    agreed: bool
    badges: bool = True

    def load(self) -> dict[str, Any]:
        """The document, fresh for each caller. A changed file is a damaged installation and stops everything."""
        data = (files("verifiable_badges") / "contexts" / self.file).read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise RuntimeError(f"The bundled context {self.file} was changed: install the package again.")
        document: dict[str, Any] = json.loads(data)
        return document


@cache
def editions() -> Mapping[str, tuple[Edition, ...]]:
    """Every bundled edition by its address, the agreed one first."""
    index = json.loads((files("verifiable_badges") / "contexts" / "index.json").read_bytes())
    found: dict[str, list[Edition]] = {}
    for row in sorted(index, key=lambda row: row["edition"] != "agreed"):
        edition = Edition(row["url"], row["sha256"], row["file"], row["edition"] == "agreed", row.get("badges", True))
        found.setdefault(edition.url, []).append(edition)
    return {url: tuple(several) for url, several in found.items()}


def context_urls(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The addresses in a badge's `@context`, all of them known.

    Raises `UnknownContext` for an address that is not bundled or not for badges, and for a context written into the
    document: what its words mean would then be the document's own say.
    """
    value = document.get("@context")
    entries = value if isinstance(value, list) else [value]
    if not entries or value is None:
        raise InvalidDocument("context_missing", "The document does not say in which vocabulary it is written.")
    if len(entries) > _MAX_CONTEXTS:
        raise UnknownContext("context_too_many", "The document uses too many vocabularies.")
    for entry in entries:
        if not isinstance(entry, str):
            raise UnknownContext(
                "context_inline", "The document brings its own meanings for words instead of naming them."
            )
        if not known(entry)[0].badges:
            raise UnknownContext("context_foreign", f"The document uses a vocabulary not made for badges: {entry}")
    return tuple(entries)


def known(url: str) -> tuple[Edition, ...]:
    """The editions of an address. Raises `UnknownContext` if there are none."""
    if url not in editions():
        raise UnknownContext("context_unknown", f"The document uses a vocabulary that we do not know: {url[:100]}")
    return editions()[url]


def with_references(urls: Iterable[str]) -> tuple[str, ...]:
    """The addresses, and those of the contexts that these contexts use in turn, each once."""
    found: dict[str, None] = {}
    waiting = list(urls)
    while waiting:
        url = waiting.pop(0)
        if url not in found:
            found[url] = None
            waiting.extend(_references(url))
    return tuple(found)


@cache
def _references(url: str) -> tuple[str, ...]:
    """What the editions of one address use of the bundled contexts. What is not bundled fails when it is needed."""
    several = (reference for edition in known(url) for reference in references(edition.load()))
    return tuple(dict.fromkeys(reference for reference in several if reference in editions()))


def references(value: Any, *, within: bool = False) -> Iterator[str]:
    """Every address below an `@context` or `@import` of a JSON value, however deep; `within` a context already?"""
    if isinstance(value, str) and within:
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from references(part, within=within)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from references(part, within=name in ("@context", "@import"))


def choices(urls: Sequence[str]) -> Iterator[tuple[Edition, ...]]:
    """Each way to pick one edition per address; the first way takes the agreed edition of every address."""
    return itertools.product(*(editions()[url] for url in dict.fromkeys(urls)))


def uses_disputed_terms(document: Any, urls: Sequence[str]) -> bool:
    """Whether a document has a member that two editions of one of its contexts define differently.

    Where it has none, every choice of editions gives the same graph, and one look is enough.
    """
    disputed = frozenset().union(*(_disputed(url) for url in urls))
    stack = [document] if disputed else []
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            if not disputed.isdisjoint(value) or not disputed.isdisjoint(map(str, _types(value))):
                return True
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return False


def _types(node: Mapping[str, Any]) -> list[Any]:
    kinds = node.get("type")
    return kinds if isinstance(kinds, list) else [kinds]


@cache
def _disputed(url: str) -> frozenset[str]:
    """The terms that the editions of one address do not define alike."""
    first, *others = (frozenset(_definitions(edition.load())) for edition in editions()[url])
    return frozenset(name for other in others for name, _, _ in first ^ other)


def _definitions(value: Any, scope: str = "") -> Iterator[tuple[str, str, str]]:
    """(term, the terms it stands below, its own definition) for every term of a context."""
    if isinstance(value, dict):
        for name, definition in value.items():
            if name.startswith("@"):
                yield from _definitions(definition, scope)
            else:
                own = definition
                if isinstance(definition, dict):
                    own = {key: part for key, part in definition.items() if key != "@context"}
                    yield from _definitions(definition.get("@context"), f"{scope}/{name}")
                yield name, scope, json.dumps(own, sort_keys=True)
    elif isinstance(value, list):
        for part in value:
            yield from _definitions(part, scope)


@cache
def term_addresses() -> frozenset[str]:
    """Every full address that some context for badges gives a short name to."""
    found: set[str] = set()
    stack: list[Any] = [edition.load() for several in editions().values() for edition in several if edition.badges]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, str) and "://" in value:
            found.add(value)
    return frozenset(found)
