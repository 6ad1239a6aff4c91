"""RDFC-1.0 for a walked document whose blank nodes differ in what is said about them directly.

That is nearly always so. Where two look alike (identical alignments), `jsonld.canonical` tells them apart.
"""

import hashlib

from verifiable_badges.fast.walking import Graph, Walk
from verifiable_badges.jsonld import canonicalize


def canonical_text(walk: Walk) -> str:
    """The canonical N-Quads. Raises `LimitExceeded` where `canonicalize` does."""
    names = _names(walk) if walk.blanks else {}
    if names is None:
        return canonicalize(walk.quads()).text
    lines: set[str] = set()
    for graph in walk.graphs:
        lines.update(_lines(graph, names))
    return "".join(sorted(lines))


def _names(walk: Walk) -> dict[int, str] | None:
    """The canonical name of each blank node (RDFC-1.0 section 4.4.3 steps 3 and 4), None if two look alike."""
    seen: list[list[str]] = [[] for _ in range(walk.blanks)]
    for graph in walk.graphs:
        _look(graph, seen)
    hashes = {hashlib.sha256("".join(sorted(lines)).encode()).hexdigest(): node for node, lines in enumerate(seen)}
    if len(hashes) != walk.blanks:
        return None
    return {hashes[digest]: f"_:c14n{number}" for number, digest in enumerate(sorted(hashes))}


def _look(graph: Graph, seen: list[list[str]]) -> None:
    """Write down the lines about each blank node, itself as `_:a` and the others as `_:z` (section 4.6)."""
    end = " .\n" if graph.label is None else " _:z .\n"
    for node, tails in graph.blank.items():
        seen[node] += [f"_:a{tail}{end}" for tail in set(tails)]
    for subject, predicate, child in graph.edges:
        if type(subject) is int:
            seen[subject].append(f"_:a{predicate}_:z{end}")
            subject = "_:z"
        seen[child].append(f"{subject}{predicate}_:a{end}")
    if graph.label is not None:
        _look_at_label(graph, seen[graph.label])


def _look_at_label(graph: Graph, lines: list[str]) -> None:
    """Every quad of a graph is about the blank node that names it."""
    named = {f"{subject}{tail} _:a .\n" for subject, tails in graph.named for tail in tails}
    blank = [f"_:z{tail} _:a .\n" for tails in graph.blank.values() for tail in set(tails)]
    edges = [
        f"{'_:z' if type(subject) is int else subject}{predicate}_:z _:a .\n" for subject, predicate, _ in graph.edges
    ]
    lines += [*named, *blank, *edges]


def _lines(graph: Graph, names: dict[int, str]) -> list[str]:
    end = " .\n" if graph.label is None else f" {names[graph.label]} .\n"
    lines = [f"{subject}{tail}{end}" for subject, tails in graph.named for tail in tails]
    for node, tails in graph.blank.items():
        name = names[node]
        lines += [f"{name}{tail}{end}" for tail in tails]
    for term, predicate, child in graph.edges:
        subject = names[term] if isinstance(term, int) else term
        lines.append(f"{subject}{predicate}{names[child]}{end}")
    return lines
