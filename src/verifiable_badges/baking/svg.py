"""Badges in SVG: one element of the standard's namespace directly after `<svg>` (Open Badges 3.0 section 5.3.2; Baking
1.0 for 2.0).

The picture is read by expat with every entity and document type refused, and written by cutting and joining its bytes:
what is not the badge stays as its author left it. Nothing is drawn and no address in it is asked.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from verifiable_badges.baking.carrier import Baked, Version, no_writer, text_of
from verifiable_badges.errors import BakingError, LimitExceeded, UnreadableInput, VerifiableBadgesError
from verifiable_badges.json_text import parse
from verifiable_badges.limits import MAX_BYTES, MAX_SVG_ATTRIBUTES, MAX_SVG_DEPTH, MAX_SVG_ELEMENTS

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_ELEMENTS = {
    Version.OPEN_BADGES_3: (NAMESPACE, "credential"),
    Version.CLR_2: ("https://purl.imsglobal.org/clr/v2p0", "credential"),
    Version.OPEN_BADGES_2: ("http://openbadges.org", "assertion"),
}
_VERSIONS = {f"{namespace} {name}": version for version, (namespace, name) in _ELEMENTS.items()}
_NAMESPACES = frozenset(namespace for namespace, _ in _ELEMENTS.values())
_PREFIX = "openbadges"
_SVG = "http://www.w3.org/2000/svg svg"
_TAG = re.compile(rb"""<[^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*+>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s="'/>]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_NAME = re.compile(rb"<([^\s/>]+)")
_ENCODINGS = frozenset({"UTF-8", "UTF8", "US-ASCII", "ASCII"})
# What XML 1.0 cannot hold, and the carriage return, which it does not keep.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


class SvgTemplate:
    """One picture made ready for many badges. Badges that were in it are left out.

    Raises `UnreadableInput` or `LimitExceeded` for the picture, `BakingError` if it cannot carry a badge of `version`.
    """

    __slots__ = ("_head", "_tail", "_version")

    def __init__(self, svg: bytes, *, version: Version = Version.OPEN_BADGES_3) -> None:
        if version not in _ELEMENTS:
            raise no_writer(version)
        reader = _read(svg)
        bound = reader.prefixes.get(_PREFIX, _ELEMENTS[version][0])
        # The prefix is bound anew, which must not turn anything that stays in the picture into something else.
        if bound not in _NAMESPACES or (reader.others and bound != _ELEMENTS[version][0]):
            raise BakingError("bake_prefix", f"The picture uses the prefix “{_PREFIX}” for something else.")
        opening, closing = _opened(svg, reader.root, _ELEMENTS[version][0])
        self._head = svg[: reader.root] + opening
        self._tail = closing + b"".join(_without(svg, reader.after_root, reader.found))
        self._version = version

    def bake(self, text: str | bytes) -> bytes:
        """The picture with the badge `text`: JSON in the element's body, a compact JWS in its attribute `verify`.

        Raises `BakingError` if the text cannot be written in XML.
        """
        return b"".join((self._head, _element(_writable(text), self._version), self._tail))


def bake_svg(svg: bytes, text: str | bytes, *, version: Version = Version.OPEN_BADGES_3) -> bytes:
    """`svg` with the badge `text` in it, as `SvgTemplate`."""
    return SvgTemplate(svg, version=version).bake(text)


def unbake_svg(svg: bytes) -> str | None:
    """The text of the badge in `svg`, None if it carries none (`carrier.meant` says which of several).

    Raises `UnreadableInput` for what is damaged, dangerous or ambiguous.
    """
    return text_of(all_in_svg(svg))


def all_in_svg(svg: bytes) -> tuple[Baked, ...]:
    """Every badge in `svg`, in its order, at whatever depth."""
    return tuple(Baked(found.version, found.content()) for found in _read(svg).found)


@dataclass(slots=True)
class _Found:
    """One badge element: where its bytes are and what it says."""

    version: Version
    start: int
    depth: int
    verify: str
    end: int = 0
    text: list[str] = field(default_factory=list)

    def content(self) -> str:
        """Beside the body, 2.0 repeats the address of a hosted badge in `verify`; any other pair says two things."""
        body = "".join(self.text).strip()
        if not body or not self.verify:
            return body or self.verify
        if self.version is Version.OPEN_BADGES_2 and ":" in self.verify:  # an address, which no token is
            return body
        raise UnreadableInput("svg_badge", "The badge inside the picture stands there twice, in different forms.")


def _opened(svg: bytes, root: int, namespace: str) -> tuple[bytes, bytes]:
    """The root's tag with the namespace declared, and the closing tag if it was self-closing."""
    tag = _TAG.match(svg, root)
    name = _NAME.match(svg, root)
    if tag is None or name is None:
        raise UnreadableInput("svg_root", "The picture's first element cannot be read.")
    declaration = f"xmlns:{_PREFIX}".encode()
    opening = _ATTRIBUTE.sub(lambda found: b"" if found[1] == declaration else found[0], tag[0])[:-1].rstrip()
    closing = b""
    if opening.endswith(b"/"):
        opening, closing = opening[:-1].rstrip(), b"</" + name[1] + b">"
    return opening + b" " + declaration + f'="{namespace}">'.encode(), closing


def _without(svg: bytes, place: int, found: list[_Found]) -> Iterator[bytes]:
    """The bytes from `place` on that belong to no badge."""
    for one in found:
        yield svg[place : one.start]
        place = one.end
    yield svg[place:]


def _writable(text: str | bytes) -> str:
    try:
        letters = text if isinstance(text, str) else text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BakingError("bake_text", "The text is not UTF-8, so it cannot be placed in a picture.") from error
    if not letters or _UNWRITABLE.search(letters):
        raise BakingError("bake_text", "The text has letters that an SVG picture cannot hold.")
    return letters


def _element(text: str, version: Version) -> bytes:
    name = f"{_PREFIX}:{_ELEMENTS[version][1]}"
    if not text.lstrip().startswith("{"):
        return f"<{name} {_verify(text)}/>".encode()
    attribute = f" {_verify(_address(text))}" if version is Version.OPEN_BADGES_2 else ""
    # A CDATA section ends at its first `]]>`, so one in the text is shared between two sections.
    body = text.replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}{attribute}><![CDATA[{body}]]></{name}>".encode()


