"""`/verify/`: a link, a file, a picture or pasted text in; an answer per check out. Keeps nothing that was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from phereclos.badges import own
from phereclos.badges.fetching import MAX_BYTES
from phereclos.badges.forms import VerifyForm
from phereclos.badges.verification import verify_input
from phereclos.badges.wording import told
from phereclos.ledger.limits import allowed, visitor
from phereclos.ui.views import too_many
from phereclos.ui.words import number_or_none
from verifiable_badges import Check, Report
from verifiable_badges.policy import NOTHING_PROVED, Facts, RecipientIs

CHECKS_PER_MINUTE = 30
LONGEST_REPEAT = 4000  # bytes of text that “Try again” carries along
FRAME = 64 * 1024  # what a form adds around the file


@dataclass(frozen=True, slots=True)
class RecipientIfNamed(RecipientIs):
    """A badge that names no mailbox is no less genuine for it: that nothing could be compared is a note."""

    def judge(self, credential: Mapping[str, Any], facts: Facts = NOTHING_PROVED) -> Check:
        check = RecipientIs.judge(self, credential, facts)
        return replace(check, needed=False) if check.code == "recipient_unnamed" else check


# Nothing is changed and nobody need be signed in, so there is nothing a foreign page could do in a visitor's name. And
# so that no cookie is needed.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _first(request)
    # Measured before anything of the body is read.
    length = number_or_none(request.META.get("CONTENT_LENGTH") or "0")
    if length is None or length > MAX_BYTES + FRAME:
        return _form(request, VerifyForm(too_large=True), status=413)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=422)
    both = bool(form.cleaned_data.get("file") and form.cleaned_data.get("given"))
    return _checked(request, form.data_given, form.given_name, form.cleaned_data.get("mailbox", ""), both=both)


def _first(request: HttpRequest) -> HttpResponse:
    """An own link is checked at once, for that asks nobody outside; a foreign one waits for a person to press."""
    link = request.GET.get("link", "")[:2000]
    if own.is_ours(link):
        return _checked(request, link.encode("utf-8", "replace"), "", "")
    return _form(request, VerifyForm(initial={"given": link}))


def _checked(request: HttpRequest, data: bytes, name: str, mailbox: str, *, both: bool = False) -> HttpResponse:
    if not allowed(what="verify", whom=visitor(request), most=CHECKS_PER_MINUTE, seconds=60):
        return too_many(request)
    now = timezone.now()
    expectations = (RecipientIfNamed(mailbox),) if mailbox else ()
    report = verify_input(data, now=now, expectations=expectations)
    status = 422 if report.kind == "unreadable" else 200
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse(report.to_json(), status=status)
    return render(
        request, "verify/result.html", _result(report, data, name) | {"now": now, "both": both}, status=status
    )


def _result(report: Report, data: bytes, name: str) -> dict[str, Any]:
    text = data.decode("utf-8", "replace") if not name and len(data) <= LONGEST_REPEAT else ""
    is_link = text.startswith(("https://", "http://")) and " " not in text
    return {
        "section": "verify",
        "report": told(report),
        "name": name[:80],
        "kilobytes": max(1, round(len(data) / 1000)),
        "link": text[:200] if is_link else "",
        "again": text,
    }


def _form(request: HttpRequest, form: VerifyForm, status: int = 200) -> HttpResponse:
    return render(request, "verify/form.html", {"section": "verify", "form": form}, status=status)
