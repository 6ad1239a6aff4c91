"""RDF quads, their terms written as canonical N-Quads (RDFC-1.0 section 5), and a strict reader of N-Quads.

A term is kept as its text: `<address>`, `_:name`, or `"literal"` with `^^<datatype>` or `@language`. Texts are cheap to
compare and to hash, and nothing is left to format at the end.
"""

import re
from typing import NamedTuple

from verifiable_badges.errors import UnreadableInput

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]')


class Quad(NamedTuple):
    """Subject, predicate, object and graph; the default graph is the empty text."""

    subject: str
    predicate: str
    object: str
    graph: str

    def line(self) -> str:
        """The quad as one line of N-Quads."""
        graph = f" {self.graph}" if self.graph else ""
        return f"{self.subject} {self.predicate} {self.object}{graph} .\n"


def is_blank(term: str) -> bool:
    """Whether a term is a blank node."""
    return term.startswith("_:")


def literal(text: str, datatype: str = XSD_STRING, language: str = "") -> str:
    """A literal in canonical form: only what must be escaped is escaped, `xsd:string` stays unsaid."""
    quoted = f'"{escape(text)}"'
    if language:
        return f"{quoted}@{language}"
    return quoted if datatype == XSD_STRING else f"{quoted}^^<{datatype}>"


def escape(text: str) -> str:
    """The text of a literal with its escapes (RDFC-1.0 section 5)."""
    return _TO_ESCAPE.sub(_escape, text) if _TO_ESCAPE.search(text) else text


def _escape(match: re.Match[str]) -> str:
    letter = match[0]
    return _ESCAPES.get(letter) or f"\\u{ord(letter):04X}"


_IRI = r"<(?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"
_BLANK = r"_:[\w](?:[\w.·-]*[\w·-])?"
_LITERAL = rf'"(?:[^"\\\n\r]|\\.)*"(?:\^\^{_IRI}|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)?'
_LINE = re.compile(
    rf"[ \t]*({_IRI}|{_BLANK})[ \t]*({_IRI})[ \t]*({_IRI}|{_BLANK}|{_LITERAL})[ \t]*({_IRI}|{_BLANK})?"
    r"[ \t]*\.[ \t]*(?:#.*)?"
)
_LITERAL_PARTS = re.compile(rf'"((?:[^"\\\n\r]|\\.)*)"(?:\^\^({_IRI})|@(.+))?')
_UNESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def parse_nquads(text: str) -> set[Quad]:
    """The dataset written in `text`. Raises `UnreadableInput` with the number of the first line that is not N-Quads."""
    quads = set()
    for number, line in enumerate(re.split(r"[\n\r]+", text), start=1):
        if not line.strip(" \t") or line.lstrip(" \t").startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise UnreadableInput("not_nquads", f"Line {number} is not N-Quads.")
        subject, predicate, object_, graph = match.groups(default="")
        quads.add(Quad(_canonical(subject), _canonical(predicate), _canonical(object_), _canonical(graph)))
    return quads


def _canonical(term: str) -> str:
    if term.startswith("<"):
        return _unescape(term)
    parts = _LITERAL_PARTS.fullmatch(term)
    if parts is None:
        return term
    datatype = _unescape(parts[2])[1:-1] if parts[2] else XSD_STRING
    return literal(_unescape(parts[1]), datatype, parts[3] or "")


def _unescape(text: str) -> str:
    def letter(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code:
            if int(code, 16) > 0x10FFFF or 0xD800 <= int(code, 16) <= 0xDFFF:
                raise UnreadableInput("not_nquads", f"\\u{code} is not a character.")
            return chr(int(code, 16))
        if match[3] not in _PLAIN:
            raise UnreadableInput("not_nquads", f"“\\{match[3]}” is not an escape of N-Quads.")
        return _PLAIN[match[3]]

    return _UNESCAPE.sub(letter, text)
