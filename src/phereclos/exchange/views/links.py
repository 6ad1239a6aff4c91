"""The pages behind links in mails. They need neither sign-in nor script nor cookie.

Opening shows; only the button acts. The form is proved by a second token made for this page (exchange/links.py), so
these views do without Django's cookie-bound check, and a page elsewhere still cannot post.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from phereclos.exchange import actions, links
from phereclos.exchange.errors import DayOver, NotDone, NotOpen
from phereclos.exchange.forms import AnswerForm, ObjectForm
from phereclos.exchange.models import Answer, AnswerLink, Request
from phereclos.ledger.links import LinkExpired, LinkRefused
from phereclos.ledger.once import KeyReused
from phereclos.organisations.models import Representative

View = Callable[[HttpRequest, str], HttpResponse]


def behind_a_link(purpose: str) -> Callable[[Callable[[HttpRequest, AnswerLink, str], HttpResponse]], View]:
    """Open the token of the address. Altered and foreign ones get one refusal, past ones a page that says how else."""

    def decorate(view: Callable[[HttpRequest, AnswerLink, str], HttpResponse]) -> View:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def wrapped(request: HttpRequest, token: str) -> HttpResponse:
            try:
                link = links.read(token, purpose)
            except LinkExpired as expired:
                found = links.request_of_expired(str(expired))
                response = render(request, "exchange/link_expired.html", {"request_": found}, status=410)
            except LinkRefused:
                response = _refused(request)
            else:
                response = view(request, link, token)
            return _private(response)

        return wrapped

    return decorate


@behind_a_link("answer")
def answer(request: HttpRequest, link: AnswerLink, token: str) -> HttpResponse:
    found = link.request
    if request.method == "POST":
        if not links.is_from_its_page(link, "answer", request.POST.get("form_token", "")):
            return _refused(request)
        form = AnswerForm(request.POST, day_over=found.day_is_over)
        if form.is_valid():
            return _give_answer(request, link, token, form)
        return _answer_page(request, link, form, status=422) if found.waits_for_answer else _closed(request, link)
    if not found.waits_for_answer:
        return _closed(request, link)
    return _answer_page(request, link, AnswerForm(initial={"choice": _ticked(request, found)}))


@behind_a_link("date")
def date(request: HttpRequest, link: AnswerLink, token: str) -> HttpResponse:
    """The need's side takes the other day, or not."""
    found = link.request
    if request.method == "POST":
        if not links.is_from_its_page(link, "date", request.POST.get("form_token", "")):
            return _refused(request)
        take = request.POST.get("take")
        if take not in {"yes", "no"}:
            return _date_page(request, link, status=422)
        try:
            actions.reply_to_date(request=found, by=link.representative, accepted=take == "yes", link=link)
        except NotOpen:
            return _date_closed(request, link, status=409)
        except DayOver:
            return _date_page(request, link, status=422)
        return redirect("exchange:date", token)
    if found.state != Request.State.OTHER_DATE:
        return _date_closed(request, link)
    return _date_page(request, link)


@behind_a_link("object")
def object_(request: HttpRequest, link: AnswerLink, token: str) -> HttpResponse:
    """An addressee says that the answer was not theirs."""
    given = Answer.objects.select_related("representative__person").filter(request=link.request).first()
    if given is None:
        return _refused(request)
    form = ObjectForm(request.POST or None)
    if request.method == "POST":
        if not links.is_from_its_page(link, "object", request.POST.get("form_token", "")):
            return _refused(request)
        if form.is_valid():
            actions.object_to_answer(request=link.request, by=link.representative, text=form.cleaned_data["text"])
            return redirect("exchange:object", token)
    said = link.request.objections.filter(representative=link.representative).first()
    until = given.at + links.OBJECT_FOR
    context = {"link": link, "request_": link.request, "answer": given, "form": form, "said": said}
    context["form_token"] = links.form_token(link, "object", until)
    return render(request, "exchange/object.html", context, status=422 if form.is_bound and form.errors else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """One POST stops one kind of mail (RFC 8058); mail programs send it without cookies. GET only shows the button.

    The same page has the way back: a POST with `again`.
    """
    try:
        key, kind = links.read_stop(token)
    except LinkRefused:
        return _private(_refused(request))
    representative = Representative.objects.filter(pk=key).first()
    if representative is None:
        return _private(_refused(request))
    if request.method == "POST":
        act = actions.have_mails_again if "again" in request.POST else actions.stop_mails
        act(representative=representative, kind=kind)
    stopped = representative.mail_stops.filter(kind=kind).exists()
    return _private(render(request, "exchange/stop_mails.html", {"stopped": stopped}))


def _give_answer(request: HttpRequest, link: AnswerLink, token: str, form: AnswerForm) -> HttpResponse:
    """Act, then show the same address again: it now says what was answered."""
    try:
        if form.cleaned_data["choice"] == AnswerForm.ASK:
            text = form.cleaned_data["question"]
            actions.ask_question(request=link.request, by=link.representative, text=text, link=link, key=form.key)
        else:
            actions.answer_request(request=link.request, by=link.representative, link=link, **form.answer_fields)
    except (NotOpen, KeyReused):
        return _closed(request, link, status=409)
    except NotDone:
        return _answer_page(request, link, form, status=422)
    return redirect("exchange:answer", token)


def _ticked(request: HttpRequest, found: Request) -> str:
    """The choice of the address, else yes; yes is no choice once the day has passed."""
    choice = request.GET.get("choice", "")
    choice = choice if choice in dict(AnswerForm.CHOICES) else Answer.Kind.ACCEPT
    return Answer.Kind.OTHER_DATE if choice == Answer.Kind.ACCEPT and found.day_is_over else choice


def _answer_page(request: HttpRequest, link: AnswerLink, form: AnswerForm, status: int = 200) -> HttpResponse:
    context = {
        "link": link,
        "request_": link.request,
        "need": link.request.need,
        "form": form,
        "choice": form["choice"].value(),
        "came_with": _ticked(request, link.request) if "choice" in request.GET else "",
        "questions": link.request.questions.all(),
        "form_token": links.form_token(link, "answer", link.until),
    }
    return render(request, "exchange/answer.html", context, status=status)


def _closed(request: HttpRequest, link: AnswerLink, status: int = 200) -> HttpResponse:
    """Answered, withdrawn or expired: what happened and when."""
    found = Request.objects.whole().get(pk=link.request_id)
    given = Answer.objects.select_related("representative__person", "link").filter(request=found).first()
    context = {"request_": found, "need": found.need, "answer": given, "own": given is not None and given.link == link}
    return render(request, "exchange/answered.html", context, status=status)


def _date_page(request: HttpRequest, link: AnswerLink, status: int = 200) -> HttpResponse:
    given = Answer.objects.get(request=link.request)
    context = {"link": link, "request_": link.request, "need": link.request.need, "answer": given, "status": status}
    context["form_token"] = links.form_token(link, "date", link.until)
    return render(request, "exchange/date.html", context, status=status)


def _date_closed(request: HttpRequest, link: AnswerLink, status: int = 200) -> HttpResponse:
    found = Request.objects.whole().get(pk=link.request_id)
    given = Answer.objects.select_related("date_reply__representative__person").filter(request=found).first()
    context: dict[str, Any] = {"request_": found, "need": found.need, "reply": getattr(given, "date_reply", None)}
    return render(request, "exchange/date_closed.html", context, status=status)


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "exchange/link_refused.html", status=404)


def _private(response: HttpResponse) -> HttpResponse:
    """A link is a small power of attorney: it is not cached, listed, or told to the next page."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
