"""What was handed in? Judged by its content alone: neither the name of a file nor its media type is ever asked."""

import re
from dataclasses import dataclass
from typing import Any

from verifiable_badges.baking import unbake_png, unbake_svg
from verifiable_badges.baking.png import SIGNATURE as PNG_SIGNATURE
from verifiable_badges.errors import LimitExceeded, UnreadableInput
from verifiable_badges.json_text import parse, parse_plain
from verifiable_badges.limits import MAX_BYTES

# A signed token, perhaps with disclosures after it.
_JWS = re.compile(r"[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*(?:~[A-Za-z0-9_.-]*+)*+", re.ASCII)
_LINK = re.compile(r"https?://[^\s<>\"]{1,2000}", re.ASCII)
_OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture or a recording"),
    (b"\x1f\x8b", "a compressed archive"),
)


@dataclass(frozen=True, slots=True)
class Presented:
    """What was found in the bytes.

    `kind` is `json` (then `document` is set), `jws` (then `token`) or `link` (then `url`; fetching it is the caller's
    business). `carrier` is `png`, `svg` or `text`.
    """

    kind: str
    carrier: str
    document: dict[str, Any] | None = None
    token: str = ""
    url: str = ""


def read(data: bytes) -> Presented:
    """The badge in a file, or the text somebody pasted.

    Raises `UnreadableInput` with a sentence on what the file is or where it is damaged, `LimitExceeded` before anything
    too large, deep or long is worked on.
    """
    if len(data) > MAX_BYTES:
        raise LimitExceeded("too_large", f"The file is larger than {MAX_BYTES // 1_000_000} MB.")
    if data[:1] == b"{":
        # Most badges are written without free white space; these need not be looked at twice.
        plain = parse_plain(data)
        if plain is not None:
            return Presented("json", "text", document=plain)
    if not data.strip():
        raise UnreadableInput("empty", "There is nothing in it.")
    for start, name in _OTHER_KINDS:
        if data.startswith(start):
            raise UnreadableInput("other_kind", f"This is {name}. Badges are PNG or SVG pictures, JSON or a link.")
    if data.startswith(PNG_SIGNATURE):
        return _from_picture(unbake_png(data), "png")
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return _from_markup(data, text)
    return _from_text(data, "text")


def _from_markup(data: bytes, text: bytes) -> Presented:
    beginning = text[:512].lower()
    if b"<html" in beginning or beginning.startswith(b"<!doctype html"):
        raise UnreadableInput("other_kind", "This is a web page. Badges are PNG or SVG pictures, JSON or a link.")
    return _from_picture(unbake_svg(data.removeprefix(b"\xef\xbb\xbf").lstrip()), "svg")


def _from_picture(text: str | None, carrier: str) -> Presented:
    if text is None:
        raise UnreadableInput("no_badge", "The picture carries no badge. Perhaps it was copied or made smaller.")
    return _from_text(text.encode("utf-8", "surrogatepass"), carrier)


def _from_text(data: bytes, carrier: str) -> Presented:
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise UnreadableInput("not_utf8", "The text is not UTF-8: at least one letter is damaged.") from error
    if text.startswith("{"):
        document = parse(text.encode("utf-8"))
        return Presented("json", carrier, document=document)
    if text.startswith("["):
        raise UnreadableInput("several", "This is a list. Hand in one badge at a time.")
    if _JWS.fullmatch(text):
        return Presented("jws", carrier, token=text)
    if _LINK.fullmatch(text):
        return Presented("link", carrier, url=text)
    raise UnreadableInput("not_a_badge", "This is neither a badge nor a link to one.")
