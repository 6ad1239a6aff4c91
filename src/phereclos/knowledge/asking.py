"""A question in an address and back: `?q=robotics+girls+12&country=AT&country=DE`."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from phereclos.knowledge.facets import Facet
from phereclos.knowledge.search import Question
from phereclos.ui.words import clean_words

LONGEST_SEARCH = 200


def question_of(sent: QueryDict, facets: list[Facet]) -> Question:
    """What was asked. Over-long searches are cut, unknown values dropped: every address answers."""
    chosen = {
        facet.name: [one for one in dict.fromkeys(sent.getlist(facet.name)) if one in facet.labels] for facet in facets
    }
    text = clean_words(sent.get("q", ""), LONGEST_SEARCH)
    return Question(text, {name: values for name, values in chosen.items() if values})


def address_of(question: Question) -> str:
    pairs = [("q", question.text)] if question.text else []
    pairs += [(name, value) for name, values in question.chosen.items() for value in values]
    return reverse("knowledge:index") + (f"?{urlencode(pairs)}" if pairs else "")
