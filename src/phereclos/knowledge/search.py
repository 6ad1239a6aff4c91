"""Which cases a question finds, in what order, how many each further choice would leave, and what to relax.

Pure: works on a `Shelf` fetched by queries.py, so every rule here is tested without a database.
Facets combine: choices within one facet widen, facets among each other narrow. Strength and finding must
meet on one result: “drawn by lot” with “looked for, not found” finds trials that found nothing, not cases with a trial
here and a survey of nothing there.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from phereclos.knowledge import words
from phereclos.knowledge.choices import Strength

FACETS = ("country", "setting", "age", "lead", "partner", "theme", "strength", "finding", "status")
AGE_BANDS = {"3-5": (0, 5), "6-9": (6, 9), "10-13": (10, 13), "14-16": (14, 16), "17-": (17, 99)}
AGES_NOT_STATED = "not_stated"

Chosen = Mapping[str, Collection[str]]


class Entry(NamedTuple):
    """A case as the shelf holds it."""

    pk: int
    title: str
    country: str
    lead: str
    status: str
    age_from: int | None
    age_to: int | None
    settings: Collection[str]
    partners: Collection[str]
    themes: Collection[str]
    evidence: frozenset[tuple[str, str]]  # (strength, finding) of each result

    @property
    def depth(self) -> int:
        return max((Strength(strength).depth for strength, _ in self.evidence), default=0)


class Shelf(NamedTuple):
    """All readable cases, and for each stem of the search the cases that hold it with their weight."""

    entries: list[Entry]
    hits: Mapping[str, Mapping[int, float]]


@dataclass(frozen=True)
class Question:
    """What somebody looks for: words as typed, and the values chosen of each facet."""

    text: str = ""
    chosen: Chosen = field(default_factory=dict)

    @property
    def read(self) -> words.Read:
        return words.read(self.text)

    def without(self, facet: str, value: str = "") -> Question:
        """The question without a facet, or without one value of it."""
        left = [other for other in self.chosen.get(facet, ()) if value and other != value]
        chosen = {name: values for name, values in self.chosen.items() if name != facet}
        return Question(self.text, {**chosen, facet: left} if left else chosen)

    def without_word(self, typed: str) -> Question:
        """The question without a word or an age, as it was typed."""
        return Question(words.leave_out(self.text, typed), self.chosen)


class Found(NamedTuple):
    """The cases in order. `partial`: no case holds all the words, so these hold some of them."""

    entries: list[Entry]
    partial: bool


class Relaxed(NamedTuple):
    """Something to give up (“facet” with its name, “word” or “age” as typed) and how many cases that would leave."""

    kind: str
    what: str
    question: Question
    leaves: int


def find(shelf: Shelf, question: Question) -> Found:
    """The cases of a question: stated ages that fit first, then nearest words, then deepest evidence, then title."""
    read = question.read
    scores, partial = _scores(shelf, read)
    found = [entry for entry in _fitting(shelf, scores, read) if _fits_all(entry, question.chosen)]

    def order(entry: Entry) -> tuple[bool, float, int, str]:
        ages_unknown = bool(read.ages) and entry.age_from is None
        return ages_unknown, -scores.get(entry.pk, 0.0), -entry.depth, entry.title.casefold()

    return Found(sorted(found, key=order), partial)


def counts(shelf: Shelf, question: Question) -> dict[str, Counter[str]]:
    """For each facet: how many cases each value would leave, with the words and the choices of the other facets."""
    read = question.read
    scores, _ = _scores(shelf, read)
    entries = _fitting(shelf, scores, read)
    counted: dict[str, Counter[str]] = {}
    for facet in FACETS:
        others = {name: values for name, values in question.chosen.items() if name != facet}
        counted[facet] = Counter(
            value
            for entry in entries
            if _fits_all(entry, others)
            for value in values_of(entry, facet, question.chosen)
        )  # fmt: skip
    return counted


def relax(shelf: Shelf, question: Question) -> list[Relaxed]:
    """What giving up one thing of a question that finds nothing would leave, the most first."""
    read = question.read
    wider = [("facet", facet, question.without(facet)) for facet in question.chosen]
    wider += [("word", word, question.without_word(word)) for word in read.words]
    wider += [("age", age.typed, question.without_word(age.typed)) for age in read.ages]
    relaxed = [Relaxed(kind, what, less, len(find(shelf, less).entries)) for kind, what, less in wider]
    return sorted((one for one in relaxed if one.leaves), key=lambda one: (-one.leaves, one.what))


def values_of(entry: Entry, facet: str, chosen: Chosen) -> frozenset[str]:
    """The values of a facet that would find this case, the other choices given."""
    if facet == "strength":
        findings = chosen.get("finding", ())
        depths = [Strength(s).depth for s, finding in entry.evidence if not findings or finding in findings]
        return frozenset(
            strength for strength in Strength.values if Strength(strength).depth <= max(depths, default=-1)
        )
    if facet == "finding":
        least = min((Strength(strength).depth for strength in chosen.get("strength", ())), default=0)
        return frozenset(finding for strength, finding in entry.evidence if Strength(strength).depth >= least)
    if facet == "age":
        return _bands(entry)
    values = {
        "country": (entry.country,), "lead": (entry.lead,), "status": (entry.status,),
        "setting": entry.settings, "partner": entry.partners, "theme": entry.themes,
    }  # fmt: skip
    return frozenset(values[facet])


def _bands(entry: Entry) -> frozenset[str]:
    if entry.age_from is None or entry.age_to is None:
        return frozenset({AGES_NOT_STATED})
    return frozenset(
        band for band, (low, high) in AGE_BANDS.items() if entry.age_from <= high and low <= entry.age_to
    )  # fmt: skip


def _fits_all(entry: Entry, chosen: Chosen) -> bool:
    return all(values_of(entry, facet, chosen) & frozenset(values) for facet, values in chosen.items())


def _fitting(shelf: Shelf, scores: Mapping[int, float], read: words.Read) -> list[Entry]:
    """Entries that the words found and whose ages, where stated, meet one of the ages asked for."""
    return [
        entry for entry in shelf.entries if (entry.pk in scores or not read.words) and _meets_an_age(entry, read.ages)
    ]  # fmt: skip


def _meets_an_age(entry: Entry, ages: Collection[words.Age]) -> bool:
    if not ages or entry.age_from is None or entry.age_to is None:
        return True
    return any(entry.age_from <= age.high and age.low <= entry.age_to for age in ages)


def _scores(shelf: Shelf, read: words.Read) -> tuple[dict[int, float], bool]:
    """Score of each case that holds all the words; where none does, of those that hold the most of them.

    A word is worth the more the fewer cases hold it (inverse document frequency), times its weight in the case.
    """
    stems = set(read.words.values())
    if not stems:
        return {}, False
    scores: Counter[int] = Counter()
    held: Counter[int] = Counter()
    for stem in stems:
        hits = shelf.hits.get(stem, {})
        rarity = math.log(1 + len(shelf.entries) / len(hits)) if hits else 0.0
        for case, weight in hits.items():
            scores[case] += weight * rarity  # type: ignore[assignment]
            held[case] += 1
    most = max(held.values(), default=0)
    return {case: score for case, score in scores.items() if held[case] == most}, most < len(stems)
