"""What both kinds of picture have in common: which standard a badge in a picture follows, and which one is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from verifiable_badges.errors import BakingError, UnreadableInput


class Version(StrEnum):
    """The standards that say how to place their documents in pictures, in the order in which they go before another.

    `OPEN_BADGES_1` is only read: the address of a badge in a PNG, as it was done before 2013.
    """

    OPEN_BADGES_3 = "ob-3.0"
    CLR_2 = "clr-2.0"
    OPEN_BADGES_2 = "ob-2.0"
    OPEN_BADGES_1 = "ob-1.0"


@dataclass(frozen=True, slots=True)
class Baked:
    """One badge in a picture: `text` is JSON, a compact JWS or an address; nothing of it is proved."""

    version: Version
    text: str


def meant(badges: Sequence[Baked]) -> Baked | None:
    """The one badge that counts, None without any. A newer standard goes before an older one.

    The specifications read the first of a kind and forbid a second. Readers that keep the last would see another
    badge, so two of one kind are refused (`UnreadableInput`); `unbake_all` shows them.
    """
    for version in Version:
        fitting = [badge for badge in badges if badge.version is version]
        if len(fitting) > 1:
            raise UnreadableInput("two_badges", "The picture holds two badges, so it does not say which one counts.")
        if fitting:
            return fitting[0]
    return None


def text_of(badges: Sequence[Baked]) -> str | None:
    """The text of the badge that counts."""
    found = meant(badges)
    return found.text if found else None


def no_writer(version: Version) -> BakingError:
    """The error for a standard in which no badge is written any more."""
    return BakingError("bake_version", f"Badges of the form {version} are read, but not placed in pictures.")
