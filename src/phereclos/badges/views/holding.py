"""What holders do: look at a badge that came by mail, take or refuse it, open and close its page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phereclos.accounts.models import Person
from phereclos.badges import access, actions
from phereclos.badges.actions.passports import passport_of
from phereclos.badges.forms import PassportForm
from phereclos.badges.mails import CLAIM
from phereclos.badges.models import Award
from phereclos.ledger import limits, links
from phereclos.ui.views import too_many

PAGE = 25
CARD = "passport_card"  # in the session: the key of the card whose number was typed, never the number
WRONG_PER_HOUR = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. Opening it changes nothing; a person's own choice does."""
    try:
        uid = links.read(purpose=CLAIM, token=token)
    except links.LinkExpired:
        return render(request, "badges/claim_gone.html", {"expired": True, "section": "badges"}, status=410)
    except links.LinkRefused:
        raise Http404 from None
    award = Award.objects.with_names().filter(uid=uid).first()
    if award is None or award.paused_at or award.revoked_at:
        return render(request, "badges/claim_gone.html", {"expired": False, "section": "badges"}, status=410)
    if request.method == "POST":
        return _answered(request, award, token)
    fits = isinstance(request.user, Person) and request.user.email.lower() == award.mailbox.lower()
    context = {"award": award, "token": token, "fits": fits, "section": "badges"}
    return render(request, "badges/claim.html", context)


def _answered(request: HttpRequest, award: Award, token: str) -> HttpResponse:
    if request.POST.get("answer") == "not_me":
        actions.refuse_award(award=award, via=f"link:award:{award.pk}")
        return render(request, "badges/claim_refused.html", {"section": "badges"})
    if not isinstance(request.user, Person):
        return redirect("badges:claim", token)
    try:
        actions.claim_award(award=award, person=request.user)
    except actions.NotYours:
        messages.error(request, _("This badge was sent to another mailbox than the one you are signed in with."))
        return redirect("badges:claim", token)
    messages.success(request, _("The badge is yours."))
    return redirect(award)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    held = Award.objects.held_by(request.user).with_names()
    context = {
        "section": "me",
        "waiting": Award.objects.waiting_for(request.user.email).with_names(),
        "awards": Paginator(held, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "badges/mine.html", context)


@login_required
@require_POST
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take or refuse a waiting badge; open or close a page; show or hide a name."""
    assert isinstance(request.user, Person)
    verb = request.POST.get("verb", "")
    if verb in {"claim", "refuse"}:
        return _take_or_refuse(request, request.user, uid, verb)
    person, award = access.award_of_person_or_404(request, uid)
    match verb:
        case "open":
            actions.open_award(award=award, by=person)
        case "close":
            actions.close_award(award=award, by=person)
        case "show_name":
            actions.show_name(award=award, person=person)
        case "hide_name":
            actions.hide_name(award=award, person=person)
        case _:
            raise Http404
    return redirect("badges:mine")


def _take_or_refuse(request: HttpRequest, person: Person, uid: UUID, verb: str) -> HttpResponse:
    award = Award.objects.waiting_for(person.email).filter(uid=uid).first()
    if award is None:
        # Sent twice, or never ours: the first already did it, or there is nothing to do.
        access.award_of_person_or_404(request, uid)
        return redirect("badges:mine")
    if verb == "claim":
        actions.claim_award(award=award, person=person)
        messages.success(request, _("The badge is yours."))
    else:
        actions.refuse_award(award=award, via=f"person:{person.pk}")
        messages.success(request, _("Thank you. The badge is paused, and its issuer sees that it was not for you."))
    return redirect("badges:mine")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passport(request: HttpRequest) -> HttpResponse:
    """A child's badges, for whoever holds the card. The number is sent, never part of an address."""
    if request.method == "POST" and request.POST.get("verb") == "leave":
        request.session.pop(CARD, None)
        return redirect("badges:passport")
    form = PassportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        card = passport_of(form.cleaned_data["number"]) if form.is_valid() else None
        if card is not None:
            request.session[CARD] = card.pk
            return redirect("badges:passport")
        # Only wrong numbers count: a class behind one address opens its cards, and nobody finds one by trying
        # (numbers.py).
        if not limits.allowed(what="passport", whom=limits.visitor(request), most=WRONG_PER_HOUR, seconds=3600):
            return too_many(request)
        if form.is_valid():
            form.add_error("number", _("There is no card with this number. Compare it with the card, sign by sign."))
    awards = _of_card(request)
    context = {"section": "badges", "form": form, "awards": awards, "has_card": CARD in request.session}
    return render(request, "badges/passport.html", context, status=422 if form.is_bound else 200)


@require_POST
def passport_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    award = _of_card(request).filter(uid=uid).first()
    if award is None:
        raise Http404
    by = f"passport:{award.passport_id}"
    match request.POST.get("verb"):
        case "open" if request.POST.get("sure") != "yes":
            return render(request, "badges/passport_open_sure.html", {"section": "badges", "award": award})
        case "open":
            actions.open_award(award=award, by=by)
        case "close":
            actions.close_award(award=award, by=by)
        case _:
            raise Http404
    return redirect("badges:passport")


def _of_card(request: HttpRequest):  # type: ignore[no-untyped-def]  # an AwardQuerySet
    return Award.objects.with_names().filter(passport_id=request.session.get(CARD), recipient="passport")
