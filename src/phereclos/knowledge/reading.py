"""A case set for reading: its parts in the order of the page, with our reading apart from what the sources say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_countries import countries

from phereclos.knowledge import content as contents
from phereclos.knowledge.choices import Finding, Status, Strength, theme_label
from phereclos.organisations.kinds import Kind
from phereclos.ui.markdown import render

if TYPE_CHECKING:
    from phereclos.knowledge.models import CasePage, EvidenceItem, Source

OUR_READING = "Before you copy it"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SIGNS = {Finding.ONLY_COUNTED: "count"}
_HEADING = re.compile(r"^## +(.+?)[ #]*$", re.MULTILINE)


class Section(NamedTuple):
    title: str
    text: SafeString


class Result(NamedTuple):
    """One piece of evidence with everything that must stand beside it."""

    item: EvidenceItem
    source: Source | None

    @property
    def sign(self) -> str:
        return SIGNS.get(Finding(self.item.finding), self.item.finding)

    @property
    def found(self) -> str:
        return {
            Finding.GAIN: _("A gain"),
            Finding.NONE: _("Looked for, not found"),
            Finding.MIXED: _("Some of both"),
            Finding.WORSE: _("Worse than without"),
            Finding.ONLY_COUNTED: _("Only counted"),
        }[Finding(self.item.finding)]

    @property
    def year(self) -> str:
        return year(self.item.year)


def year(value: int | None) -> str:
    return str(value) if value else _("undated")


def ages(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return _("ages not stated")
    return _("ages %(low)s to %(high)s") % {"low": low, "high": high}


def where(case: CasePage) -> str:
    """Place and country; a place that names its country already stands alone."""
    country = str(countries.name(case.country))
    return case.place if country in case.place else ", ".join(filter(None, (case.place, country)))


def since(case: CasePage) -> str:
    return _("since %(year)s") % {"year": case.started} if case.started else _("start undated")


def sections(body: str) -> tuple[list[Section], SafeString | None]:
    """The story in its sections, and apart from it the last one, which is our reading."""
    pieces = _HEADING.split(body)
    told = [Section(_("What happens"), render(pieces[0]))] if pieces[0].strip() else []
    reading = None
    for title, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if title == OUR_READING:
            reading = render(text)
        else:
            told.append(Section(title, render(text)))
    return told, reading


def case_context(case: CasePage) -> dict[str, Any]:
    """What the page of a case shows; five queries."""
    sources = list(case.sources.all())
    results = [Result(item, _source(sources, item.source)) for item in case.evidence.all()]
    story, our_reading = sections(case.body)
    return {
        "section": "knowledge",
        "case": case,
        "where": where(case),
        "since": since(case),
        "ages": ages(case.age_from, case.age_to),
        "status": Status(case.status).label,
        "lead_kind": Kind(case.lead_kind).label,
        "partners": [(kind, Kind(kind).label) for kind in case.partner_kinds],
        "themes": [(theme, theme_label(theme)) for theme in case.themes],
        "story": story,
        "our_reading": our_reading,
        "how_it_works": list(case.how_it_works.all()),
        "take_overs": list(case.take_overs.all()),
        "conditions": list(case.conditions.all()),
        "counted": [result for result in results if result.item.depth == 0],
        "depths": [(depth, [one for one in results if one.item.depth == depth]) for depth in (1, 2, 3)],
        "sources": sources,
        "address": settings.PUBLIC_URL + case.get_absolute_url() if case.slug else "",
    }


def evidence_in_short(items: list[EvidenceItem]) -> tuple[int, str]:
    """Depth and one line for a list of results: what was found at the deepest place."""
    depth = max((item.depth for item in items), default=0)
    deepest = [item for item in items if item.depth == depth]
    if depth == 0:
        return 0, _("says nothing about effect")
    found = Counter((year(item.year), str(Finding(item.finding).label)) for item in deepest)
    shown = [f"{when}: {what}" + (f" ({count})" if count > 1 else "") for (when, what), count in found.items()]
    return depth, " · ".join(shown)


def for_programs(case: CasePage) -> dict[str, Any]:
    """The case as JSON: its content, where each result's source is, and under which terms it may be reused."""
    content = contents.of_page(case)
    for item in content["evidence"]:
        item["source_url"] = next(
            (source["url"] for number, source in enumerate(content["sources"], 1) if number == item["source"]), None
        )
    return {
        "id": settings.PUBLIC_URL + case.get_absolute_url(),
        "slug": case.slug,
        "cite_as": citation(case),
        "license": LICENCE,
        "strengths": Strength.values,
        **content,
    }


def citation(case: CasePage) -> str:
    return _("“%(title)s”, Phereclos knowledge base, facts read on %(day)s, %(address)s") % {
        "title": case.title,
        "day": date_format(case.checked_on, "j F Y"),
        "address": settings.PUBLIC_URL + case.get_absolute_url(),
    }


def _source(sources: list[Source], number: int) -> Source | None:
    return sources[number - 1] if 0 < number <= len(sources) else None
