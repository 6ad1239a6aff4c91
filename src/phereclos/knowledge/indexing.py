"""The words of published cases, kept beside them for the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django_countries import countries

from phereclos.knowledge import content as contents
from phereclos.knowledge import words
from phereclos.knowledge.choices import theme_label
from phereclos.knowledge.content import Content
from phereclos.knowledge.models import CasePage, CaseWord
from phereclos.organisations.kinds import Kind, Setting

TITLE, THEME, WHO_AND_WHERE, SUMMARY, TEXT = 8.0, 5.0, 4.0, 3.0, 1.0
LONGEST_WORD = 60


def weighted_words(content: Content) -> dict[str, float]:
    """Stem to weight. A part counts a word once; a word in several parts adds up."""
    labels = [theme_label(theme) for theme in content["themes"]]
    kinds = [Kind(kind).label for kind in (content["lead_kind"], *content["partner_kinds"])]
    places = [content["lead_organisation"], content["place"], countries.name(content["country"])]
    lines = [*content["how_it_works"], *content["take_overs"], *content["conditions"]]
    results = [item["result"] for item in content["evidence"]]
    parts = (
        (TITLE, [content["title"]]),
        (THEME, labels),
        (WHO_AND_WHERE, places),
        (SUMMARY, [content["summary"]]),
        (TEXT, [*lines, *results, content["body"], *kinds, *(Setting(one).label for one in content["settings"])]),
    )
    weights: Counter[str] = Counter()
    for weight, texts in parts:
        for stem in {stem[:LONGEST_WORD] for text in texts for stem in words.stems(str(text))}:
            weights[stem] += weight  # type: ignore[assignment]
    return dict(weights)


@transaction.atomic
def index(cases: Iterable[tuple[CasePage, Content]]) -> None:
    """Make the words of these cases anew."""
    cases = list(cases)
    CaseWord.objects.filter(case__in=[page.pk for page, _ in cases]).delete()
    rows = (
        CaseWord(case_id=page.pk, word=word, weight=weight)
        for page, content in cases
        for word, weight in sorted(weighted_words(content).items())
    )
    CaseWord.objects.bulk_create(rows, batch_size=2000)


def index_published(sender: type[CasePage], instance: CasePage, **_kwargs: Any) -> None:
    """Wagtail says that a case was published."""
    index([(instance, contents.of_page(instance))])
