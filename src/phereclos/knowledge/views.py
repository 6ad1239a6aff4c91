"""Reading the knowledge base: the search over all cases, a case for people, a case for programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_countries import countries

from phereclos.knowledge import access, asking, queries, reading, search
from phereclos.knowledge.facets import Facet, facets
from phereclos.knowledge.models import CasePage, EvidenceItem
from phereclos.ui.drawings import Sounding

PER_PAGE = 25
SHOWN_AT_ONCE = 7  # choices of a long facet before the rest folds away


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The search. Works as a plain form; `asking.py` says what the address holds."""
    offered = facets()
    question = asking.question_of(request.GET, offered)
    shelf = queries.shelf(question.read)
    found = search.find(shelf, question)
    page = Paginator(found.entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "knowledge",
        "question": question,
        "total": len(shelf.entries),
        "total_countries": len({entry.country for entry in shelf.entries}),
        "found": found,
        "page": page,
        "results": _results([entry.pk for entry in page]),
        "soundings": _soundings(found.entries),
        "facets": _choices(offered, search.counts(shelf, question), question),
        "chosen": _chosen(offered, question),
        "ages": question.read.ages,
        "ages_unknown": sum(entry.age_from is None for entry in found.entries),
        "silent": _state_no_age(shelf.entries, question),
        "relaxed": [] if found.entries else _relaxed(offered, question, search.relax(shelf, question)),
        "unknown_words": [word for word, stem in question.read.words.items() if not shelf.hits[stem]],
    }
    return render(request, "knowledge/index.html", context)


@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    page = access.case_or_404(slug)
    return page.serve(request)


@require_safe
def case_json(request: HttpRequest, slug: str) -> HttpResponse:
    page = access.case_or_404(slug)
    return JsonResponse(reading.for_programs(page), json_dumps_params={"ensure_ascii": False, "indent": 2})


def _results(keys: list[int]) -> list[dict[str, Any]]:
    """The cases of one page of the list, in its order."""
    items: dict[int, list[EvidenceItem]] = defaultdict(list)
    for item in EvidenceItem.objects.filter(page__in=keys).order_by("sort_order"):
        items[item.page_id].append(item)
    cases = CasePage.objects.in_bulk(keys)
    return [_result(cases[key], items[key]) for key in keys if key in cases]


def _result(case: CasePage, items: list[EvidenceItem]) -> dict[str, Any]:
    depth, note = reading.evidence_in_short(items)
    parts = (reading.where(case), reading.since(case), reading.ages(case.age_from, case.age_to))
    return {"case": case, "where": " · ".join(parts), "depth": depth, "note": note}


def _soundings(entries: list[search.Entry]) -> list[Sounding]:
    counted = Counter(entry.country for entry in entries)
    return [Sounding(code, str(countries.name(code)), count) for code, count in counted.items()]


def _choices(offered: list[Facet], counted: dict[str, Counter[str]], question: search.Question) -> list[dict[str, Any]]:
    """Each facet with (value, label, count, chosen); of a long list the largest and the chosen, the rest apart."""
    shown = []
    for facet in offered:
        count, chosen = counted[facet.name], question.chosen.get(facet.name, ())
        rows = [(value, label, count[value], value in chosen) for value, label in facet.labels.items()]
        if not facet.keeps_order:
            rows = sorted(rows, key=lambda row: (-row[2], row[1].casefold()))
        if len(rows) > SHOWN_AT_ONCE + 2:  # a long list without its zeros, for most countries have no case at all
            rows = [row for row in rows if row[2] or row[3]]
        first = rows[:SHOWN_AT_ONCE] if not facet.keeps_order else rows
        first += [row for row in rows[len(first) :] if row[3]]
        rest = [row for row in rows if row not in first]
        if rows:
            shown.append({"facet": facet, "first": first, "rest": rest})
    return shown


def _chosen(offered: list[Facet], question: search.Question) -> list[tuple[str, str]]:
    """What the search is narrowed to, each with the address without it; ages read from the words come first."""
    read = [
        (_("%(number)s is read as an age") % {"number": age.typed}, asking.address_of(question.without_word(age.typed)))
        for age in question.read.ages
    ]
    return read + [
        (f"{facet.legend}: {facet.labels[value]}", asking.address_of(question.without(facet.name, value)))
        for facet in offered
        for value in question.chosen.get(facet.name, ())
    ]


def _state_no_age(entries: list[search.Entry], question: search.Question) -> int:
    """How many cases a chosen age leaves out only because they state none."""
    chosen = question.chosen.get("age", ())
    if not chosen or search.AGES_NOT_STATED in chosen:
        return 0
    return sum(entry.age_from is None for entry in entries)


def _relaxed(
    offered: list[Facet], question: search.Question, relaxed: list[search.Relaxed]
) -> list[tuple[str, str, int]]:
    """What to give up: words, address, and how many cases that would leave."""
    legends = {facet.name: facet for facet in offered}

    def words(one: search.Relaxed) -> str:
        if one.kind == "facet":
            facet = legends[one.what]
            values = ", ".join(facet.labels[value] for value in question.chosen[one.what])
            return _("without “%(facet)s: %(values)s”") % {"facet": facet.legend, "values": values}
        if one.kind == "age":
            return _("without the age %(age)s") % {"age": one.what}
        return _("without the word “%(word)s”") % {"word": one.what}

    return [(words(one), asking.address_of(one.question), one.leaves) for one in relaxed]
