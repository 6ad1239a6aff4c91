"""Signed links: one purpose, one thing, an end. The token holds no secret beyond its signature and fits a mail line.

Made from the row it opens, so it can be made again at any time and need not be kept. Old signing secrets stay good
as long as they stand in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.utils import timezone


class LinkRefused(Exception):
    """Altered, made for something else, or never ours: all the same to whoever asks."""


class LinkExpired(LinkRefused):
    """Rightly signed, and past its end."""


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"phereclos.link.{purpose}")


def make(*, purpose: str, key: str, until: datetime) -> str:
    """A token for one purpose and one row; `key` must not hold a dot."""
    if "." in key:
        raise ValueError("a link's key must not hold a dot")
    return _signer(purpose).sign(f"{key}.{int(until.timestamp()):x}").replace(":", "~")


def read(*, purpose: str, token: str) -> str:
    """The key of a good token; raises LinkRefused, or LinkExpired (a LinkRefused) when only its time has passed."""
    try:
        key, until = _signer(purpose).unsign(token.replace("~", ":")).rsplit(".", 1)
    except (BadSignature, ValueError) as error:
        raise LinkRefused("this link was not made here for this purpose") from error
    if token != token.replace(":", "~"):
        raise LinkRefused("this link was not made here for this purpose")
    if int(until, 16) < timezone.now().timestamp():
        raise LinkExpired(key)
    return key
