"""When two names are the same name to a person."""

from __future__ import annotations

import re
import unicodedata


def name_key(name: str) -> str:
    """One key for all spellings of a name: case, spaces, composed and decomposed letters, look-alike punctuation."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(r"[\W_]+", " ", folded).strip()
