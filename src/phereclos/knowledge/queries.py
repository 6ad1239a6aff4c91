"""Words on cases, and the shelf that a search runs over."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from phereclos.knowledge import words
from phereclos.knowledge.search import Entry, Shelf


class CasePageQuerySet(PageQuerySet):  # type: ignore[misc]
    def readable(self) -> CasePageQuerySet:
        """What a stranger may read: published, and not kept private in the back office."""
        found: CasePageQuerySet = self.live().public()
        return found


CasePageManager = PageManager.from_queryset(CasePageQuerySet)


def shelf(search: words.Read) -> Shelf:
    """All readable cases with what facets need, and where the words of this search occur: four queries."""
    from phereclos.knowledge.models import CasePage, EvidenceItem

    evidence: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for case, strength, finding in EvidenceItem.objects.values_list("page_id", "strength", "finding"):
        evidence[case].add((strength, finding))
    fields = (
        "pk", "title", "country", "lead_kind", "status", "age_from", "age_to", "settings", "partner_kinds", "themes",
    )  # fmt: skip
    entries = [
        Entry(pk, title, country, lead, status, low, high, settings, partners, themes, frozenset(evidence[pk]))
        for pk, title, country, lead, status, low, high, settings, partners, themes
        in CasePage.objects.readable().values_list(*fields)
    ]  # fmt: skip
    return Shelf(entries, _hits(search))


def _hits(search: words.Read) -> dict[str, dict[int, float]]:
    """For each stem of the search: the cases that hold it and the weight of its best word there.

    A longer word that only begins with the stem counts half.
    """
    from phereclos.knowledge.models import CaseWord

    stems = set(search.words.values())
    hits: dict[str, dict[int, float]] = {stem: {} for stem in stems}
    if not stems:
        return hits
    wanted = Q()
    for stem in stems:
        wanted |= Q(word__startswith=stem) if len(stem) >= words.SHORTEST_PREFIX else Q(word=stem)
    for case, word, weight in CaseWord.objects.filter(wanted).values_list("case_id", "word", "weight"):
        for stem in stems:
            if word == stem or (len(stem) >= words.SHORTEST_PREFIX and word.startswith(stem)):
                found = weight if word == stem else weight / 2
                hits[stem][case] = max(found, hits[stem].get(case, 0.0))
    return hits
