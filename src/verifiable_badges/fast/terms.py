"""What each member of a document means, looked up in tables instead of expanded anew for every document.

The meaning of a member depends on the contexts, on the types of its object and on the member that led there (JSON-LD
1.1 sections 4.1.5 and 4.1.7). PyLD works it out once per combination; the result is a table. Only what badges use has
a rule. Anything else raises `Surprise`, and the general path (`jsonld.expand`) judges the document.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyld import jsonld

from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.jsonld.contexts import context_urls, editions, term_addresses
from verifiable_badges.jsonld.expansion import ABSOLUTE, borrowed_resolver
from verifiable_badges.jsonld.rdf import XSD_DOUBLE

_MAX_TABLES = 2_000
TYPE = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
# Stricter than `expansion.ABSOLUTE`: PyLD takes addresses with other white space than U+0020 for relative ones.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|\\^`\x7f]*")
# What nearly all addresses are, and three times as quick.
_PLAIN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9/#:._?=&%+~@!$'()*,;-]*")
_OPTIONS = {"base": "x-relative://relative/", "processingMode": "json-ld-1.1", "isFrame": False}

Kinds = str | tuple[str, ...] | None


class Surprise(Exception):
    """Something the fast paths do not handle. Never leaves this package."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One member: `kind` is `id`, `type`, `text`, `address`, `vocabulary` or `typed` (a literal with a datatype).

    `predicate` is ` <address> `, ready for a line of N-Quads; `prefixes` are the terms that would make an address a
    short form; `choices` are the addresses of the words that a `vocabulary` member takes.
    """

    kind: str
    predicate: str = ""
    datatype: str = ""
    is_list: bool = False
    is_graph: bool = False
    prefixes: frozenset[str] = frozenset()
    choices: Mapping[str, str] | None = None
    below: "Entrance | None" = None


class Table(dict[str, Rule]):
    """The rules of the members of one kind of object; `types` are the lines that its types give.

    The predicates of the two commonest sorts of member lie in `texts` and `addresses` as well.
    """

    def __init__(self, vocabulary: "Vocabulary", context: Mapping[str, Any], types: tuple[str, ...]) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._context = context
        self.types = types
        self.prefixes = _prefixes(context)
        self.texts: dict[str, str] = {}
        self.addresses: dict[str, str] = {}

    def __missing__(self, name: str) -> Rule:
        rule = self[name] = self._vocabulary.rule(self._context, name)
        if rule.is_list or rule.is_graph:
            return rule
        if rule.kind == "text":
            self.texts[name] = rule.predicate
        if rule.kind == "address" and rule.prefixes == self.prefixes:
            self.addresses[name] = rule.predicate
        return rule


class Entrance(dict[tuple[Kinds, tuple[str, ...] | None, bool], Table]):
    """The tables of the objects below one member, by (types, contexts of their own, whether they have an id only)."""

    def __init__(self, vocabulary: "Vocabulary", context: Mapping[str, Any], name: str | None) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._context = context
        self._name = name

    def __missing__(self, key: tuple[Kinds, tuple[str, ...] | None, bool]) -> Table:
        table = self._vocabulary.table(self._context, self._name, *key)
        self[key] = table
        return table


class Vocabulary:
    """All tables under the agreed edition of every bundled context."""

    def __init__(self) -> None:
        self.count = 0
        self._chosen = tuple(several[0] for several in editions().values())
        self._processor = jsonld.JsonLdProcessor()
        self.root = Entrance(self, self._processor.process_context({}, None, dict(_OPTIONS)), None)

    def table(self, context: Any, name: str | None, kinds: Kinds, urls: tuple[str, ...] | None, only_id: bool) -> Table:
        """The table of an object below the member `name` (PyLD's `_expand` up to where it looks at members)."""
        self.count += 1
        try:
            return self._table(context, name, kinds, urls, only_id)
        except (jsonld.JsonLdError, VerifiableBadgesError) as error:
            raise Surprise from error

    def _table(self, context: Any, name: str | None, kinds: Kinds, urls: Any, only_id: bool) -> Table:
        with borrowed_resolver(self._chosen) as resolver:
            options = {**_OPTIONS, "contextResolver": resolver}
            process = self._processor._process_context
            scoped = _value(context, name, "@context")
            if not only_id:
                context = context.get("previousContext", context)
            if scoped is not None:
                context = process(context, scoped, options, override_protected=True)
            if urls is not None:
                context_urls({"@context": list(urls)})
                context = process(context, list(urls), options)
            typing = context
            listed = (kinds,) if isinstance(kinds, str) else kinds or ()
            for kind in sorted(listed):
                own = _value(typing, kind, "@context")
                if own is not None and own is not False:
                    context = process(context, own, options, propagate=False)
        if "@language" in context or "@direction" in context:
            raise Surprise
        if kinds is not None and not (
            listed and self.rule(typing, "type").kind == self.rule(context, "type").kind == "type"
        ):
            raise Surprise
        return Table(self, context, tuple(_type_line(typing, kind) for kind in listed))

    def rule(self, context: Any, name: str) -> Rule:
        """The rule of a member. Raises `Surprise` for members that are unknown, respelled or of a rare sort."""
        definition = context["mappings"].get(name)
        if not definition or name[:1].isupper() or name[:1] == "@" or ":" in name or definition["reverse"]:
            raise Surprise
        address = definition["@id"]
        if address in ("@id", "@type"):
            if name != address[1:]:
                raise Surprise
            return Rule(name)
        container = set(definition.get("@container", ()))
        if not _is_address(address) or not container <= {"@set", "@list", "@graph"}:
            raise Surprise
        if definition.get("@language") or definition.get("@direction"):
            raise Surprise
        inner = self._property_scoped(context, definition)
        kind, datatype = _kind(definition.get("@type"))
        return Rule(
            kind,
            f" <{address}> ",
            datatype,
            is_list="@list" in container,
            is_graph="@graph" in container,
            prefixes=_prefixes(inner),
            choices=_choices(inner) if kind == "vocabulary" else None,
            below=Entrance(self, inner, name),
        )

    def _property_scoped(self, context: Any, definition: Mapping[str, Any]) -> Any:
        scoped = definition.get("@context")
        if scoped is None:
            return context
        with borrowed_resolver(self._chosen) as resolver:
            options = {**_OPTIONS, "contextResolver": resolver}
            return self._processor._process_context(context, scoped, options, override_protected=True)


def _value(context: Any, name: str | None, member: str) -> Any:
    return jsonld.JsonLdProcessor.get_context_value(context, name, member)


def _is_address(text: object) -> bool:
    return isinstance(text, str) and ABSOLUTE.fullmatch(text) is not None


def _kind(coercion: str | None) -> tuple[str, str]:
    """The sort of a member and its datatype, by what its context coerces its values to."""
    if coercion is None or coercion == "@none":
        return "text", ""
    if coercion == "@id":
        return "address", ""
    if coercion == "@vocab":
        return "vocabulary", ""
    if not _is_address(coercion) or coercion == XSD_DOUBLE:
        raise Surprise  # @json; texts of numbers that have several spellings
    return "typed", coercion


def _type_line(context: Any, kind: str) -> str:
    """The tail of the line that says an object's type, which is a term or, for foreign types, a full address."""
    definition = context["mappings"].get(kind)
    if kind in term_addresses() or (kind[:1].islower() and ":" not in kind):
        raise Surprise
    return f"{TYPE}{address(kind, _prefixes(context)) if definition is None else _bracketed(definition['@id'])}"


def address(value: Any, prefixes: frozenset[str]) -> str:
    """An address that stands for itself, in brackets: complete, no blank node, and not the short form of another."""
    if type(value) is not str or (not _PLAIN_ADDRESS.fullmatch(value) and not _ADDRESS.fullmatch(value)):
        raise Surprise
    scheme, _, rest = value.partition(":")
    if scheme == "x-relative" or (scheme in prefixes and rest[:2] != "//"):
        raise Surprise
    return f"<{value}>"


def is_plain_address(text: str) -> bool:
    """Whether a text is an address without anything that could be unusual, apart from its scheme."""
    return _PLAIN_ADDRESS.fullmatch(text) is not None


def _bracketed(address: object) -> str:
    if not _is_address(address):
        raise Surprise
    return f"<{address}>"


def _prefixes(context: Any) -> frozenset[str]:
    return frozenset(name for name, entry in context["mappings"].items() if entry and entry["_prefix"])


def _choices(context: Any) -> dict[str, str]:
    words = context["mappings"].items()
    return {word: f"<{entry['@id']}>" for word, entry in words if entry and _is_address(entry["@id"])}


_CURRENT: list[Vocabulary] = []


def vocabulary() -> Vocabulary:
    """The tables, of which there is one set in a process.

    Strangers choose contexts and types, so there is a bound after which the tables are made anew.
    """
    if not _CURRENT or _CURRENT[-1].count > _MAX_TABLES:
        _CURRENT[:] = [Vocabulary()]
    return _CURRENT[-1]
