"""Badges in SVG: one element of the Open Badges namespace directly below `<svg>` (Open Badges 3.0 section 5.3.2).

The picture is read by expat with every entity and document type refused, and written by cutting and joining its bytes:
what is not the badge stays as its author left it. Nothing is drawn and no address in it is asked.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from verifiable_badges.errors import BakingError, LimitExceeded, UnreadableInput
from verifiable_badges.limits import MAX_BYTES, MAX_SVG_DEPTH, MAX_SVG_ELEMENTS

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_NAMESPACE_2 = "http://openbadges.org"
_SVG = "http://www.w3.org/2000/svg svg"
_ELEMENT = f"{NAMESPACE} credential"
_ELEMENT_2 = f"{_NAMESPACE_2} assertion"
_TAG = re.compile(rb"""<[^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*+>""")
_DECLARATION = re.compile(rb"""\s+xmlns:openbadges\s*=\s*(?:"[^"]*"|'[^']*')""")
# What XML 1.0 cannot hold, and the carriage return, which it does not keep.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(slots=True)
class _Found:
    """One badge element: where its bytes are and what it says."""

    name: str
    start: int
    end: int = 0
    verify: str = ""
    text: list[str] = field(default_factory=list)

    def content(self) -> str:
        return self.verify or "".join(self.text).strip()


def bake_svg(svg: bytes, text: str) -> bytes:
    """`svg` with the credential `text` in it: JSON as the element's text, a compact JWS in `verify`.

    A badge that was there before is replaced. Raises `BakingError` if the text cannot be written in XML.
    """
    if not text or _UNWRITABLE.search(text):
        raise BakingError("bake_text", "The text has letters that an SVG picture cannot hold.")
    reader = _read(svg)
    for found in reversed(reader.found):
        svg = svg[: found.start] + svg[found.end :]
    tag = _TAG.match(svg, reader.root)
    if tag is None:
        raise UnreadableInput("svg_root", "The picture's first element cannot be read.")
    opening, closing = _DECLARATION.sub(b"", tag[0])[:-1].rstrip(), b""
    if opening.endswith(b"/"):
        name = re.match(rb"<([^\s/]+)", opening)
        opening, closing = opening[:-1].rstrip(), b"</" + (name[1] if name else b"svg") + b">"
    declared = opening + f' xmlns:openbadges="{NAMESPACE}">'.encode()
    return svg[: tag.start()] + declared + _element(text).encode("utf-8") + closing + svg[tag.end() :]


def unbake_svg(svg: bytes) -> str | None:
    """The text of the badge in `svg`, None if it carries none; 3.0 goes before 2.0. Errors as `unbake_png`."""
    found = _read(svg).found
    for name in (_ELEMENT, _ELEMENT_2):
        fitting = [one for one in found if one.name == name]
        if len(fitting) > 1:
            raise UnreadableInput("two_badges", "The picture holds two badges, so it does not say which one counts.")
        if fitting:
            return fitting[0].content()
    return None


def _element(text: str) -> str:
    if text.lstrip().startswith("{"):
        body = text.replace("]]>", "]]]]><![CDATA[>")
        return f"<openbadges:credential><![CDATA[{body}]]></openbadges:credential>"
    token = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f'<openbadges:credential verify="{token}"></openbadges:credential>'


def _read(svg: bytes) -> "_Reader":
    if len(svg) > MAX_BYTES:
        raise LimitExceeded("too_large", f"The picture is larger than {MAX_BYTES // 1_000_000} MB.")
    reader = _Reader(svg)
    try:
        reader.parser.Parse(svg, True)
    except (expat.ExpatError, UnicodeDecodeError, ValueError) as error:
        raise UnreadableInput("svg_damaged", "The picture is not whole SVG: it is cut off or changed.") from error
    return reader


class _Reader:
    """Walks the elements once and remembers those that are badges."""

    def __init__(self, svg: bytes) -> None:
        self._svg = svg
        self.root = -1
        self.found: list[_Found] = []
        self._open: _Found | None = None
        self._depth = self._count = 0
        self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_SVG_DEPTH or self._count > MAX_SVG_ELEMENTS:
            raise LimitExceeded("svg_too_large", "The picture has too many parts, or parts within parts.")
        if self.root < 0:
            if name != _SVG:
                raise UnreadableInput("not_svg", "The file is not an SVG picture.")
            self.root = self.parser.CurrentByteIndex
        if self._depth == 2 and name in (_ELEMENT, _ELEMENT_2):
            self._open = _Found(name, self.parser.CurrentByteIndex, verify=attributes.get("verify", ""))
            self.found.append(self._open)

    def _end(self, name: str) -> None:
        if self._depth == 2 and self._open is not None:
            tag = _TAG.match(self._svg, self.parser.CurrentByteIndex)
            self._open.end = tag.end() if tag else self.parser.CurrentByteIndex
            self._open = None
        self._depth -= 1

    def _characters(self, text: str) -> None:
        if self._open is not None and self._depth == 2:
            self._open.text.append(text)

    def _refuse(self, *_: object) -> None:
        raise UnreadableInput("svg_doctype", "The picture declares a document type, which badges must not.")
