"""From expanded JSON-LD to quads (JSON-LD 1.1 API section 8.1), without a node map.

Objects of one id meet in the graph by themselves: their quads have one subject, and the set forgets repetitions.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from verifiable_badges.jsonld.jcs import jcs
from verifiable_badges.jsonld.nquads import XSD_STRING, Quad, literal

_XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_DOUBLE = _XSD + "double"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_I18N = "https://www.w3.org/ns/i18n#"
_TYPE, _FIRST, _REST, _NIL = (f"<{_RDF}{name}>" for name in ("type", "first", "rest", "nil"))


def to_quads(expanded: Sequence[Mapping[str, Any]]) -> set[Quad]:
    """The dataset of an expanded document that `expand` has checked."""
    return set(_Writer().nodes(expanded, graph=""))


class _Writer:
    """Walks one document and names its blank nodes, also those that the document has named."""

    def __init__(self) -> None:
        self._names = (f"_:b{number}" for number in itertools.count())
        self._given: dict[str, str] = {}

    def nodes(self, nodes: Sequence[Mapping[str, Any]], graph: str) -> Iterator[Quad]:
        for node in nodes:
            _, quads = self._node(node, graph)
            yield from quads

    def _node(self, node: Mapping[str, Any], graph: str) -> tuple[str, list[Quad]]:
        subject = self._term(node["@id"]) if "@id" in node else next(self._names)
        quads = [Quad(subject, _TYPE, self._term(kind), graph) for kind in node.get("@type", [])]
        quads.extend(self.nodes(node.get("@graph", []), graph=subject))
        quads.extend(self.nodes(node.get("@included", []), graph))
        for name, values in node.items():
            if not name.startswith("@"):
                for value in values:
                    term, further = self._value(value, graph)
                    quads.append(Quad(subject, f"<{name}>", term, graph))
                    quads.extend(further)
        for name, sources in node.get("@reverse", {}).items():
            for source in sources:
                term, further = self._node(source, graph)
                quads += [Quad(term, f"<{name}>", subject, graph), *further]
        return subject, quads

    def _term(self, name: str) -> str:
        if not name.startswith("_:"):
            return f"<{name}>"
        if name not in self._given:
            self._given[name] = next(self._names)
        return self._given[name]

    def _value(self, value: Mapping[str, Any], graph: str) -> tuple[str, list[Quad]]:
        if "@value" in value:
            return _literal(value), []
        if "@list" in value:
            return self._list(value["@list"], graph)
        return self._node(value, graph)

    def _list(self, items: Sequence[Mapping[str, Any]], graph: str) -> tuple[str, list[Quad]]:
        cells = [next(self._names) for _ in items] + [_NIL]
        quads = []
        for item, cell, rest in zip(items, cells, cells[1:], strict=False):
            term, further = self._value(item, graph)
            quads += [Quad(cell, _FIRST, term, graph), Quad(cell, _REST, rest, graph), *further]
        return cells[0], quads


def _literal(node: Mapping[str, Any]) -> str:
    value, datatype = node["@value"], node.get("@type")
    if datatype == "@json":
        return literal(jcs(value).decode("utf-8"), _RDF + "JSON")
    if isinstance(value, bool | int | float):
        return typed_literal(value, datatype)
    language = node.get("@language", "")
    if "@direction" in node:
        # The only form that keeps the direction under the signature, and the one other issuers use (decision 12).
        return literal(value, f"{_I18N}{language}_{node['@direction']}")
    return literal(value, datatype or XSD_STRING, language)


def typed_literal(value: bool | int | float, datatype: str | None) -> str:
    """The literal of a truth value or number, under its own datatype if the context gives none (section 8.2.2)."""
    if isinstance(value, bool):
        return literal("true" if value else "false", datatype or _XSD + "boolean")
    if datatype == XSD_DOUBLE or abs(value) >= 1e21 or not float(value).is_integer():
        return literal(double(value), datatype or XSD_DOUBLE)
    return literal(str(int(value)), datatype or _XSD + "integer")


def double(value: float) -> str:
    """The canonical form of an xsd:double: 1.5 is `1.5E0`."""
    return re.sub(r"(\d)0*E\+?(-)?0*(\d)", r"\1E\2\3", f"{value:1.15E}")
