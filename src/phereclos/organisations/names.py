"""When two names are the same name to a person, and when they only look it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

# Letters that pass for others at a glance: digits, and the Cyrillic and Greek ones that are drawn like Latin.
_TWINS = str.maketrans("01іιаеорсухкмтвнαορτυνκ", "oliiaeopcyxkmtbhaoptuvk") | {ord("|"): "l", ord("i"): "l"}
NEARLY = 0.9


def name_key(name: str) -> str:
    """One key for all spellings of a name: case, spaces, composed and decomposed letters, look-alike punctuation."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(r"[\W_]+", " ", folded).strip()


def skeleton(name: str) -> str:
    """What is left of a name at a glance: no accents, no spaces, twins made one."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name_key(name)) if not unicodedata.combining(c))
    return bare.replace(" ", "").translate(_TWINS)


def look_alikes(name: str, others: Iterable[str]) -> list[str]:
    """Those of the other names that a hurried reader would take for this one; at most five."""
    mine = skeleton(name)
    found = []
    for other in others:
        theirs = skeleton(other)
        matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
        near = matcher.real_quick_ratio() >= NEARLY and matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY
        if mine == theirs or near:
            found.append(other)
    return found[:5]
