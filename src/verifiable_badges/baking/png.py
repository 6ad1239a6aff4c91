"""Badges in PNG: one iTXt chunk after the header (Open Badges 3.0 section 5.3.1; Baking 1.0 for 2.0). Pixels are only
copied.

Read as well: the older `tEXt` `openbadges`, which holds an address, and compressed texts, though neither is written.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from verifiable_badges.baking.carrier import Baked, Version, no_writer, text_of
from verifiable_badges.errors import BakingError, LimitExceeded, UnreadableInput
from verifiable_badges.limits import MAX_BYTES, MAX_PIXELS_PER_SIDE, MAX_PNG_CHUNKS

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORDS = {
    Version.OPEN_BADGES_3: b"openbadgecredential",
    Version.CLR_2: b"clrcredential",
    Version.OPEN_BADGES_2: b"openbadges",
}
_VERSIONS = {keyword: version for version, keyword in _KEYWORDS.items()}
_LONGEST_KEYWORD = 79
_LENGTH = struct.Struct(">I")


class _Chunk(NamedTuple):
    """`whole` is the chunk with its length and checksum, `data` what is between: views of the picture, not copies."""

    kind: bytes
    data: memoryview
    whole: memoryview

    def version(self) -> Version | None:
        """The standard of the badge in it, None if it carries none."""
        if self.kind not in (b"iTXt", b"tEXt"):
            return None
        keyword, ended, _ = bytes(self.data[: _LONGEST_KEYWORD + 1]).partition(b"\0")
        version = _VERSIONS.get(keyword) if ended else None
        return Version.OPEN_BADGES_1 if version is Version.OPEN_BADGES_2 and self.kind == b"tEXt" else version


class PngTemplate:
    """One picture made ready for many badges: each costs its checksum and one copy of the picture's bytes.

    Every badge that was in the picture is left out. Raises `UnreadableInput` or `LimitExceeded` for the picture,
    `BakingError` for a version that is not written.
    """

    __slots__ = ("_beginning", "_checksum", "_head", "_tail")

    def __init__(self, png: bytes, *, version: Version = Version.OPEN_BADGES_3) -> None:
        header, *rest = _kept(png)
        self._head = SIGNATURE + header
        self._tail = b"".join(rest)
        self._beginning = _beginning(version)
        self._checksum = zlib.crc32(self._beginning)

    def bake(self, text: str | bytes) -> bytes:
        """The picture with the badge `text`: JSON or compact JWS, as text or its UTF-8 bytes."""
        return b"".join(self.pieces(text))

    def pieces(self, text: str | bytes) -> tuple[bytes, bytes, bytes, bytes, bytes, bytes]:
        """The bytes of `bake` in order, for writing them to a stream without joining them."""
        data = _checked(text)
        beginning = self._beginning
        return (
            self._head,
            _LENGTH.pack(len(beginning) - 4 + len(data)),
            beginning,
            data,
            _LENGTH.pack(zlib.crc32(data, self._checksum)),
            self._tail,
        )


def bake_png(png: bytes, text: str | bytes, *, version: Version = Version.OPEN_BADGES_3) -> bytes:
    """`png` with the badge `text` (JSON or compact JWS) in it; badges that were there before are left out."""
    header, *rest = _kept(png)
    body = _beginning(version) + _checked(text)
    length, checksum = _LENGTH.pack(len(body) - 4), _LENGTH.pack(zlib.crc32(body))
    return b"".join((SIGNATURE, header, length, body, checksum, *rest))


def unbake_png(png: bytes) -> str | None:
    """The text of the badge in `png`, None if it carries none (`carrier.meant` says which of several).

    Raises `UnreadableInput` with a sentence on what is damaged, and for two badges of one kind.
    """
    return text_of(all_in_png(png))


def all_in_png(png: bytes) -> tuple[Baked, ...]:
    """Every badge in `png`, in its order; all their texts together no longer than a file may be."""
    found: list[Baked] = []
    room = MAX_BYTES
    for chunk in _chunks(png):
        if version := chunk.version():
            data = _text_bytes(chunk, room)
            room -= len(data)
            found.append(Baked(version, _decoded(chunk, data)))
    return tuple(found)


def _beginning(version: Version) -> bytes:
    """The chunk's type and what stands before the text: keyword, no compression, no language, no translation."""
    if version not in _KEYWORDS:
        raise no_writer(version)
    return b"iTXt" + _KEYWORDS[version] + b"\0\0\0\0\0"


