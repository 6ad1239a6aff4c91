"""From the values of a document of known shape to its hash, without building quads.

A walk over the document, with a mark in the place of each value, shows which lines there are. What then depends on the
values is what stands at the marks; the names of the blank nodes, which follow from their hashes; and the order of a few
lines. All else is worked out once.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from verifiable_badges.fast.canonical import lines_about_blanks, lines_by_subject
from verifiable_badges.fast.walking import Walk

MARK = "urn:x-slot:"
_VARIABLE = re.compile(r"urn:x-slot:(\d+);|\0(\d+);")
_NUMBERS = tuple(str(number).encode() for number in range(2_000))

Pick = Callable[[Sequence[bytes]], tuple[bytes, ...]]
"""Picks the pieces of a text out of the list of all pieces."""


class Tie(Exception):
    """These values make two nodes or two lines alike, which this shape has not. Never leaves this package."""


def mark(number: int) -> str:
    """What stands for value `number` on the walk: good as an address and as a text, and the beginning of no other."""
    return f"{MARK}{number};"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of picked pieces, in which the order of some lines depends on the values: those are a tuple of picks."""

    parts: tuple[Pick | tuple[Pick, ...], ...]

    def render(self, pieces: Sequence[bytes], *, twins: bool = True) -> bytes:
        """The text. Raises `Tie` if two lines are the same, unless they may be `twins`."""
        found: list[bytes] = []
        for part in self.parts:
            if isinstance(part, tuple):
                lines = sorted([b"".join(pick(pieces)) for pick in part])
                if not twins and len(set(lines)) != len(lines):
                    raise Tie
                found += lines
            else:
                found += part(pieces)
        return b"".join(found)


@dataclass(frozen=True, slots=True)
class Program:
    """The way from the terms of the values to the hash of the canonical document.

    Pieces are the terms, then the names of the blank nodes, then the `constants`. `hashes` holds for each blank node
    its hash or the text to hash. The lines of each subject are in `settled` if they depend on nothing, in `blocks` if
    on values or names, in `loose` if their order does so as well. `named` are the values that are ids of objects, `ids`
    the ids that are always the same.
    """

    constants: tuple[bytes, ...]
    hashes: tuple[bytes | Pick | Text, ...]
    blocks: tuple[Pick, ...]
    loose: tuple[Text, ...]
    settled: tuple[bytes, ...]
    named: tuple[int, ...]
    ids: frozenset[bytes]

    def digest(self, terms: Sequence[bytes]) -> bytes:
        """SHA-256 of the canonical N-Quads. Raises `Tie` where nodes merge or look alike, or lines are the same."""
        own = {terms[place] for place in self.named}
        if len(own) != len(self.named) or not own.isdisjoint(self.ids):
            raise Tie
        pieces = self._with_names(terms)
        blocks = [b"".join(pick(pieces)) for pick in self.blocks]
        for text in self.loose:
            blocks.append(text.render(pieces, twins=False))
        blocks += self.settled
        blocks.sort()
        return hashlib.sha256(b"".join(blocks)).digest()

    def _with_names(self, terms: Sequence[bytes]) -> list[bytes]:
        """All pieces (RDFC-1.0 section 4.4.3 steps 3 and 4)."""
        count = len(self.hashes)
        pieces = [*terms, *_NUMBERS[:count], *self.constants]
        if count < 2:
            return pieces
        found = [
            text
            if isinstance(text, bytes)
            else hashlib.sha256(b"".join(text(pieces)) if not isinstance(text, Text) else text.render(pieces)).digest()
            for text in self.hashes
        ]
        ranks = dict(zip(sorted(found), _NUMBERS, strict=False))
        if len(ranks) != count:
            raise Tie
        pieces[len(terms) : len(terms) + count] = [ranks[digest] for digest in found]
        return pieces


def compile_program(walk: Walk, values: int) -> Program | None:
    """The program of a marked document; None if one of its `values` has no place of its own in it."""
    if walk.blanks > len(_NUMBERS):
        return None
    return _Compiler(walk, values).program()


class _Compiler:
    """Makes the program of one marked document."""

    def __init__(self, walk: Walk, values: int) -> None:
        self._walk = walk
        self._values = values
        self._constants: dict[str, int] = {}
        self._seen: set[int] = set()

    def program(self) -> Program | None:
        walk = self._walk
        blocks: list[Pick | Text] = []
        settled: list[bytes] = []
        for subject, lines in lines_by_subject(walk, [f"_:c14n\0{node};" for node in range(walk.blanks)]).items():
            if any(_VARIABLE.search(line) for line in lines):
                blocks.append(self._text(lines, skip=len(subject)))
            else:
                settled.append("".join(sorted(lines)).encode())
        hashes = [self._hash(lines) for lines in lines_about_blanks(walk)]
        ids = [(identifier, _VARIABLE.fullmatch(identifier)) for identifier in walk.ids]
        named = tuple(int(match[1]) for _, match in ids if match)
        if self._seen | set(named) != set(range(self._values)) or len(set(named)) != len(named):
            return None
        return Program(
            constants=tuple(constant.encode() for constant in self._constants),
            hashes=tuple(hashes),
            blocks=tuple(block for block in blocks if not isinstance(block, Text)),
            loose=tuple(block for block in blocks if isinstance(block, Text)),
            settled=tuple(settled),
            named=named,
            ids=frozenset(identifier.encode() for identifier, match in ids if not match),
        )

    def _hash(self, lines: list[str]) -> bytes | Pick | Text:
        if any(_VARIABLE.search(line) for line in lines):
            return self._text(lines)
        return hashlib.sha256("".join(sorted(lines)).encode()).digest()

    def _text(self, lines: Iterable[str], skip: int = 0) -> Pick | Text:
        """Lines in their order, which what they have in common at their beginning has no part in (`skip`).

        Where the constant beginning of one is that of another as well, the values decide at run time.
        """
        groups: list[list[str]] = []
        open_beginning: str | None = None
        for line in sorted(lines, key=lambda line: _beginning(line[skip:])):
            beginning = _beginning(line[skip:])
            if open_beginning is not None and beginning.startswith(open_beginning):
                groups[-1].append(line)
            else:
                groups.append([line])
                open_beginning = beginning if _VARIABLE.search(line[skip:]) else None
        if all(len(group) == 1 for group in groups):
            return self._pick("".join(line for (line,) in groups))
        return Text(tuple(self._parts(groups)))

    def _parts(self, groups: list[list[str]]) -> Iterator[Pick | tuple[Pick, ...]]:
        settled = ""
        for group in groups:
            if len(group) == 1:
                settled += group[0]
                continue
            if settled:
                yield self._pick(settled)
            yield tuple(map(self._pick, group))
            settled = ""
        if settled:
            yield self._pick(settled)

    def _pick(self, text: str) -> Pick:
        places: list[int] = []
        end = 0
        for match in _VARIABLE.finditer(text):
            places.append(self._constant(text[end : match.start()]))
            if match[1]:
                self._seen.add(int(match[1]))
            places.append(int(match[1]) if match[1] else self._values + int(match[2]))
            end = match.end()
        # Never only one place: `itemgetter` would then give no tuple.
        return itemgetter(*places, self._constant(text[end:]), self._constant(""))

    def _constant(self, text: str) -> int:
        number = self._constants.setdefault(text, len(self._constants))
        return self._values + self._walk.blanks + number


def _beginning(line: str) -> str:
    match = _VARIABLE.search(line)
    return line[: match.start()] if match else line
