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


# The terminals of the grammar (RDF 1.1 N-Quads section 4), possessive, so that every line is read in linear time.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_START = f"{_BASE}_:0-9"
_NEXT = f"{_START}\\-\u00b7\u0300-\u036f\u203f\u2040"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IRI = rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]++|{_UCHAR})*+>"
_BLANK = rf"_:[{_START}](?:[{_NEXT}]|\.+(?=[{_NEXT}]))*+"
_STRING = rf'"(?:[^"\\\n\r]++|\\[tbnrf"\'\\]|{_UCHAR})*+"'
_TAG = "@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*+"
_LINE = re.compile(
    rf"[ \t]*+({_IRI}|{_BLANK})[ \t]*+({_IRI})[ \t]*+({_IRI}|{_BLANK}|{_STRING}(?:[ \t]*+\^\^[ \t]*+{_IRI}|{_TAG})?)"
    rf"[ \t]*+({_IRI}|{_BLANK})?[ \t]*+\.[ \t]*+(?:#.*)?"
)
_LITERAL_PARTS = re.compile(rf"({_STRING})(?:[ \t]*+\^\^[ \t]*+({_IRI})|@(.+))?")
_NOTHING = re.compile(r"[ \t]*+(?:#.*)?")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*+>")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNESCAPE = re.compile(r"\\(?:u(.{4})|U(.{8})|(.))")
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def parse_nquads(text: str) -> list[Quad]:
    """The dataset written in `text`, each quad once and in its order, escapes resolved, language tags as they are.

    Raises `UnreadableInput` with the number of the first line that is not N-Quads; addresses must be absolute.
    """
    if _SURROGATE.search(text):
        raise UnreadableInput("lone_surrogate", "The text holds half of a character, which no two readers show alike.")
    quads: dict[Quad, None] = {}
    for number, line in enumerate(re.split(r"\r\n|[\n\r]", text), start=1):
        match = _LINE.fullmatch(line)
        try:
            if match is not None:
                quads[Quad(*map(_canonical, match.groups(default="")))] = None
            elif not _NOTHING.fullmatch(line):
                raise ValueError("the line does not follow the grammar")
        except ValueError as error:
            raise UnreadableInput("not_nquads", f"Line {number} is not N-Quads.") from error
    return list(quads)


def _canonical(term: str) -> str:
    """A term of the grammar in canonical form. Raises `ValueError` for an escape or address that means nothing."""
    if term.startswith("<"):
        return _address(term)
    parts = _LITERAL_PARTS.fullmatch(term)
    if parts is None:
        return term
    datatype = _address(parts[2])[1:-1] if parts[2] else XSD_STRING
    return literal(_unescape(parts[1][1:-1]), datatype, parts[3] or "")


def _address(term: str) -> str:
    """Escapes must not bring in what an address cannot hold (section 2.3)."""
    address = _unescape(term)
    if not _ABSOLUTE.fullmatch(address):
        raise ValueError("the address is not absolute")
    return address


def _unescape(text: str) -> str:
    return _UNESCAPE.sub(_letter, text)


def _letter(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if not code:
        return _PLAIN[match[3]]
    number = int(code, 16)
    if 0xD800 <= number <= 0xDFFF:
        raise ValueError("half of a character")
    return chr(number)
