"""A person's own pages: account, safety of the sign-in, data, farewell."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phereclos.accounts import actions, factors, fresh, held
from phereclos.accounts.forms import CodeForm, DeleteForm, NameForm
from phereclos.accounts.fresh import fresh_proof
from phereclos.accounts.models import Person


def person_of(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = NameForm(request.POST if request.method == "POST" else None, instance=Person.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        actions.rename(person=person, name=form.cleaned_data["name"])
        messages.success(request, _("Saved. This is how colleagues see your name now."))
        return redirect("accounts:account")
    context = {"form": form, "section": "me"}
    return render(request, "accounts/account.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Means to sign in, and why a passkey or second factor is needed where it is."""
    person = person_of(request)
    means = list(Authenticator.objects.filter(user=person).order_by("pk"))
    goal = request.GET.get("next", "")
    context = {
        "passkeys": [one.wrap() for one in means if one.type == Authenticator.Type.WEBAUTHN],
        "app": next((one for one in means if one.type == Authenticator.Type.TOTP), None),
        "codes": next((one.wrap() for one in means if one.type == Authenticator.Type.RECOVERY_CODES), None),
        "asked": factors.asked_of(person),
        "missing": factors.needs_factor(request),
        "goal": goal if url_has_allowed_host_and_scheme(goal, allowed_hosts=None) else "",
        "section": "me",
    }
    return render(request, "accounts/security.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def prove_again(request: HttpRequest) -> HttpResponse:
    """A code by e-mail for people without a factor, before something grave. Opening the page sends nothing."""
    person = person_of(request)
    if factors.has_factor(person):
        raise Http404
    if blocked := ratelimit.consume_or_429(request, action="reauthenticate", user=person):
        return blocked
    if "send" in request.POST:
        fresh.send_code(request, person)
        return redirect(request.get_full_path())
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if fresh.try_code(request, person, form.cleaned_data["code"]):
            return resume_request(request) or redirect("accounts:security")
        form.add_error(
            "code", _("That is not the code of the newest mail. After five wrong ones a new mail is needed.")
        )
    context = {"form": form, "waiting": fresh.is_waiting(request), "section": "me"}
    return render(request, "accounts/again.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    person = actions.sign_out_everywhere(person=person_of(request))
    update_session_auth_hash(request, person)
    messages.success(request, _("Every other browser is signed out now. You are still signed in here."))
    return redirect("accounts:security")


@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Everything held about the person who asks, as one JSON file."""
    told = held.everything(person_of(request))
    response = JsonResponse(told, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_http_methods(["GET", "POST"])
@fresh_proof
def delete(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.delete_account(person=person)
        except actions.StillNeeded as needed:
            for reason in needed.reasons:
                form.add_error(None, reason)
        else:
            logout(request)
            messages.success(request, _("Your name and mailbox are gone from here. Farewell, and thank you."))
            return redirect("home")
    context = {"form": form, "objections": held.objections(person), "section": "me"}
    return render(request, "accounts/delete.html", context, status=422 if form.is_bound else 200)
