"""Words of a search and of a case, made comparable: folded, without filler words, cut to a plain stem. English for now.

Pure: no database. `docs/decisions/0006-case-search.md` says why this and not a search engine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

YOUNGEST, OLDEST = 3, 19
SHORTEST_PREFIX = 4  # shorter stems match whole words only: “art” is not “article”

_WORD = re.compile(r"[^\W_]+(?:[-–'’][^\W_]+)*")
_PART = re.compile(r"[a-z0-9]+")
_AGE = re.compile(r"(\d{1,2})(?:[-–](\d{1,2}))?(?:-?years?)?(?:-?olds?)?")
FILLERS = frozenset({
    "a", "about", "an", "and", "are", "as", "at", "by", "can", "do", "does", "for", "from", "has", "have", "how", "i",
    "in", "is", "it", "its", "my", "not", "of", "on", "or", "our", "s", "t", "that", "the", "their", "there", "they",
    "this", "to", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "without",
    "you", "your", "age", "aged", "ages", "old", "olds", "year", "years",
})  # fmt: skip


class Age(NamedTuple):
    """A number of the search that is read as an age, as it was typed."""

    typed: str
    low: int
    high: int


class Read(NamedTuple):
    """A search, read: its words as typed with their stems, and its ages."""

    words: dict[str, str]
    ages: tuple[Age, ...]


def fold(text: str) -> str:
    """Lower case without accents, so that “Łódź” and “lodz” are one word."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def stem(word: str) -> str:
    """The word without the endings that plurals and adjectives put on it: robots, robotic, robotics → robot."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ics", ""), ("ic", ""), ("ing", ""), ("s", "")):
        long_enough = len(word) - len(ending) >= (3 if ending != "ing" else 4)
        if word.endswith(ending) and long_enough and not (ending == "s" and word.endswith(("ss", "us", "is"))):
            return word[: -len(ending)] + instead
    return word


def stems(text: str) -> Iterator[str]:
    """The stems of a text, in order, fillers left out."""
    return (stem(part) for part in _PART.findall(fold(text).replace("'s", "").replace("’s", "")) if part not in FILLERS)


def read(search: str) -> Read:
    """Tell words from ages: a number from 3 to 19, or a range of such numbers, is an age."""
    words: dict[str, str] = {}
    ages: list[Age] = []
    for typed in _WORD.findall(search):
        if age := _age(typed):
            ages.append(age)
        else:
            words.update((part, found) for part in typed.split("-") for found in stems(part))
    return Read(words, tuple(dict.fromkeys(ages)))


def _age(typed: str) -> Age | None:
    match = _AGE.fullmatch(fold(typed))
    if not match:
        return None
    low, high = sorted((int(match[1]), int(match[2] or match[1])))
    return Age(typed, low, high) if low >= YOUNGEST and high <= OLDEST else None


def leave_out(search: str, typed: str) -> str:
    """The search without a word or an age, given as `read` names it."""
    kept = []
    for word in search.split():
        parts = [part for part in _WORD.findall(word) for part in part.split("-")] if word != typed else []
        if word == typed or typed in parts or typed in _WORD.findall(word):
            continue
        kept.append(word)
    return " ".join(kept)
