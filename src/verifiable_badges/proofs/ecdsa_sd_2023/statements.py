"""A document as statements, one N-Quad each, whose blank nodes have names that say nothing (Data Integrity ECDSA
Cryptosuites 1.0 sections 3.4.1 to 3.4.10 and 3.4.14 to 3.4.17).

Canonical names depend on the whole document, so that they would betray what is left out. Under HMAC of a key that only
issuer and holder know they betray nothing, and a part of the document can be signed for.

To find the statements of a part, each object gets an id before the part is taken (`urn:bnid:…`), which becomes the name
of its blank node again afterwards. The specification expands the document, names its objects and compacts it again; we
name the objects of the compact document at once, and refuse a document in which that gives another graph. Cells of
lists and graphs of embedded credentials have no object of their own: they are named by what leads to them, so that they
too are the same in the whole and in a part.
"""

import hmac
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from verifiable_badges.errors import InvalidDocument, Unsupported
from verifiable_badges.jsonld import Quad, Reading, canonicalize, expand, to_quads
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode
from verifiable_badges.proofs.ecdsa_sd_2023.pointers import select
from verifiable_badges.proofs.suite import Editions, Unsecured

ALGORITHM = "sha256"
_SKOLEM = "urn:bnid:"
_BLANK_GRAPH = re.compile(r" _:c14n[0-9]+\Z")
_FIRST, _REST, _NIL = (f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}" for name in ("first", "rest", "nil"))


class Statements:
    """All statements of a document, sorted, their blank nodes named with `hmac_key` (section 3.4.17)."""

    def __init__(self, unsecured: Unsecured, hmac_key: bytes, chosen: Editions) -> None:
        """Raises `Unsupported` for a document whose parts cannot be told from each other."""
        if _mentions(unsecured.document, _SKOLEM):
            raise InvalidDocument("skolem_address", f"The document uses addresses that begin with {_SKOLEM}")
        names = (f"{_SKOLEM}{number}" for number in itertools.count())
        self._chosen, self._reading = chosen, unsecured.reading
        self._document = _with_ids(unsecured.document, names)
        # Of parts that are alike, the holder must find the same one under a name as the issuer: hence sorted.
        canonical = canonicalize(sorted(_quads(self._document, chosen, self._reading)), algorithm=ALGORITHM)
        if canonical.text.encode("utf-8") != unsecured.nquads(chosen, ALGORITHM):
            raise Unsupported("parts_not_separable", "Parts of the document cannot be told from each other.")
        labels = hmac_labels(len(canonical.issued), hmac_key)
        self.labels = {node: labels[name] for node, name in canonical.issued.items()}
        """The name of each blank node by the name it has while parts are selected."""
        self.lines = relabelled(canonical.text, labels)

    def part(self, pointers: Sequence[str]) -> "Part":
        """The statements that the pointers select (section 3.4.16).

        Raises `InvalidDocument` for pointers that lead nowhere, or select one item of a list whose order counts.
        """
        quads = _quads(select(self._document, pointers), self._chosen, self._reading) if pointers else set()
        part = Part(quads, {self._relabelled(quad).line() for quad in quads})
        if not part.lines <= set(self.lines):
            raise InvalidDocument(
                "pointer_cuts_list", "A list whose order counts can only be selected as a whole, not item by item."
            )
        return part

    def _relabelled(self, quad: Quad) -> Quad:
        return Quad(*(f"_:{self.labels.get(term[2:])}" if term.startswith("_:") else term for term in quad))


class Part:
    """Selected statements: their lines with the names of the whole, their quads with names that only we know."""

    def __init__(self, quads: set[Quad], lines: set[str]) -> None:
        self.lines = lines
        self._quads = quads

    def canonical_names(self) -> dict[str, str]:
        """The canonical name that each blank node has in a document with no other statements."""
        return canonicalize(sorted(self._quads), algorithm=ALGORITHM).issued


def hmac_labels(count: int, key: bytes) -> dict[str, str]:
    """The name of each of the blank nodes c14n0, c14n1, … (section 3.4.4)."""
    names = [f"c14n{number}" for number in range(count)]
    return {name: label_text(hmac.digest(key, name.encode("ascii"), ALGORITHM)) for name in names}


def label_text(label: bytes) -> str:
    """The 32 bytes of a label as the name of a blank node; the `u` makes it a legal one."""
    return "u" + base64url_encode(label)


