"""A request: brought to a partner, followed by both sides, answered signed in."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phereclos.exchange import access, actions, limits
from phereclos.exchange.errors import AnotherIsOpen, DayOver, NotDone, NotOpen
from phereclos.exchange.forms import AnswerForm, ReplyForm, SendForm, SettleForm
from phereclos.exchange.models import Need, Offer, Question, Request
from phereclos.exchange.partners import organisations_for, partners_for
from phereclos.ledger.once import KeyReused
from phereclos.organisations.models import Organisation
from phereclos.ui.words import number_or_none


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a partner, then write to it. Two steps of one address: the choice stands in the query."""
    acting, need = access.own_need_or_404(request, pk)
    if need.state != Need.State.OPEN or need.is_held or not acting.organisation.is_vouched:
        raise Http404
    posted = request.method == "POST"
    if not (request.POST.get("to") if posted else {"to", "offer"} & request.GET.keys()):
        context = {"section": "exchange", "need": need, "partners": partners_for(need)}
        return render(request, "exchange/choose_partner.html", context, status=422 if posted else 200)
    members = organisations_for(need)
    allowed = {
        "partners": Organisation.objects.filter(pk__in=[one.pk for one in members]),
        "offers": Offer.objects.public().filter(organisation__in=members),
    }
    if posted:
        form = SendForm(request.POST, **allowed)
        problem, status = "", 422
        if form.is_valid():
            cleaned = form.cleaned_data
            try:
                sent = actions.send_request(
                    by=acting, need=need, to=cleaned["to"], offer=cleaned["offer"], message=cleaned["message"],
                    proposed_start=cleaned["start"], proposed_end=form.end, key=form.key,
                )  # fmt: skip
                messages.success(request, _("Sent. You get a mail as soon as there is an answer."))
                return redirect(sent)
            except limits.LimitReached as reached:
                problem, status = f"limit-{reached.whose}", 429
            except AnotherIsOpen:
                problem, status = "another-open", 409
            except KeyReused:
                problem, status = "sent", 409
                form.renew_key()
            except NotDone:
                problem, status = "not-now", 409
        to = _chosen(allowed["partners"], form["to"].value())
        offer = _chosen(allowed["offers"], form["offer"].value())
    else:
        offer = _chosen(allowed["offers"], request.GET.get("offer"))
        to = offer.organisation if offer else _chosen(allowed["partners"], request.GET.get("to"))
        if to is None:
            raise Http404
        form = SendForm(initial=_suggestion(need, to, offer), **allowed)
        problem, status = "", 200
    if to is None:
        raise Http404
    context = {"need": need, "form": form, "to": to, "offer": offer, "problem": problem}
    return render(request, "exchange/send.html", {"section": "exchange", **context}, status=status)


@require_safe
def show(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Both sides and the coordinator read the same record; what each may do differs."""
    found, side = access.request_or_404(request, uid)
    return _page(request, found, side)


@require_POST
def answer(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Answer signed in, with the same form as behind the link."""
    found, acting = access.request_to_answer_or_404(request, uid)
    form = AnswerForm(request.POST, day_over=found.day_is_over)
    if not form.is_valid():
        return _page(request, found, access.request_or_404(request, uid)[1], answer_form=form, status=422)
    try:
        if form.cleaned_data["choice"] == AnswerForm.ASK:
            actions.ask_question(request=found, by=acting, text=form.cleaned_data["question"], key=form.key)
        else:
            actions.answer_request(request=found, by=acting, **form.answer_fields)
    except (NotOpen, KeyReused):
        messages.error(request, _("This was answered already. The first answer stands; you see it here."))
    except DayOver:
        messages.error(request, _("The day has passed meanwhile. Suggest another day, or choose no."))
    else:
        messages.success(request, _("Sent. Both sides got a mail."))
    return redirect(found)


@require_POST
def reply(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    question, acting = access.question_or_404(request, uid, pk)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        found, side = access.request_or_404(request, uid)
        return _page(request, found, side, reply_form=form, replying_to=question, status=422)
    try:
        actions.reply_to_question(question=question, by=acting, text=form.cleaned_data["text"])
    except NotDone:
        messages.error(request, _("A reply was sent already, or the request has ended."))
    else:
        messages.success(
            request,
            _("Sent. They got a mail with a fresh link to answer.")
            if question.request.waits_for_answer
            else _("Sent. They got a mail."),
        )
    return redirect(question.request)


@require_POST
def withdraw(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    found, acting = access.request_sent_or_404(request, uid)
    try:
        actions.withdraw_request(by=acting, request=found)
    except NotOpen:
        messages.error(request, _("This request has ended already; nothing was changed."))
    else:
        messages.success(request, _("Withdrawn. The addressee got a mail; the links there answer nothing any more."))
    return redirect(found)


@require_POST
def date(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Take the other day, or not, signed in."""
    found, acting = access.request_sent_or_404(request, uid)
    take = request.POST.get("take")
    if take not in {"yes", "no"}:
        messages.error(request, _("Choose yes or no."))
        return redirect(found)
    try:
        actions.reply_to_date(request=found, by=acting, accepted=take == "yes")
    except NotOpen:
        messages.error(request, _("This was settled already; you see it here."))
    except DayOver:
        messages.error(request, _("The other day has passed. Say no, then ask again for a day to come."))
    else:
        messages.success(request, _("Sent. The partner got a mail."))
    return redirect(found)


@require_POST
def settle(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    objection, acting = access.objection_or_404(request, uid, pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        found, side = access.request_or_404(request, uid)
        return _page(request, found, side, settle_form=form, status=422)
    actions.settle_objection(objection=objection, by=acting, note=form.cleaned_data["note"])
    messages.success(request, _("Noted on the record."))
    return redirect(objection.request)


def _page(
    request: HttpRequest, found: Request, side: access.Side, *, status: int = 200,
    answer_form: AnswerForm | None = None, reply_form: ReplyForm | None = None,
    replying_to: Question | None = None, settle_form: SettleForm | None = None,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "request_": found,
        "need": found.need,
        "side": side,
        "answer": getattr(found, "answer", None),
        "questions": found.questions.select_related("asked_by__person", "replied_by__person"),
        "objections": found.objections.select_related("representative__person", "settled_by__person"),
        "events": found.events.select_related("by__person", "by__organisation"),
        "answer_form": answer_form or AnswerForm(initial={"choice": "other_date" if found.day_is_over else "accept"}),
        "reply_form": reply_form or ReplyForm(),
        "replying_to": replying_to,
        "settle_form": settle_form or SettleForm(),
        "may_answer": side.answers and found.waits_for_answer,
        "may_date": side.asks and found.state == Request.State.OTHER_DATE,
    }
    return render(request, "exchange/request.html", {"section": "exchange", **context}, status=status)


def _chosen(rows: Any, key: Any) -> Any:
    """The row of a key from the address or form, or None; anything else than a number is no key."""
    number = number_or_none(key)
    return rows.filter(pk=number).first() if number is not None else None


def _suggestion(need: Need, to: Organisation, offer: Offer | None) -> dict[str, Any]:
    """The first possible day at nine, if it lies ahead, and the offer's length."""
    today = timezone.localdate()
    day = need.earliest if need.earliest and need.earliest > today else today + timedelta(days=14)
    start = timezone.make_aware(datetime.combine(day, time(9, 30)))
    minutes = offer.minutes if offer and offer.minutes else 90
    return {"to": to.pk, "offer": offer.pk if offer else None, "start": start, "minutes": minutes}
