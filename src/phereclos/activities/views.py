"""The pages of activities."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phereclos.activities import access, actions
from phereclos.activities.calendars import calendar_of
from phereclos.activities.disclosure import shown
from phereclos.activities.errors import NotDone, Stale, TooEarly
from phereclos.activities.forms import (
    CancelForm,
    CountForm,
    FeedbackForm,
    LaneForm,
    MoveForm,
    SettleForm,
    lane_values,
)
from phereclos.activities.models import Activity, Lane, LaneStep
from phereclos.exchange.access import request_or_404
from phereclos.organisations.access import role_of
from phereclos.ui.words import clean_words

EDIT = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 25


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's own activities first, then what was confirmed in the clusters."""
    acting = role_of(request)
    cluster = clean_words(request.GET.get("cluster", ""), 80)
    rows = Activity.objects.public().whole()
    if cluster:
        rows = rows.filter(cluster__slug=cluster)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.children_shown = shown(row.children)  # type: ignore[attr-defined]
    mine: Any = Activity.objects.of(acting.organisation).whole() if acting else Activity.objects.none()
    context = {
        "page": page,
        "coming": mine.filter(state="planned").order_by("starts")[:50],
        "open_ones": mine.filter(state="held")[:50],
        "done": mine.filter(state__in=["confirmed", "cancelled"])[:25],
        "cluster": cluster,
    }
    return render(request, "activities/index.html", {"section": "exchange", **context})


