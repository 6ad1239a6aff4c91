"""Pages of organisations: directory, page, founding, people, invitations, vouching."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phereclos.accounts.models import Person
from phereclos.accounts.views import person_of
from phereclos.ledger import links
from phereclos.ledger.once import KeyReused
from phereclos.organisations import access, actions, panels
from phereclos.organisations.forms import (
    DecideForm,
    FindForm,
    HandOverForm,
    InviteForm,
    JoinForm,
    OrganisationForm,
    RoleForm,
)
from phereclos.organisations.mails import INVITATION
from phereclos.organisations.middleware import SESSION_KEY
from phereclos.organisations.models import Invitation, JoinRequest, Organisation, Representative, Role
from phereclos.organisations.names import name_key

ON_A_PAGE = 25
ME = "me"


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """All vouched organisations, found by name, place and kind."""
    form = FindForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Organisation.objects.vouched()
    if words := wanted.get("q"):
        found = found.filter(Q(name_key__contains=name_key(words)) | Q(place__icontains=words))
    if kind := wanted.get("kind"):
        found = found.filter(kind=kind)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "searched": bool(wanted.get("q") or wanted.get("kind")),
        "section": "clusters",
    }
    return render(request, "organisations/directory.html", context)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = access.public_organisation_or_404(request, slug)
    found = Organisation.objects.select_related("vouched_by").get(pk=found.pk)
    acting = access.role_of(request)
    own = bool(acting and acting.organisation_id == found.pk)
    made = [
        render_to_string(panel.template, {**panel.context, "organisation": found}, request)
        for panel in panels.of_organisation(found)
    ]
    context = {
        "organisation": found,
        "panels": made,
        "own": own,
        "lead": bool(own and acting and acting.role == Role.LEAD),
        "may_vouch": not found.is_vouched and request.user.is_authenticated and request.user.is_superuser,
        "section": "clusters",
    }
    return render(request, "organisations/organisation.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register an organisation, and go on where that was asked for."""
    person, after = person_of(request), _local(request, request.GET.get("next", ""))
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            lead = actions.create_organisation(person=person, once_key=form.once_key, **form.facts)
        except actions.NameTaken:
            form.say_taken(form.cleaned_data["name"])
        except KeyReused:
            _renew(form, _("This form was sent before, with another name. Look through it and send it again."))
        else:
            request.session[SESSION_KEY] = lead.organisation_id
            messages.success(request, _("%(name)s is registered, and you lead it.") % {"name": lead.organisation})
            return redirect(after or lead.organisation)
    context = {"form": form, "after": after, "section": ME}
    return render(request, "organisations/new.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    lead = access.lead_of_or_404(request, slug)
    newest = None
    form = OrganisationForm(
        request.POST if request.method == "POST" else None, instance=Organisation.objects.get(pk=lead.organisation_id)
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.edit_organisation(by=lead, based_on=form.cleaned_data["based_on"], **form.facts)
        except actions.NameTaken:
            form.say_taken(form.cleaned_data["name"])
        except actions.ChangedMeanwhile as changed:
            newest = changed.newest
            form.rebase(newest)
        else:
            messages.success(request, _("Saved. This is what people read about you now."))
            return redirect(saved)
    context = {"form": form, "organisation": lead.organisation, "newest": newest, "section": ME}
    return render(request, "organisations/edit.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def vouch(request: HttpRequest, slug: str) -> HttpResponse:
    """The page where somebody answers for an organisation that is not public yet."""
    found, by = access.unvouched_or_404(request, slug)
    if by and by.organisation_id == found.pk:
        raise Http404
    if request.method == "POST":
        actions.vouch(organisation=found, by=by, operator=None if by else person_of(request))
        messages.success(request, _("You answer for %(name)s. Its page is public from now on.") % {"name": found})
        return redirect("organisations:organisation", slug=slug)
    leads = Representative.objects.leads().filter(organisation=found).select_related("person")
    context = {"organisation": found, "leads": leads, "by": by, "section": ME}
    return render(request, "organisations/vouch.html", context)


# Joining


@login_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(Organisation.objects.vouched(), slug=slug)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_join(person=person, organisation=found, message=form.cleaned_data["message"])
        except actions.NotNow:
            messages.info(request, _("You act for %(name)s already.") % {"name": found})
            return redirect(found)
        messages.success(request, _("Asked. The leads of %(name)s decide; you get a mail.") % {"name": found})
        return redirect("desk:desk")
    waiting = JoinRequest.objects.filter(person=person, organisation=found, state=JoinRequest.State.OPEN).first()
    context = {"form": form, "organisation": found, "waiting": waiting, "section": ME}
    return render(request, "organisations/join.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def join_request(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    lead = access.lead_of_or_404(request, slug)
    asked = get_object_or_404(JoinRequest.objects.select_related("person"), pk=pk, organisation=lead.organisation)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        approve = form.cleaned_data["decision"] == "approve"
        try:
            actions.decide_join_request(
                request=asked, by=lead, approve=approve, role=form.cleaned_data["role"] or Role.MEMBER
            )
        except actions.NotNow:
            messages.info(request, _("This was decided already. Nothing changed."))
        else:
            said = _("%(person)s acts for you now.") if approve else _("Declined. %(person)s gets a mail.")
            messages.success(request, said % {"person": asked.person})
        return redirect("organisations:people", slug=slug)
    context = {"asked": asked, "organisation": lead.organisation, "form": form, "section": ME}
    return render(request, "organisations/join_request.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in an invitation. Opening it shows; only the button accepts."""
    try:
        key = links.read(purpose=INVITATION, token=token)
    except links.LinkExpired:
        return render(request, "organisations/invitation_over.html", {"reason": "expired"}, status=410)
    except links.LinkRefused:
        raise Http404 from None
    chosen = Invitation.objects.select_related("organisation", "invited_by__person", "accepted_by__person")
    found = get_object_or_404(chosen, uid=uuid.UUID(key))
    mine = bool(found.accepted_by and request.user == found.accepted_by.person)
    if found.withdrawn_at or (found.accepted_at and not mine):
        reason = "withdrawn" if found.withdrawn_at else "used"
        return render(request, "organisations/invitation_over.html", {"reason": reason}, status=410)
    if request.method == "POST" and isinstance(request.user, Person):
        return _accept(request, found, request.user)
    context = {
        "invitation": found,
        "other_mailbox": isinstance(request.user, Person) and not request.user.owns_mailbox(found.email),
        "mine": mine,
        "section": ME,
    }
    return render(request, "organisations/invitation.html", context)


def _accept(request: HttpRequest, found: Invitation, person: Person) -> HttpResponse:
    try:
        outcome = actions.accept_invitation(invitation=found, person=person)
    except actions.NotNow:
        return render(request, "organisations/invitation_over.html", {"reason": "used"}, status=410)
    names = {"name": found.organisation}
    if isinstance(outcome, Representative):
        request.session[SESSION_KEY] = outcome.organisation_id
        messages.success(request, _("You act for %(name)s now.") % names)
    else:
        messages.info(request, _("The invitation went to another mailbox, so the leads of %(name)s decide.") % names)
    return redirect("desk:desk")


# People of an organisation


@login_required
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who acts for the organisation, for its own people; leads also invite here."""
    own = access.own_organisation_or_404(request, slug)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        lead = access.lead_of_or_404(request, slug)
        if form.is_valid() and _invite(request, lead, form):
            return redirect("organisations:people", slug=slug)
    roles = Representative.objects.filter(organisation=own.organisation).select_related("person", "organisation")
    waiting = Invitation.objects.filter(
        organisation=own.organisation, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    context = {
        "own": own,
        "organisation": own.organisation,
        "lead": own.role == Role.LEAD,
        "present": [role for role in roles if role.until is None],
        "former": [role for role in roles if role.until],
        "waiting": waiting.order_by("invited_at"),
        "asked": JoinRequest.objects.filter(organisation=own.organisation, state=JoinRequest.State.OPEN).select_related(
            "person"
        ),
        "form": form,
        "section": ME,
    }
    return render(request, "organisations/people.html", context, status=422 if form.is_bound else 200)


def _invite(request: HttpRequest, lead: Representative, form: InviteForm) -> bool:
    try:
        sent = actions.invite(by=lead, email=form.cleaned_data["email"], role=form.cleaned_data["role"])
    except actions.NotNow:
        form.add_error(None, _("Invitations go out once somebody has vouched for your organisation."))
    except actions.ActsAlready:
        form.add_error("email", _("This person acts for your organisation already. Nothing was sent."))
    except actions.TooMany:
        form.add_error(None, _("That were sixty invitations today. Send the next ones tomorrow."))
    else:
        messages.success(request, _("The invitation to %(mailbox)s is on its way.") % {"mailbox": sent.email})
        return True
    return False


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    lead = access.lead_of_or_404(request, slug)
    found = get_object_or_404(Invitation, uid=uid, organisation=lead.organisation)
    try:
        actions.withdraw_invitation(invitation=found, by=lead)
    except actions.NotNow:
        messages.info(request, _("This invitation was used or withdrawn before. Nothing changed."))
    else:
        messages.success(request, _("Withdrawn. The link in the mail does nothing any more."))
    return redirect("organisations:people", slug=slug)


@login_required
@require_http_methods(["GET", "POST"])
def role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A colleague's role, for leads: change it, make a deputy, or end it."""
    lead = access.lead_of_or_404(request, slug)
    colleague = _colleague_or_404(lead, pk)
    form = RoleForm(request.POST if request.method == "POST" else None, instance=_colleague_or_404(lead, pk))
    if request.method == "POST" and form.is_valid():
        try:
            if "end" in request.POST:
                actions.end_representation(representative=colleague, by=lead)
            else:
                actions.change_role(representative=colleague, by=lead, **form.cleaned_data)
        except actions.LastLead:
            form.add_error(None, _("Somebody must lead the organisation. Make a colleague lead first."))
        except actions.NotNow:
            return _changed_meanwhile(request)
        else:
            messages.success(request, _("Saved. It counts from now on."))
            if colleague.pk == lead.pk:
                return redirect("desk:desk")
            return redirect("organisations:people", slug=slug)
    context = {"form": form, "colleague": colleague, "organisation": lead.organisation, "section": ME}
    return render(request, "organisations/role.html", context, status=422 if form.is_bound else 200)


def _changed_meanwhile(request: HttpRequest) -> HttpResponse:
    """One of the two stopped acting for the organisation while the form was open."""
    messages.info(request, _("Somebody's role ended meanwhile. Nothing was changed."))
    return redirect("desk:desk")


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own way out: end the role, or as last lead hand over first."""
    own = access.own_organisation_or_404(request, slug)
    others = Representative.objects.leads().filter(organisation=own.organisation).exclude(pk=own.pk)
    must_hand_over = own.role == Role.LEAD and not others.exists()
    form = HandOverForm(request.POST if request.method == "POST" else None, by=own) if own.role == Role.LEAD else None
    if request.method == "POST":
        try:
            if "end" in request.POST:
                actions.end_representation(representative=own, by=own)
                messages.success(request, _("You do not act for %(name)s any more.") % {"name": own.organisation})
                return redirect("desk:desk")
            if form and form.is_valid():
                actions.hand_over(by=own, to=form.cleaned_data["to"], leave=form.cleaned_data["leave"])
                messages.success(request, _("%(person)s leads now.") % {"person": form.cleaned_data["to"].person})
                return redirect("desk:desk")
        except actions.LastLead:
            messages.error(request, _("You are the last lead. Hand over to a colleague first. Nothing has changed."))
            return redirect("organisations:leave", slug=slug)
        except actions.NotNow:
            return _changed_meanwhile(request)
    context = {
        "own": own,
        "organisation": own.organisation,
        "form": form,
        "must_hand_over": must_hand_over,
        "alone": not Representative.objects.present().filter(organisation=own.organisation).exclude(pk=own.pk).exists(),
        "section": ME,
    }
    return render(request, "organisations/leave.html", context, status=422 if form and form.is_bound else 200)


def _colleague_or_404(lead: Representative, pk: int) -> Representative:
    present = Representative.objects.present().select_related("person", "organisation")
    return get_object_or_404(present, pk=pk, organisation=lead.organisation)


def _local(request: HttpRequest, address: str) -> str:
    """The address if it is one of ours, else nothing."""
    ours = {request.get_host()}
    return address if url_has_allowed_host_and_scheme(address, ours, require_https=request.is_secure()) else ""


def _renew(form: OrganisationForm, sentence: str) -> None:
    """Give a form that cannot be sent again under its key a new one."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["once"] = str(uuid.uuid4())
    form.data = data
    form.add_error(None, sentence)
