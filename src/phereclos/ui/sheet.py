"""The stylesheet as one file.

The sheets lie apart, one file for one component, and `site.css` lists them in order. Thirty requests before the first
letter would punish a phone on a slow network, so they are put together when first asked for: no build step, nothing
generated to commit. The address holds a fingerprint of the content, so a browser may keep it for ever and a new
release is never mixed with an old one."""

import hashlib
import posixpath
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.templatetags.static import static

ROOT = Path(__file__).parent / "static" / "ui"

_IMPORT = re.compile(r'@import url\("([^"]+)"\);')
_URL = re.compile(r'url\("([^":]+)"\)')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s*")


class Sheet(NamedTuple):
    content: bytes
    fingerprint: str


def _part(name: str) -> str:
    """One file, its comments gone and its relative addresses made ones that hold anywhere."""
    css = _COMMENT.sub("", (ROOT / name).read_text(encoding="utf-8"))
    folder = posixpath.dirname(name)
    return _URL.sub(lambda m: f'url("{static(posixpath.normpath(posixpath.join("ui", folder, m[1])))}")', css)


def join() -> Sheet:
    """Read `site.css` and put each sheet it imports in its place."""
    contents = _COMMENT.sub("", (ROOT / "site.css").read_text(encoding="utf-8"))
    css = _INDENT.sub("\n", _IMPORT.sub(lambda m: _part(m[1]), contents)).strip()
    content = css.encode()
    return Sheet(content, hashlib.sha256(content).hexdigest()[:12])


_kept = lru_cache(maxsize=1)(join)


def sheet() -> Sheet:
    """The sheet as it is sent; read again for each request while developing."""
    return join() if settings.DEBUG else _kept()
