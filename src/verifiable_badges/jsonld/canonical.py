"""RDF Dataset Canonicalization, RDFC-1.0 (https://www.w3.org/TR/rdf-canon/), with a budget of work.

Blank nodes have no names of their own. Those that differ in what is said about them are told apart by the hash of it
(section 4.6); those that look alike are told apart by their surroundings (section 4.8), whose cost is factorial for
graphs made to hurt. Such graphs end with `LimitExceeded`.
"""

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from verifiable_badges.errors import LimitExceeded
from verifiable_badges.jsonld.nquads import Quad, is_blank
from verifiable_badges.limits import MAX_CANONICAL_WORK

# The deepest chain of look-alikes followed; well below Python's own limit.
_MAX_CHAIN = 200
_TANGLED = "Too many parts of the document look alike to be put in order."


@dataclass(frozen=True, slots=True)
class CanonicalDataset:
    """The canonical N-Quads and the canonical name of each blank node of the input (without `_:`)."""

    text: str
    issued: dict[str, str]


@dataclass(slots=True)
class _Issuer:
    """Gives names in the order in which they are asked for (section 4.4)."""

    prefix: str
    names: dict[str, str] = field(default_factory=dict)

    def name(self, node: str) -> str:
        if node not in self.names:
            self.names[node] = f"_:{self.prefix}{len(self.names)}"
        return self.names[node]

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, dict(self.names))


def canonicalize(
    quads: Collection[Quad], *, algorithm: str = "sha256", work: int = MAX_CANONICAL_WORK
) -> CanonicalDataset:
    """The canonical form of a dataset, hashing with `sha256` or `sha384`. Raises `LimitExceeded` after `work` steps.

    Blank nodes that nothing tells apart could share their names out in any way: they do it in the order of `quads`, so
    that a caller who keeps an order gets the same names again.
    """
    try:
        return _Canonicalizer(list(dict.fromkeys(quads)), algorithm, work).run()
    except RecursionError as error:  # called from deep below, where the stack has less room than _MAX_CHAIN needs
        raise LimitExceeded("too_tangled", _TANGLED) from error


class _Canonicalizer:
    """The state of section 4.3."""

    def __init__(self, quads: list[Quad], algorithm: str, work: int) -> None:
        self._quads = quads
        self._algorithm = algorithm
        self._work = work
        self._canonical = _Issuer("c14n")
        self._first_degree: dict[str, str] = {}
        self._quads_of: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            for node in dict.fromkeys(term for term in (quad.subject, quad.object, quad.graph) if is_blank(term)):
                self._quads_of[node].append(quad)

    def run(self) -> CanonicalDataset:
        """Section 4.4.3."""
        alike: dict[str, list[str]] = defaultdict(list)
        for node in self._quads_of:
            alike[self._hash_first_degree(node)].append(node)
        for digest in sorted(alike):
            if len(alike[digest]) == 1:
                self._canonical.name(alike[digest][0])
        for digest in sorted(alike):
            if len(alike[digest]) > 1:
                self._tell_apart(alike[digest])
        names = self._canonical.names
        lines = sorted(Quad(names.get(s, s), p, names.get(o, o), names.get(g, g)).line() for s, p, o, g in self._quads)
        return CanonicalDataset("".join(lines), {node[2:]: name[2:] for node, name in names.items()})

    def _tell_apart(self, nodes: list[str]) -> None:
        results = []
        for node in nodes:
            if node not in self._canonical.names:
                issuer = _Issuer("b")
                issuer.name(node)
                results.append(self._hash_n_degree(node, issuer, depth=0))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for node in issuer.names:
                self._canonical.name(node)

    def _hash(self, text: str) -> str:
        return hashlib.new(self._algorithm, text.encode("utf-8")).hexdigest()

    def _hash_first_degree(self, node: str) -> str:
        """Section 4.6. Two quads that print alike are two lines: they are not merged."""
        if node not in self._first_degree:

            def blind(term: str) -> str:
                return term if not is_blank(term) else "_:a" if term == node else "_:z"

            lines = sorted(Quad(blind(s), p, blind(o), blind(g)).line() for s, p, o, g in self._quads_of[node])
            self._first_degree[node] = self._hash("".join(lines))
        return self._first_degree[node]

    def _hash_related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Section 4.7."""
        name = self._canonical.names.get(related) or issuer.names.get(related) or self._hash_first_degree(related)
        predicate = "" if position == "g" else quad.predicate
        return self._hash(position + predicate + name)

    def _hash_n_degree(self, node: str, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """Section 4.8. Returns the hash and the issuer with the names given on the chosen path."""
        if depth > _MAX_CHAIN:
            raise LimitExceeded("too_tangled", _TANGLED)
        to_hash = []
        related_by_hash = self._related(node, issuer)
        for digest in sorted(related_by_hash):
            path, issuer = self._best_path(related_by_hash[digest], issuer, depth)
            to_hash += [digest, path]
        return self._hash("".join(to_hash)), issuer

    def _related(self, node: str, issuer: _Issuer) -> dict[str, list[str]]:
        related_by_hash: dict[str, list[str]] = defaultdict(list)
        for quad in self._quads_of[node]:
            self._spend()
            for position, term in (("s", quad.subject), ("o", quad.object), ("g", quad.graph)):
                if is_blank(term) and term != node:
                    related_by_hash[self._hash_related(term, quad, issuer, position)].append(term)
        return related_by_hash

    def _best_path(self, related: list[str], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """Section 4.8.3 step 5: the least path over all orders of the related nodes."""
        best: tuple[str, _Issuer] | None = None
        for order in itertools.permutations(related):
            candidate = self._path(order, issuer.copy(), best[0] if best else "", depth)
            if candidate is not None and (best is None or candidate[0] < best[0]):
                best = candidate
        assert best is not None  # the first order always gives a path
        return best

    def _path(self, order: tuple[str, ...], issuer: _Issuer, best: str, depth: int) -> tuple[str, _Issuer] | None:
        """The path of one order, or None as soon as it cannot be the least."""
        path = ""
        recursion = []
        for node in order:
            self._spend()
            if node in self._canonical.names:
                path += self._canonical.names[node]
            else:
                if node not in issuer.names:
                    recursion.append(node)
                path += issuer.name(node)
            if _is_worse(path, best):
                return None
        for node in recursion:
            digest, found = self._hash_n_degree(node, issuer, depth + 1)
            path += f"{issuer.name(node)}<{digest}>"
            issuer = found
            if _is_worse(path, best):
                return None
        return path, issuer

    def _spend(self) -> None:
        self._work -= 1
        if self._work < 0:
            raise LimitExceeded("too_tangled", _TANGLED)


def _is_worse(path: str, best: str) -> bool:
    return bool(best) and len(path) >= len(best) and path > best
