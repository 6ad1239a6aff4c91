"""Badges in PNG: one iTXt chunk `openbadgecredential` (Open Badges 3.0 section 5.3.1). Pixels are only copied.

Reads also 2.0 (`iTXt` `openbadges`) and the older `tEXt` `openbadges`, which holds an address.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from verifiable_badges.errors import BakingError, LimitExceeded, UnreadableInput
from verifiable_badges.limits import MAX_BYTES, MAX_PIXELS_PER_SIDE, MAX_PNG_CHUNKS

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"openbadgecredential"
_KEYWORD_2 = b"openbadges"


class _Chunk(NamedTuple):
    kind: bytes
    data: bytes

    def keyword(self) -> bytes:
        return self.data.partition(b"\0")[0] if self.kind in (b"iTXt", b"tEXt") else b""


def bake_png(png: bytes, text: str) -> bytes:
    """`png` with the credential `text` (JSON or compact JWS) in it; a badge that was there before is replaced."""
    if not text or "\0" in text:
        raise BakingError("bake_text", "There is no text to place in the picture.")
    baked = _Chunk(b"iTXt", _KEYWORD + b"\0\0\0\0\0" + text.encode("utf-8"))
    kept = [chunk for chunk in _chunks(png) if chunk.keyword() not in (_KEYWORD, _KEYWORD_2)]
    return SIGNATURE + b"".join(map(_bytes, [kept[0], baked, *kept[1:]]))


def unbake_png(png: bytes) -> str | None:
    """The text of the badge in `png`, None if it carries none. A 3.0 badge goes before a 2.0 badge.

    Raises `UnreadableInput` with a sentence on what is damaged, and for two badges of one kind: which would be meant?
    """
    texts: dict[bytes, str] = {}
    for chunk in _chunks(png):
        keyword = chunk.keyword()
        if keyword in (_KEYWORD, _KEYWORD_2):
            if keyword in texts:
                raise UnreadableInput(
                    "two_badges", "The picture holds two badges, so it does not say which one counts."
                )
            texts[keyword] = _text(chunk)
    return texts.get(_KEYWORD, texts.get(_KEYWORD_2))


def _bytes(chunk: _Chunk) -> bytes:
    body = chunk.kind + chunk.data
    return struct.pack(">I", len(chunk.data)) + body + struct.pack(">I", zlib.crc32(body))


def _chunks(png: bytes) -> Iterator[_Chunk]:
    """All chunks of a whole, undamaged PNG (PNG section 5.3), lengths and checksums compared first."""
    if len(png) > MAX_BYTES:
        raise LimitExceeded("too_large", f"The picture is larger than {MAX_BYTES // 1_000_000} MB.")
    if not png.startswith(SIGNATURE):
        raise UnreadableInput("not_png", "The file is not a PNG picture.")
    place = len(SIGNATURE)
    for number in range(MAX_PNG_CHUNKS):
        if place + 12 > len(png):
            raise UnreadableInput("png_cut_off", "The picture is cut off: its end is missing.")
        (length,) = struct.unpack_from(">I", png, place)
        if length > len(png) - place - 12:
            raise UnreadableInput("png_length", "The picture is damaged: a part claims to be longer than the file.")
        body = png[place + 4 : place + 8 + length]
        if struct.unpack_from(">I", png, place + 8 + length)[0] != zlib.crc32(body):
            raise UnreadableInput("png_checksum", "The picture is damaged: a checksum does not fit its part.")
        chunk = _Chunk(body[:4], body[4:])
        place += 12 + length
        if number == 0:
            _check_header(chunk)
        yield chunk
        if chunk.kind == b"IEND":
            if place != len(png):
                raise UnreadableInput("png_trailing", "The picture goes on after its own end.")
            return
    raise LimitExceeded("png_chunks", f"The picture consists of more than {MAX_PNG_CHUNKS} parts.")


def _check_header(chunk: _Chunk) -> None:
    if chunk.kind != b"IHDR" or len(chunk.data) != 13:
        raise UnreadableInput("png_header", "The picture is damaged: it does not begin with its size.")
    width, height = struct.unpack_from(">II", chunk.data)
    if not (0 < width <= MAX_PIXELS_PER_SIDE and 0 < height <= MAX_PIXELS_PER_SIDE):
        raise LimitExceeded("png_pixels", f"The picture claims {width} × {height} pixels, which no badge needs.")


def _text(chunk: _Chunk) -> str:
    rest = chunk.data.partition(b"\0")[2]
    try:
        if chunk.kind == b"tEXt":
            return rest.decode("latin-1")
        compressed, method = rest[0], rest[1]
        data = rest[2:].split(b"\0", 2)[2]
        if compressed == 0:
            return data.decode("utf-8")
        if compressed == 1 and method == 0:
            return _inflate(data).decode("utf-8")
    except (IndexError, zlib.error) as error:
        raise UnreadableInput("png_text", "The badge inside the picture is damaged.") from error
    except UnicodeDecodeError as error:
        raise UnreadableInput("not_utf8", "The badge inside the picture is not UTF-8.") from error
    raise UnreadableInput("png_text", "The badge inside the picture is packed in an unknown way.")


def _inflate(data: bytes) -> bytes:
    stream = zlib.decompressobj()
    text = stream.decompress(data, MAX_BYTES + 1)
    if len(text) > MAX_BYTES:
        raise LimitExceeded("too_large", "The badge inside the picture unpacks to more than it may.")
    if not stream.eof:
        raise UnreadableInput("png_text", "The badge inside the picture is cut off.")
    return text
