"""RDFC-1.0 for a walked document whose blank nodes differ in what is said about them directly.

That is nearly always so. Where two look alike (identical alignments), `jsonld.canonical` tells them apart.

Lines are put together by subject, since those of one subject stand together in sorted N-Quads. Sorting them without
their ends is the same as with them: where one line begins like a whole other one, what follows there is `@` or `^`,
or a digit of a name, all of which come after the space before the end.
"""

import hashlib
from collections.abc import Iterable

from verifiable_badges.fast.walking import Graph, Walk
from verifiable_badges.jsonld import canonicalize


def canonical_text(walk: Walk) -> str:
    """The canonical N-Quads. Raises `LimitExceeded` where `canonicalize` does."""
    names = _names(walk) if walk.blanks else []
    if names is None:
        return canonicalize(walk.quads()).text
    if len(walk.graphs) > 1:
        return "".join(sorted({line for graph in walk.graphs for line in _lines(graph, names)}))
    subjects = _tails(walk.graphs[0], names)
    return "".join(sorted([_block(subject, sorted(tails), " .\n") for subject, tails in subjects.items() if tails]))


def lines_by_subject(walk: Walk, names: list[str]) -> dict[str, set[str]]:
    """The lines of each subject that has any, under these names of the blank nodes."""
    found: dict[str, set[str]] = {}
    for graph in walk.graphs:
        for subject, lines in _lines_of(graph, names):
            found.setdefault(subject, set()).update(lines)
    return {subject: lines for subject, lines in found.items() if lines}


def lines_about_blanks(walk: Walk) -> list[list[str]]:
    """For each blank node the lines of which its hash is made, in no order."""
    found: list[list[str]] = [[] for _ in range(walk.blanks)]
    for graph in walk.graphs:
        end = _end(graph)
        below, above = _neighbours(graph)
        for node, tails in graph.blank.items():
            found[node] += [f"_:a{tail}{end}" for tail in [*set(tails), *below.get(node, [])]]
        for node, beginnings in above.items():
            found[node] += [f"{beginning}_:a{end}" for beginning in beginnings]
        if graph.label is not None:
            found[graph.label] += _lines_within(graph)
    return found


def _block(subject: str, tails: Iterable[str], end: str) -> str:
    """The lines of one subject, of which there is at least one."""
    return f"{subject}{(end + subject).join(tails)}{end}"


def _names(walk: Walk) -> list[str] | None:
    """The canonical name of each blank node (RDFC-1.0 section 4.4.3 steps 3 and 4), None if two look alike."""
    if len(walk.graphs) > 1:
        texts = ["".join(sorted(lines)) for lines in lines_about_blanks(walk)]
    else:
        texts = _texts_about(walk.graphs[0])
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    ranks = {digest: rank for rank, digest in enumerate(sorted(hashes))}
    return [f"_:c14n{ranks[digest]}" for digest in hashes] if len(ranks) == walk.blanks else None


def _texts_about(graph: Graph) -> list[str]:
    """The same as `lines_about_blanks`, sorted and joined, for a document of one graph. Blank nodes come in order."""
    below, above = _neighbours(graph)
    nothing: list[str] = []
    return [
        _about(list(set(graph.blank[node])) + below.get(node, nothing), above.get(node, nothing), " .\n")
        for node in range(len(graph.blank))
    ]


def _neighbours(graph: Graph) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """For each blank node the tails that lead to other blank nodes, and the beginnings of lines that lead to it."""
    below: dict[int, list[str]] = {}
    above: dict[int, list[str]] = {}
    for subject, predicate, child in graph.edges:
        if type(subject) is int:
            below.setdefault(subject, []).append(f"{predicate}_:z")
            above.setdefault(child, []).append(f"_:z{predicate}")
        else:
            above.setdefault(child, []).append(f"{subject}{predicate}")
    return below, above


def _about(tails: list[str], above: list[str], end: str) -> str:
    """The text that is hashed for a blank node: itself is `_:a`, others are `_:z` (section 4.6), both after `<`."""
    tails.sort()
    own = _block("_:a", tails, end) if tails else ""
    if len(above) == 1:
        line = f"{above[0]}_:a{end}"
        return line + own if line[0] == "<" else own + line
    lines = sorted([f"{beginning}_:a{end}" for beginning in above])
    named = [line for line in lines if line[0] == "<"]
    return "".join([*named, own, *lines[len(named) :]])


def _lines_within(graph: Graph) -> list[str]:
    """Every quad of a graph is about the blank node that names it."""
    named = {f"{subject}{tail} _:a .\n" for subject, tails in graph.named.items() for tail in tails}
    blank = [f"_:z{tail} _:a .\n" for tails in graph.blank.values() for tail in set(tails)]
    edges = [
        f"{'_:z' if type(subject) is int else subject}{predicate}_:z _:a .\n" for subject, predicate, _ in graph.edges
    ]
    return [*named, *blank, *edges]


def _tails(graph: Graph, names: list[str]) -> dict[str, set[str]]:
    """The tails of each subject of a graph, under the canonical names."""
    subjects = {subject: set(tails) for subject, tails in graph.named.items()}
    for node, tails in graph.blank.items():
        subjects[names[node]] = set(tails)
    for subject, predicate, child in graph.edges:
        name = names[subject] if isinstance(subject, int) else subject
        subjects[name].add(f"{predicate}{names[child]}")
    return subjects


def _lines(graph: Graph, names: list[str]) -> list[str]:
    return [line for _, lines in _lines_of(graph, names) for line in lines]


def _lines_of(graph: Graph, names: list[str]) -> Iterable[tuple[str, list[str]]]:
    end = " .\n" if graph.label is None else f" {names[graph.label]} .\n"
    for subject, tails in _tails(graph, names).items():
        yield subject, [f"{subject}{tail}{end}" for tail in tails]


def _end(graph: Graph) -> str:
    return " .\n" if graph.label is None else " _:z .\n"
