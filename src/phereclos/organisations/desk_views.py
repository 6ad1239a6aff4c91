"""The desk (`/me/`): what waits for a person, for whom they act, and switching that."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from phereclos.accounts.views import person_of
from phereclos.organisations import desk, doors
from phereclos.organisations.access import role_of
from phereclos.organisations.middleware import SESSION_KEY
from phereclos.organisations.models import JoinRequest, Organisation, Representative
from phereclos.ui.words import number_or_none

WAITING_SHOWN = 25


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    acting = role_of(request)
    tasks = desk.tasks_of(acting, person)
    waiting = Organisation.objects.filter(vouched_at=None).order_by("founded_record_at")
    unvouched = list(waiting[:WAITING_SHOWN]) if person.is_operator else []
    context = {
        "tasks": tasks,
        "title": _title(len(tasks) + len(unvouched)),
        "roles": Representative.objects.of_person(person).order_by("since"),
        "asked": JoinRequest.objects.filter(person=person, state=JoinRequest.State.OPEN).select_related("organisation"),
        "unvouched": unvouched,
        "doors": doors.doors_of(person, acting or None),
        "today": timezone.localdate(),
        "section": "me",
    }
    return render(request, "organisations/desk.html", context)


@login_required
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose the organisation to act for in this browser; only one the person represents today."""
    chosen = number_or_none(request.POST.get("organisation"))
    roles = Representative.objects.of_person(person_of(request))
    role = roles.filter(organisation_id=chosen).first() if chosen is not None else None
    if role is None:
        raise Http404
    request.session[SESSION_KEY] = role.organisation_id
    messages.success(request, _("You act for %(name)s in this browser.") % {"name": role.organisation})
    return redirect("desk:desk")


def _title(count: int) -> str:
    words = {0: _("Nothing waits for you"), 2: _("Two things wait for you"), 3: _("Three things wait for you")}
    counted = ngettext("One thing waits for you", "%(count)d things wait for you", count) % {"count": count}
    return words.get(count, counted)