def label_bytes(text: str) -> bytes:
    """The reverse of `label_text`."""
    return base64url_decode(text[1:])


def relabelled(nquads: str, labels: Mapping[str, str]) -> list[str]:
    """Canonical N-Quads, their blank nodes named by `labels` (all of them), one line each, in the new order."""
    quads = map(_terms, nquads.split("\n")[:-1])
    return sorted(Quad(_name(s, labels), p, _name(o, labels), _name(g, labels)).line() for s, p, o, g in quads)


def blank_names(nquads: str) -> set[str]:
    """The names of the blank nodes in canonical N-Quads, without `_:`."""
    terms = itertools.chain.from_iterable(map(_terms, nquads.split("\n")[:-1]))
    return {term[2:] for term in terms if term.startswith("_:")}


def _terms(line: str) -> Quad:
    """The terms of a line of canonical N-Quads. Its graph is looked for only if it is a blank node.

    A text in quotes may hold “_:c14n0”, but does not end with it.
    """
    subject, predicate, rest = line.removesuffix(" .").split(" ", 2)
    object_, _, graph = rest.rpartition(" ") if _BLANK_GRAPH.search(rest) else (rest, "", "")
    return Quad(subject, predicate, object_, graph)


def _name(term: str, labels: Mapping[str, str]) -> str:
    return "_:" + labels[term[2:]] if term.startswith("_:") else term


def _with_ids(value: Any, names: Iterator[str]) -> Any:
    """Section 3.4.8, on the compact form. Ids do not depend on the order of members, which storage may change."""
    if isinstance(value, list):
        return [_with_ids(item, names) for item in value]
    if not isinstance(value, Mapping) or "@value" in value:
        return value
    named = {} if "id" in value else {"id": next(names)}
    inside = {name: child if name == "@context" else _with_ids(child, names) for name, child in sorted(value.items())}
    return named | inside


def _quads(document: Mapping[str, Any], chosen: Editions, reading: Reading) -> set[Quad]:
    """The quads of a document with ids everywhere, its ids turned into blank nodes (sections 3.4.6 and 3.4.10)."""
    return {Quad(*map(_deskolemised, quad)) for quad in to_quads(_nodes(expand(document, chosen, reading)))}


def _deskolemised(term: str) -> str:
    return f"_:{term[len(_SKOLEM) + 1 : -1]}" if term.startswith(f"<{_SKOLEM}") else term


def _nodes(nodes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Expanded nodes of one graph whose lists are nodes too, and whose graphs have ids."""
    cells: list[dict[str, Any]] = []
    return [_node(node, cells) for node in nodes] + cells


def _node(node: Mapping[str, Any], cells: list[dict[str, Any]]) -> dict[str, Any]:
    """One node; what its lists become is added to `cells`."""
    return {
        name: values
        if name in ("@id", "@type")
        else [_value(value, f"{node['@id']} {name}", cells) for value in values]
        for name, values in node.items()
    }


def _value(value: Mapping[str, Any], path: str, cells: list[dict[str, Any]]) -> Mapping[str, Any]:
    """`path` says what leads here: the id of the subject and the predicate."""
    if "@value" in value:
        return value
    if "@list" in value:
        return _list(value["@list"], path, cells)
    if "@graph" in value:
        nodes = _nodes(value["@graph"])
        return {"@id": f"{_SKOLEM}{path} {' '.join(node['@id'] for node in nodes)}", **value, "@graph": nodes}
    return _node(value, cells)


def _list(items: Sequence[Mapping[str, Any]], path: str, cells: list[dict[str, Any]]) -> dict[str, Any]:
    """The first cell of a list; side by side, since one within the other they would be nested as deep as it is long."""
    names = [f"{_SKOLEM}{path} {place}" for place in range(len(items))] + [_NIL]
    for item, (name, following) in zip(items, itertools.pairwise(names), strict=True):
        cells.append({"@id": name, _FIRST: [_value(item, name, cells)], _REST: [{"@id": following}]})
    return {"@id": names[0]}


def _mentions(value: Any, beginning: str) -> bool:
    """Whether any text in a JSON value begins so."""
    stack = [value]
    while stack:
        match stack.pop():
            case str(text) if text.startswith(beginning):
                return True
            case dict(members):
                stack.extend(members.values())
            case list(items):
                stack.extend(items)
    return False