def _verify(value: str) -> str:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f'verify="{escaped}"'


def _address(text: str) -> str:
    """Where a hosted badge of Open Badges 2.0 (`id`) or 1.1 (`verify.url`) lies."""
    try:
        document = parse(text.encode("utf-8"))
    except VerifiableBadgesError as error:
        raise BakingError("bake_text", "The text is not a badge of Open Badges 2.0.") from error
    older = document.get("verify")
    address = older.get("url") if isinstance(older, Mapping) else document.get("id")
    if not isinstance(address, str) or _UNWRITABLE.search(address):
        raise BakingError("bake_text", "The badge does not say at which address it lies.")
    return address


def _read(svg: bytes) -> "_Reader":
    if len(svg) > MAX_BYTES:
        raise LimitExceeded("too_large", f"The picture is larger than {MAX_BYTES // 1_000_000} MB.")
    if svg.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_utf8()
    if svg.count(b"=") > MAX_SVG_ATTRIBUTES:
        raise LimitExceeded("svg_too_large", "The picture has too many parts, or parts within parts.")
    reader = _Reader(svg)
    try:
        reader.parser.Parse(svg, True)
    except (expat.ExpatError, UnicodeDecodeError, ValueError) as error:
        raise UnreadableInput("svg_damaged", "The picture is not whole SVG: it is cut off or changed.") from error
    return reader


def _not_utf8() -> UnreadableInput:
    return UnreadableInput("svg_encoding", "The picture is not written in UTF-8, which badges must be.")


class _Reader:
    """Walks the elements once and remembers those that are badges."""

    def __init__(self, svg: bytes) -> None:
        self._svg = svg
        self.root = self.after_root = -1
        self.prefixes: dict[str | None, str] = {}
        self.found: list[_Found] = []
        self.others = 0  # elements of the standards' namespaces that are no badges
        self._open: _Found | None = None
        self._depth = self._count = 0
        self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartNamespaceDeclHandler = self._namespace
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.upper() not in _ENCODINGS:
            raise _not_utf8()

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if self.root < 0:
            self.prefixes[prefix] = uri or ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_SVG_DEPTH or self._count > MAX_SVG_ELEMENTS:
            raise LimitExceeded("svg_too_large", "The picture has too many parts, or parts within parts.")
        if self.root < 0:
            self._start_root(name)
        elif self._open is not None:
            raise UnreadableInput("svg_badge", "The badge inside the picture has parts that are no text.")
        elif name in _VERSIONS:
            place = self.parser.CurrentByteIndex
            self._open = _Found(_VERSIONS[name], place, self._depth, attributes.get("verify", "").strip())
            self.found.append(self._open)
            self.parser.CharacterDataHandler = self._open.text.append
        elif name.partition(" ")[0] in _NAMESPACES:
            self.others += 1

    def _start_root(self, name: str) -> None:
        if name != _SVG:
            raise UnreadableInput("not_svg", "The file is not an SVG picture.")
        self.root = self.parser.CurrentByteIndex
        self.after_root = self._end_of_tag(self.root)

    def _end(self, _name: str) -> None:
        if self._open is not None and self._depth == self._open.depth:
            place = self.parser.CurrentByteIndex
            # For a self-closing element expat stands behind it, else before its closing tag.
            closed = self._end_of_tag(self._open.start) == place and self._svg[place - 2 : place] == b"/>"
            self._open.end = place if closed else self._end_of_tag(place)
            self._open = None
            self.parser.CharacterDataHandler = None
        self._depth -= 1

    def _end_of_tag(self, place: int) -> int:
        tag = _TAG.match(self._svg, place)
        if tag is None:
            raise UnreadableInput("svg_damaged", "The picture is not whole SVG: it is cut off or changed.")
        return tag.end()

    def _refuse(self, *_: object) -> None:
        raise UnreadableInput("svg_doctype", "The picture declares a document type, which badges must not.")
