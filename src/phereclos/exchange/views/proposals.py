"""The board, one's own list, and the pages of needs and offers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phereclos.exchange import access, actions, board
from phereclos.exchange.errors import NotDone, NotVouched, Stale
from phereclos.exchange.forms import KeyForm, NeedForm, OfferForm, ProposalForm, clusters_of
from phereclos.exchange.mails import REQUEST
from phereclos.exchange.models import Need, Offer, Request
from phereclos.ledger.once import KeyReused
from phereclos.organisations.access import acting_or_404, role_of
from phereclos.organisations.models import Representative

PER_PAGE = 24
EDIT = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The board of open needs and offers."""
    question = board.question_of(request.GET)
    found = board.search(question)
    page = Paginator(found.keys, PER_PAGE).get_page(request.GET.get("page"))
    by_key = board.rows_of(question).in_bulk(list(page.object_list))
    rows = [by_key[key] for key in page.object_list if key in by_key]
    other = (Need if question.show == "offers" else Offer).objects.public().count()
    context = {"question": question, "found": found, "page": page, "rows": rows, "other_count": other}
    return render(request, "exchange/board.html", {"section": "exchange", **context})


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything of the organisation acted for: requests both ways, needs, offers."""
    acting = acting_or_404(request)
    requests = Request.objects.of(acting.organisation).select_related("need__organisation", "to")
    page = Paginator(requests, 25).get_page(request.GET.get("page"))
    count_open = Count("requests", filter=Q(requests__state__in=["sent", "asked", "other_date"]))
    context = {
        "page": page,
        "needs": Need.objects.of(acting.organisation).annotate(asked_now=count_open)[:100],
        "offers": Offer.objects.of(acting.organisation)[:100],
        "mails_stopped": acting.mail_stops.filter(kind=REQUEST).exists(),
    }
    return render(request, "exchange/mine.html", {"section": "exchange", **context})


@require_POST
def have_mails(request: HttpRequest) -> HttpResponse:
    """Requests come by mail again to this person."""
    actions.have_mails_again(representative=acting_or_404(request), kind=REQUEST)
    messages.success(request, _("Requests to your organisation come to your mailbox again."))
    return redirect("exchange:mine")


@require_safe
def need(request: HttpRequest, pk: int) -> HttpResponse:
    shown = access.need_or_404(request, pk)
    acting = role_of(request)
    own = acting is not None and acting.organisation_id == shown.organisation_id
    coordinates = acting is not None and acting.organisation_id == shown.cluster.coordinator_id
    asked: Any = ()
    if own or coordinates:
        asked = shown.requests.select_related("to", "answer").order_by("-sent_at")
    open_now = sum(one.is_open for one in asked)
    context = {
        "need": shown,
        "own": own,
        "coordinates": coordinates,
        "asked": asked,
        "may_ask": own and shown.state == "open" and not shown.is_held and open_now <= shown.extra_open_allowed,
        "offers": Offer.objects.public().of(acting.organisation).filter(subject=shown.subject)[:3]
        if acting and not own
        else (),
        "helping": shown.help_offers.select_related("organisation") if own or coordinates else (),
        "may_help": bool(acting) and not own and access.may_help(acting, shown),
        "helped": shown.help_offers.filter(organisation=acting.organisation_id).first() if acting else None,
        "copy_form": KeyForm(),
    }
    return render(request, "exchange/need.html", {"section": "exchange", **context})


@require_safe
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    shown = access.offer_or_404(request, pk)
    acting = role_of(request)
    own = acting is not None and acting.organisation_id == shown.organisation_id
    needs = Need.objects.public().of(acting.organisation)[:10] if acting and not own else ()
    context = {"offer": shown, "own": own, "needs": needs, "copy_form": KeyForm()}
    return render(request, "exchange/offer.html", {"section": "exchange", **context})


@login_required
@EDIT
def post_need(request: HttpRequest) -> HttpResponse:
    return _edit_need(request, acting_or_404(request), None)


@EDIT
def edit_need(request: HttpRequest, pk: int) -> HttpResponse:
    acting, row = access.own_need_or_404(request, pk)
    return _edit_need(request, acting, row)


@login_required
@EDIT
def post_offer(request: HttpRequest) -> HttpResponse:
    return _edit_offer(request, acting_or_404(request), None)


@EDIT
def edit_offer(request: HttpRequest, pk: int) -> HttpResponse:
    acting, row = access.own_offer_or_404(request, pk)
    return _edit_offer(request, acting, row)


@require_POST
def offer_help(request: HttpRequest, pk: int) -> HttpResponse:
    acting, row = access.need_to_help_or_404(request, pk)
    try:
        actions.offer_help(by=acting, need=row)
    except NotDone:
        messages.error(request, _("The need has changed meanwhile; nothing was sent."))
    else:
        messages.success(request, _("They got a mail. When they choose you, a request with a day comes to you."))
    return redirect(row)


@require_POST
def copy_need(request: HttpRequest, pk: int) -> HttpResponse:
    acting, row = access.own_need_or_404(request, pk)
    form = KeyForm(request.POST)
    copy = actions.copy_need(by=acting, need=row, key=form.key if form.is_valid() else "")
    messages.success(request, _("Copied as a draft. Change what is different, then post it."))
    return redirect("exchange:edit-need", copy.pk)


@require_POST
def copy_offer(request: HttpRequest, pk: int) -> HttpResponse:
    acting, row = access.own_offer_or_404(request, pk)
    form = KeyForm(request.POST)
    copy = actions.copy_offer(by=acting, offer=row, key=form.key if form.is_valid() else "")
    messages.success(request, _("Copied as a draft. Change what is different, then post it."))
    return redirect("exchange:edit-offer", copy.pk)


@require_POST
def close_need(request: HttpRequest, pk: int) -> HttpResponse:
    acting, row = access.own_need_or_404(request, pk)
    try:
        actions.close_need(by=acting, need=row)
    except NotDone:
        messages.error(request, _("A request for this need is still open. Withdraw it first, then close the need."))
    else:
        messages.success(request, _("The need is closed. It stays on record and can be copied."))
    return redirect(row)


@require_POST
def set_offer_state(request: HttpRequest, pk: int) -> HttpResponse:
    acting, row = access.own_offer_or_404(request, pk)
    state = request.POST.get("state", "")
    if state not in {"open", "paused", "closed"}:
        raise Http404
    try:
        actions.set_offer_state(by=acting, offer=row, state=Offer.State(state))
    except NotDone:
        messages.error(request, _("A draft is posted from its form."))
    return redirect(row)


@require_POST
def release_need(request: HttpRequest, pk: int) -> HttpResponse:
    acting, row = access.coordinated_need_or_404(request, pk)
    actions.release(by=acting, proposal=row)
    messages.success(request, _("Everybody can see it now."))
    return redirect(row)


@require_POST
def release_offer(request: HttpRequest, pk: int) -> HttpResponse:
    acting, row = access.coordinated_offer_or_404(request, pk)
    actions.release(by=acting, proposal=row)
    messages.success(request, _("Everybody can see it now."))
    return redirect(row)


@require_POST
def allow_more(request: HttpRequest, pk: int) -> HttpResponse:
    acting, row = access.coordinated_need_or_404(request, pk)
    seen = request.POST.get("seen", "")
    try:
        actions.allow_more(by=acting, need=row, seen=int(seen) if seen in {"0", "1", "2", "3"} else None)
    except NotDone:
        messages.error(request, _("Three more at a time are the most."))
    else:
        messages.success(request, _("One more request may be open for this need now."))
    return redirect(row)


def _edit_need(request: HttpRequest, acting: Representative, row: Need | None) -> HttpResponse:
    clusters = clusters_of(acting.organisation)
    post = _wants_to_post(request, row)
    form = NeedForm(request.POST or None, instance=row, clusters=clusters, draft=not post)
    extra = {"clusters": clusters, "post_address": reverse("exchange:post-need")}
    return _edit(request, acting, row, form, actions.save_need, "need", post, extra)


def _edit_offer(request: HttpRequest, acting: Representative, row: Offer | None) -> HttpResponse:
    post = _wants_to_post(request, row)
    form = OfferForm(request.POST or None, instance=row, draft=not post)
    return _edit(request, acting, row, form, actions.save_offer, "offer", post, {})


def _wants_to_post(request: HttpRequest, row: Need | Offer | None) -> bool:
    """The button says it; what is on the board already is never saved incomplete."""
    return request.method != "POST" or "draft" not in request.POST or (row is not None and row.state != "draft")


def _edit(
    request: HttpRequest, acting: Representative, row: Any, form: ProposalForm, save: Any, noun: str, post: bool,
    extra: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    problem = ""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = save(
                    by=acting, fields=form.fields_to_save, post=post and (row is None or row.state == "draft"),
                    version=form.cleaned_data["version"], key=form.key, **{noun: row},
                )  # fmt: skip
                _say_saved(request, saved)
                return redirect(saved)
            except Stale as stale:
                problem, status, row = "stale", 409, stale.current
            except KeyReused:
                problem, status = "posted", 409
                form.renew_key()
            except NotVouched:
                problem, status = "not-vouched", 409
            except NotDone:
                problem, status = "closed", 409
    context = {"form": form, "row": row, "noun": noun, "problem": problem, "vouched": acting.organisation.is_vouched}
    return render(request, f"exchange/edit_{noun}.html", {"section": "exchange", **context, **extra}, status=status)


def _say_saved(request: HttpRequest, saved: Need | Offer) -> None:
    if saved.state == "draft":
        messages.success(request, _("Saved as a draft. Only your organisation sees it."))
    elif saved.is_held:
        messages.info(request, _("Saved. The coordinator reads it before others see it: it holds a link or number."))
    elif isinstance(saved, Need):
        messages.success(request, _("Posted. Now choose whom to ask, or wait until somebody offers."))
    else:
        messages.success(request, _("Posted. Schools can ask for it from now on."))