@require_safe
def activity(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    shown_one, view = access.activity_or_404(request, uid)
    lanes = list(shown_one.lanes.all())
    context: dict[str, Any] = {
        "activity": shown_one,
        "view": view,
        "children_shown": shown(shown_one.children),
        "names": _(" with ").join(lane.organisation.name for lane in lanes),
    }
    if view.inside:
        context |= _inside(shown_one, view, lanes)
    return render(request, "activities/activity.html", {"section": "exchange", **context})


@require_safe
def of_request(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """From a request to what became of it."""
    found, _side = request_or_404(request, uid)
    planned = Activity.objects.filter(request=found).first()
    if planned is None:
        raise Http404
    return redirect(planned)


@EDIT
def lane(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Write one's own lane. A stale form gets the other's text beside its own."""
    planned, own, acting = access.own_lane_or_404(request, uid)
    form = LaneForm(request.POST or None, initial=lane_values(own, own.steps.all()))
    status, theirs = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                version = form.cleaned_data["version"]
                actions.write_lane(by=acting, lane=own, steps=form.steps, version=version)
                return _saved(request, planned, _("Saved. The other side sees it."))
            except Stale as stale:
                status, theirs = 409, _as_row(stale.current)
                form = _with_version(form, stale.current.version)
            except NotDone:
                messages.error(request, _("The activity was cancelled; its plan stays as it was."))
                return redirect(planned)
    context = {"activity": planned, "form": form, "theirs": theirs}
    return render(request, "activities/lane.html", {"section": "exchange", **context}, status=status)


@EDIT
def move(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    planned, _own, acting = access.own_lane_or_404(request, uid)
    initial = {name: getattr(planned, name) for name in ("starts", "ends", "place", "revision")}
    form = MoveForm(request.POST or None, initial=initial)
    status, problem = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.move_activity(by=acting, activity=planned, **form.cleaned_data)
                return _saved(request, planned, _("Moved. The other side got a mail with your reason."))
            except Stale as stale:
                status, problem, planned = 409, "stale", stale.current
                form = _with_version(form, planned.revision, "revision")
            except NotDone:
                status, problem = 409, "closed"
    context = {"activity": planned, "form": form, "problem": problem}
    return render(request, "activities/move.html", {"section": "exchange", **context}, status=status)


@EDIT
def cancel(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    planned, _own, acting = access.own_lane_or_404(request, uid)
    form = CancelForm(request.POST or None)
    status, problem = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.cancel_activity(by=acting, activity=planned, **form.cleaned_data)
                return _saved(request, planned, _("Cancelled. The other side got a mail with your reason."))
            except NotDone:
                status, problem = 409, "counted"
    context = {"activity": planned, "form": form, "problem": problem}
    return render(request, "activities/cancel.html", {"section": "exchange", **context}, status=status)


@EDIT
def confirm(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One side's head count."""
    held, _own, acting = access.own_lane_or_404(request, uid)
    mine = held.head_counts.filter(organisation=acting.organisation_id).first()
    form = CountForm(request.POST or None, initial={"children": mine.children, "adults": mine.adults} if mine else None)
    status, problem = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                held = actions.count_heads(by=acting, activity=held, **form.cleaned_data)
                return _saved(request, held, _after_counting(held))
            except TooEarly:
                status, problem = 409, "early"
            except NotDone:
                status, problem = 409, "closed"
    context = {"activity": held, "form": form, "problem": problem, "early": timezone.now() < held.starts}
    return render(request, "activities/confirm.html", {"section": "exchange", **context}, status=status)


@EDIT
def settle(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The coordinator says which of two differing counts holds, and why."""
    held, acting = access.coordinated_or_404(request, uid)
    counts = list(held.head_counts.select_related("organisation"))
    form = SettleForm(request.POST or None)
    status, problem = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.settle_count(by=acting, activity=held, **form.cleaned_data)
                return _saved(request, held, _("Noted. The activity counts now, with your note beside it."))
            except NotDone:
                status, problem = 409, "settled"
    context = {"activity": held, "form": form, "counts": counts, "problem": problem}
    return render(request, "activities/settle.html", {"section": "exchange", **context}, status=status)


@EDIT
def feedback(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One side's word about the day, unread by the other until both are in."""
    held, _own, acting = access.own_lane_or_404(request, uid)
    form = FeedbackForm(request.POST or None)
    status, problem = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.write_feedback(by=acting, activity=held, **form.cleaned_data)
                return _saved(request, held, _("Kept. Nobody reads it before both are in or ten days have passed."))
            except TooEarly:
                status, problem = 409, "early"
            except NotDone:
                status, problem = 409, "closed"
    context = {"activity": held, "form": form, "problem": problem}
    return render(request, "activities/feedback.html", {"section": "exchange", **context}, status=status)


@require_safe
def calendar(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    planned, _view = access.inside_or_404(request, uid)
    response = HttpResponse(calendar_of(planned), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="activity-{planned.uid.hex[:8]}.ics"'
    return response


def _inside(one: Activity, view: access.View, lanes: list[Lane]) -> dict[str, Any]:
    """What only the two sides and the coordinator see."""
    counts = list(one.head_counts.select_related("organisation", "counted_by__person"))
    both = len(counts) == len(lanes)
    mine = view.lane.organisation_id if view.lane else None
    words = list(one.feedback.select_related("organisation"))
    now = timezone.now()
    opened = len(words) == len(lanes) or now >= one.blind_until
    wrote = any(word.organisation_id == mine for word in words)
    return {
        "rows": [(lane.organisation, *_as_row(lane)) for lane in lanes],
        "counts": [count for count in counts if both or count.organisation_id == mine],
        "my_count": next((count for count in counts if count.organisation_id == mine), None),
        "differ": both and one.state == Activity.State.HELD,
        "events": one.events.select_related("by__organisation"),
        "has_begun": now >= one.starts,
        "words": words if opened else [word for word in words if word.organisation_id == mine],
        "words_opened": opened,
        "may_write": bool(mine) and one.is_over and not wrote and not opened and one.state != "cancelled",
    }


def _as_row(lane: Lane) -> tuple[list[str], list[str], list[str]]:
    """The steps of a lane by phase."""
    steps = list(lane.steps.all())
    before, during, after = ([step.text for step in steps if step.phase == phase] for phase in LaneStep.Phase.values)
    return before, during, after


def _with_version(form: Any, version: int, name: str = "version") -> Any:
    """The same form, now on top of what stands: pressing again replaces it knowingly."""
    data = form.data.copy()
    data[name] = str(version)
    return type(form)(data)


def _saved(request: HttpRequest, one: Activity, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(one)


def _after_counting(held: Activity) -> str:
    if held.state == Activity.State.CONFIRMED:
        return _("Both counts agree. The activity is confirmed.")
    if held.head_counts.count() == 2:
        return _("Kept. The other side counted differently; both numbers stand below.")
    return _("Kept. The activity counts once the other side has counted, too.")
