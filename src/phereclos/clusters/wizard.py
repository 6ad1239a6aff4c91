"""Founding in short steps: what was said so far waits in the session, so going back loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from phereclos.clusters.blueprints import Blueprint, Pair, blueprints
from phereclos.clusters.forms import (
    MOST_PAIRS,
    AimsForm,
    BlueprintForm,
    FoundingStepsForm,
    PlaceForm,
    PointsForm,
    place_of,
)

SESSION_KEY = "founding"
Draft = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the wizard: how its form is made from the draft, and what it adds to the draft."""

    name: str
    title: Any
    lede: Any
    make: Callable[[Any, Draft], forms.Form]
    keep: Callable[[Any], Draft]


def draft_of(request: HttpRequest) -> Draft:
    return dict(request.session.get(SESSION_KEY, {}))


def keep(request: HttpRequest, draft: Draft) -> None:
    request.session[SESSION_KEY] = draft


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def blueprint_of(draft: Draft) -> Blueprint:
    known = blueprints()
    return known.get(draft.get("blueprint", ""), next(iter(known.values())))


def points_of(draft: Draft) -> tuple[Pair, ...]:
    return _pairs(draft.get("points")) or blueprint_of(draft).reference_points


def steps_of(draft: Draft) -> tuple[Pair, ...]:
    return _pairs(draft.get("steps")) or blueprint_of(draft).founding_steps


def _pairs(kept: list[list[str]] | None) -> tuple[Pair, ...]:
    return tuple(Pair(title, text) for title, text in kept or [])


def first_missing(draft: Draft) -> str | None:
    """The first step that was not gone through yet."""
    needed = {"blueprint": "blueprint", "place": "name", "aims": "aims", "points": "points", "steps": "steps"}
    return next((step for step, key in needed.items() if not draft.get(key)), None)


def _blueprint_form(data: Any, draft: Draft) -> forms.Form:
    return BlueprintForm(data, initial={"blueprint": blueprint_of(draft).slug})


def _place_form(data: Any, draft: Draft) -> forms.Form:
    return PlaceForm(data, initial=place_of(draft))


def _aims_form(data: Any, draft: Draft) -> forms.Form:
    return AimsForm(data, initial={"aims": draft.get("aims")}, blueprint=blueprint_of(draft))


def _points_form(data: Any, draft: Draft) -> forms.Form:
    return PointsForm(data, pairs=points_of(draft)[:MOST_PAIRS])


def _steps_form(data: Any, draft: Draft) -> forms.Form:
    return FoundingStepsForm(data, pairs=steps_of(draft)[:MOST_PAIRS])


STEPS = (
    Step(
        "blueprint", _("Choose a blueprint"),
        _("A cluster’s configuration without its people: founding steps, a charter to begin with, a logbook."),
        _blueprint_form, lambda form: {"blueprint": form.cleaned_data["blueprint"]},
    ),
    Step("place", _("Where, and in which languages"), _("This stands on the public page."), _place_form,
         lambda form: form.facts()),
    Step("aims", _("What for"), _("One thing that people can tell apart from how it is now."), _aims_form,
         lambda form: {"aims": form.cleaned_data["aims"]}),
    Step(
        "points", _("What the logbook is kept against"),
        _("Nine questions of ours. Change them, leave some out, add your own; each entry answers one."),
        _points_form, lambda form: {"points": form.pairs()},
    ),
    Step(
        "steps", _("What comes first"),
        _("The steps from an idea to a working cluster. They stand on your page and are ticked off one by one."),
        _steps_form, lambda form: {"steps": form.pairs()},
    ),
)  # fmt: skip
BY_NAME = {step.name: step for step in STEPS}
