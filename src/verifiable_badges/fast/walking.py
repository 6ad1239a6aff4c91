"""A JSON document straight to its lines of N-Quads, without expanding it.

What `jsonld.expand` and `jsonld.check_compact_form` check is checked on the way: only short names that a context
defines, complete addresses, nothing dropped, no list in a list, no number that readers print apart. Whatever is unusual
raises `Surprise`, whether it is wrong or only rare.
"""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.fast.terms import Entrance, Rule, Surprise, Table, address, vocabulary
from verifiable_badges.jsonld import Quad
from verifiable_badges.jsonld.compact_form import MAX_INTEGER
from verifiable_badges.jsonld.expansion import LANGUAGE
from verifiable_badges.jsonld.nquads import XSD_STRING, escape
from verifiable_badges.jsonld.rdf import typed_literal
from verifiable_badges.limits import MAX_DEPTH, MAX_NODES

Term = str | int
"""An address in its brackets, or the number of a blank node."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST = f" <{_RDF}first> ", f" <{_RDF}rest> "
_NIL = f"<{_RDF}nil>"
# Counted more coarsely than `check_tree` does, and therefore below its limits.
_MAX_DEPTH, _MAX_VALUES = MAX_DEPTH - 4, MAX_NODES // 2


class Graph:
    """The quads of one graph. A tail is a line without its subject and its end: ` <predicate> object`.

    `named` holds the tails of each subject that has an address; `blank` those of each blank node, lines to other blank
    nodes apart: they are (subject, ` <predicate> `, blank node) in `edges`. `label` is the blank node that names the
    graph, None for the default graph.
    """

    __slots__ = ("blank", "edges", "label", "named")

    def __init__(self, label: int | None) -> None:
        self.label = label
        self.named: dict[str, list[str]] = {}
        self.blank: dict[int, list[str]] = {}
        self.edges: list[tuple[Term, str, int]] = []


class Walk:
    """One document without its proof, on its way to quads under the agreed editions of its contexts.

    `clean` promises that no text in it needs an escape. `ids` are the ids of its objects, `embedded` the contexts that
    objects inside bring along. Raises `Surprise`.
    """

    def __init__(self, document: Mapping[str, Any], *, clean: bool = False) -> None:
        self.graphs = [Graph(None)]
        self.blanks = 0
        self.ids: list[str] = []
        self.embedded: list[tuple[str, ...]] = []
        self._clean = clean
        self._values = 0
        self._node(document, vocabulary().root, self.graphs[0], 1)

    def _node(self, node: Mapping[str, Any], entrance: Entrance, graph: Graph, depth: int) -> Term:
        kinds, urls, identifier = node.get("type"), None, node.get("id")
        if type(kinds) is list:
            kinds = tuple(kinds)
        if "@context" in node:
            urls = self._contexts(node, kinds, depth)
        self._values += len(node)
        if depth > _MAX_DEPTH or self._values > _MAX_VALUES or not node:
            raise Surprise
        try:
            table = entrance[kinds, urls, identifier is not None and len(node) == 1]
        except TypeError as error:
            raise Surprise from error  # a type that is no text
        subject: Term
        if identifier is None:
            subject = self.blanks
            self.blanks += 1
            tails = graph.blank[subject] = list(table.types)
        else:
            subject = address(identifier, table.prefixes)
            self.ids.append(identifier)
            tails = graph.named.setdefault(subject, [])
            tails += table.types
        self._members(node, table, subject, tails, graph, depth)
        return subject

    def _members(
        self, node: Mapping[str, Any], table: Table, subject: Term, tails: list[str], graph: Graph, depth: int
    ) -> None:
        clean, texts, addresses = self._clean, table.texts, table.addresses
        for name, value in node.items():
            if type(value) is str:
                if name in texts:
                    tails.append(f'{texts[name]}"{value if clean else escape(value)}"')
                elif name in addresses:
                    tails.append(addresses[name] + address(value, table.prefixes))
                else:
                    rule = table[name]
                    if rule.kind not in ("id", "type"):
                        self._value(subject, tails, rule, value, graph, depth)
            elif name == "type":
                if value is None:
                    raise Surprise
            elif name != "@context":
                self._value(subject, tails, table[name], value, graph, depth)

    def _contexts(self, node: Mapping[str, Any], kinds: Any, depth: int) -> tuple[str, ...]:
        """The contexts that an object brings along; only whole credentials may."""
        value = node["@context"]
        if depth > 1 and (not kinds or "VerifiableCredential" not in kinds or type(kinds) is str):
            raise Surprise
        if type(value) is not list:
            raise Surprise
        if depth > 1:
            self.embedded.append(tuple(value))
        return tuple(value)

    def _value(self, subject: Term, tails: list[str], rule: Rule, value: Any, graph: Graph, depth: int) -> None:
        if rule.is_list:
            return self._list(subject, tails, rule, value, graph, depth)
        if type(value) is list:
            self._values += len(value)
            if not value:
                raise Surprise
            for item in value:
                self._one(subject, tails, rule, item, graph, depth + 1)
        else:
            self._one(subject, tails, rule, value, graph, depth)

    def _one(self, subject: Term, tails: list[str], rule: Rule, value: Any, graph: Graph, depth: int) -> None:
        """One value of a member: a line of its own, and for an object those of the object."""
        if type(value) is not dict or "@value" in value:
            tails.append(rule.predicate + self._term(rule, value))
            return
        if rule.below is None:
            raise Surprise
        if rule.is_graph:
            inner = Graph(self.blanks)
            child: Term = self.blanks
            self.blanks += 1
            self.graphs.append(inner)
            self._node(value, rule.below, inner, depth + 1)
        else:
            child = self._node(value, rule.below, graph, depth + 1)
        if type(child) is int:
            graph.edges.append((subject, rule.predicate, child))
        else:
            tails.append(f"{rule.predicate}{child}")

    def _list(self, subject: Term, tails: list[str], rule: Rule, value: Any, graph: Graph, depth: int) -> None:
        items = value if type(value) is list else [value]
        if not items or rule.is_graph:
            raise Surprise
        self._values += len(items)
        place, predicate = subject, rule.predicate
        for item in items:
            cell = self.blanks
            self.blanks += 1
            graph.edges.append((place, predicate, cell))
            cell_tails = graph.blank[cell] = []
            self._first(cell, cell_tails, rule, item, graph, depth)
            place, predicate = cell, _REST
        cell_tails.append(_REST + _NIL)

    def _first(self, cell: int, tails: list[str], rule: Rule, item: Any, graph: Graph, depth: int) -> None:
        if type(item) is not dict or "@value" in item:
            tails.append(_FIRST + self._term(rule, item))
            return
        if rule.below is None:
            raise Surprise
        child = self._node(item, rule.below, graph, depth + 2)
        if type(child) is int:
            graph.edges.append((cell, _FIRST, child))
        else:
            tails.append(f"{_FIRST}{child}")

    def _term(self, rule: Rule, value: Any) -> str:
        """The term of a value that is not an object."""
        kind = rule.kind
        if rule.is_graph or kind == "id" or kind == "type":
            raise Surprise
        if type(value) is str:
            if kind == "address":
                return address(value, rule.prefixes)
            if kind == "vocabulary":
                return _word(rule, value)
            text = f'"{value if self._clean else escape(value)}"'
            return f"{text}^^<{rule.datatype}>" if rule.datatype and rule.datatype != XSD_STRING else text
        if type(value) is dict:
            return self._text_with_language(value)
        if kind != "text" and kind != "typed":
            raise Surprise
        return _number(rule, value)

    def _text_with_language(self, value: Mapping[str, Any]) -> str:
        text, language = value.get("@value"), value.get("@language")
        self._values += 2
        if len(value) != 2 or type(text) is not str or type(language) is not str or not LANGUAGE.fullmatch(language):
            raise Surprise
        return f'"{text if self._clean else escape(text)}"@{language.lower()}'

    def quads(self) -> set[Quad]:
        """The quads with blank nodes `_:b0`, `_:b1`, …"""
        found = set()
        for graph in self.graphs:
            name = "" if graph.label is None else f"_:b{graph.label}"
            blank = ((f"_:b{node}", tails) for node, tails in graph.blank.items())
            for subject, tails in [*graph.named.items(), *blank]:
                for tail in tails:
                    predicate, _, object_ = tail[1:].partition("> ")
                    found.add(Quad(subject, predicate + ">", object_, name))
            for term, predicate, child in graph.edges:
                subject = term if isinstance(term, str) else f"_:b{term}"
                found.add(Quad(subject, predicate[1:-1], f"_:b{child}", name))
        return found


def _word(rule: Rule, value: str) -> str:
    term = rule.choices.get(value) if rule.choices else None
    if term is None:
        raise Surprise
    return term


def _number(rule: Rule, value: Any) -> str:
    kind = type(value)
    whole = kind is int and -MAX_INTEGER <= value <= MAX_INTEGER
    if kind is bool or whole or (kind is float and 1e-6 <= abs(value) <= MAX_INTEGER):
        return typed_literal(value, rule.datatype or None)
    raise Surprise
