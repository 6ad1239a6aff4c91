"""The board: open needs or offers, narrowed by words and facets, each choice saying how many it would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from phereclos.exchange import ages
from phereclos.exchange.models import Need, Offer
from phereclos.organisations.kinds import Setting, Subject
from phereclos.ui.words import clean_words

FACETS = ("setting", "age", "subject")


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks for; unknown values are left out."""

    show: str
    words: str
    chosen: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    keys: list[int]
    facets: list[tuple[str, str, list[tuple[str, str, int, bool]]]]


def question_of(query: QueryDict) -> Question:
    known = {
        "setting": set(Setting.values),
        "age": {value for value, _label in ages.CHOICES},
        "subject": set(Subject.values),
    }
    chosen = {name: [value for value in query.getlist(name) if value in known[name]] for name in FACETS}
    show = "offers" if query.get("show") == "offers" else "needs"
    return Question(show=show, words=clean_words(query.get("q", ""), 200), chosen=chosen)


def rows_of(question: Question) -> Any:
    return (Offer if question.show == "offers" else Need).objects.public()


def search(question: Question) -> Found:
    """One query; the facets are counted here."""
    rows = rows_of(question).with_words(question.words)
    found = [
        (pk, {"setting": [setting], "subject": [subject], "age": ages.groups(youngest, oldest)})
        for pk, setting, subject, youngest, oldest in rows.order_by("-opened_at", "-pk").values_list(
            "pk", "setting", "subject", "ages_from", "ages_until"
        )
    ]
    keys = [pk for pk, values in found if _fits(values, question.chosen, FACETS)]
    return Found(keys=list(dict.fromkeys(keys)), facets=[_facet(name, found, question) for name in FACETS])


def _fits(values: dict[str, list[str]], chosen: dict[str, list[str]], names: Sequence[str]) -> bool:
    return all(not chosen[name] or set(chosen[name]) & set(values[name]) for name in names)


def _facet(name: str, found: Sequence[tuple[int, dict[str, list[str]]]], question: Question) -> Any:
    """How many each choice would leave, the other facets being as they are."""
    others = [other for other in FACETS if other != name]
    counted: Counter[str] = Counter()
    for _pk, values in found:
        if _fits(values, question.chosen, others):
            counted.update(values[name])
    known: dict[str, tuple[str, Any]] = {
        "setting": (_("Setting"), Setting.choices),
        "age": (_("Age"), ages.CHOICES),
        "subject": (_("Field"), Subject.choices),
    }
    legend, choices = known[name]
    rows = [(value, str(label), counted[value], value in question.chosen[name]) for value, label in choices]
    return legend, name, rows
