"""The facets in words: legend, and the label of each value. What they mean for the search stands in search.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _
from django_countries import countries

from phereclos.knowledge import search
from phereclos.knowledge.choices import Finding, Status, Strength, theme_label, themes
from phereclos.organisations.kinds import Kind, Setting


class Facet(NamedTuple):
    name: str
    legend: str
    labels: Mapping[str, str]
    keeps_order: bool  # a scale keeps its order; a list shows what leaves most first


def facets() -> list[Facet]:
    """All facets in the order of the page."""
    strengths = {
        Strength.COUNTED: _("counted or deeper"),
        Strength.TOLD: _("told or deeper"),
        Strength.COMPARED: _("compared or deeper"),
        Strength.DRAWN_BY_LOT: _("drawn by lot"),
    }
    # A case is found by any of its results: one with counts may hold a trial, too.
    findings = _labels(Finding) | {str(Finding.ONLY_COUNTED): _("holds counts of people or places")}
    ages = {
        "3-5": _("up to 5"),
        "6-9": _("6 to 9"),
        "10-13": _("10 to 13"),
        "14-16": _("14 to 16"),
        "17-": _("17 and older"),
        search.AGES_NOT_STATED: _("ages not stated"),
    }
    return [
        Facet("setting", _("Setting"), _labels(Setting), False),
        Facet("age", _("Age"), ages, True),
        Facet("partner", _("Partner"), _labels(Kind), False),
        Facet("lead", _("Led by"), _labels(Kind), False),
        Facet("theme", _("Theme"), {slug: theme_label(slug) for slug in themes()}, False),
        Facet("country", _("Country"), dict(countries), False),
        Facet("strength", _("Evidence at least"), {str(key): label for key, label in strengths.items()}, True),
        Facet("finding", _("What was found"), findings, True),
        Facet("status", _("Status"), _labels(Status), True),
    ]


def _labels(choices: type[Kind] | type[Setting] | type[Finding] | type[Status]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}