def _checked(text: str | bytes) -> bytes:
    try:
        data = text.encode("utf-8") if isinstance(text, str) else text
        if isinstance(text, bytes) and not text.isascii():
            text.decode("utf-8")
    except UnicodeError as error:
        raise BakingError("bake_text", "The text is not UTF-8, so it cannot be placed in a picture.") from error
    if not data or b"\0" in data:
        raise BakingError("bake_text", "There is no text to place in the picture.")
    return data


def _kept(png: bytes) -> list[memoryview]:
    """The chunks that are no badges; the header is the first."""
    return [chunk.whole for chunk in _chunks(png) if not chunk.version()]


def _chunks(png: bytes) -> Iterator[_Chunk]:
    """All chunks of a whole, undamaged PNG (PNG section 5.3), lengths and checksums compared first."""
    if len(png) > MAX_BYTES:
        raise LimitExceeded("too_large", f"The picture is larger than {MAX_BYTES // 1_000_000} MB.")
    if not png.startswith(SIGNATURE):
        raise UnreadableInput("not_png", "The file is not a PNG picture.")
    view = memoryview(png)
    place = len(SIGNATURE)
    for number in range(MAX_PNG_CHUNKS):
        if place + 12 > len(png):
            raise UnreadableInput("png_cut_off", "The picture is cut off: its end is missing.")
        (length,) = _LENGTH.unpack_from(png, place)
        end = place + 12 + length
        if end > len(png):
            raise UnreadableInput("png_length", "The picture is damaged: a part claims to be longer than the file.")
        if _LENGTH.unpack_from(png, end - 4)[0] != zlib.crc32(view[place + 4 : end - 4]):
            raise UnreadableInput("png_checksum", "The picture is damaged: a checksum does not fit its part.")
        chunk = _Chunk(png[place + 4 : place + 8], view[place + 8 : end - 4], view[place:end])
        if number == 0:
            _check_header(chunk)
        yield chunk
        if chunk.kind == b"IEND":
            if end != len(png):
                raise UnreadableInput("png_trailing", "The picture goes on after its own end.")
            return
        place = end
    raise LimitExceeded("png_chunks", f"The picture consists of more than {MAX_PNG_CHUNKS} parts.")


def _check_header(chunk: _Chunk) -> None:
    if chunk.kind != b"IHDR" or len(chunk.data) != 13:
        raise UnreadableInput("png_header", "The picture is damaged: it does not begin with its size.")
    width, height = struct.unpack_from(">II", chunk.data)
    if not (0 < width <= MAX_PIXELS_PER_SIDE and 0 < height <= MAX_PIXELS_PER_SIDE):
        raise LimitExceeded("png_pixels", f"The picture claims {width} × {height} pixels, which no badge needs.")


def _text_bytes(chunk: _Chunk, room: int) -> bytes:
    """The bytes of the text after the keyword, unpacked to no more than `room`."""
    rest = bytes(chunk.data).partition(b"\0")[2]
    if chunk.kind == b"tEXt":
        return rest
    try:
        compressed, method = rest[0], rest[1]
        data = rest[2:].split(b"\0", 2)[2]
        if compressed == 0:
            return data
        if compressed == 1 and method == 0:
            return _inflate(data, room)
    except (IndexError, zlib.error) as error:
        raise UnreadableInput("png_text", "The badge inside the picture is damaged.") from error
    raise UnreadableInput("png_text", "The badge inside the picture is packed in an unknown way.")


def _decoded(chunk: _Chunk, data: bytes) -> str:
    try:
        return data.decode("latin-1" if chunk.kind == b"tEXt" else "utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInput("not_utf8", "The badge inside the picture is not UTF-8.") from error


def _inflate(data: bytes, room: int) -> bytes:
    """The specifications forbid bakers to compress, but every reader unpacks alike, so such badges are read."""
    stream = zlib.decompressobj()
    text = stream.decompress(data, room + 1)
    if len(text) > room:
        raise LimitExceeded("too_large", "The badge inside the picture unpacks to more than it may.")
    if not stream.eof or stream.unused_data:
        raise UnreadableInput("png_text", "The badge inside the picture is cut off.")
    return text
