"""The first start: the operator by a one-time link, then address, mail server and first organisation."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from phereclos.accounts.models import Person
from phereclos.configuration import ConfigurationError
from phereclos.organisations.models import Organisation
from phereclos.setup import actions
from phereclos.setup.forms import OperatorForm, SettingsForm, TestMailForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


def operator_or_404(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person) or not request.user.is_operator:
        raise Http404
    return request.user


@require_http_methods(["GET", "POST"])
def operator(request: HttpRequest, token: str) -> HttpResponse:
    if not actions.link_is_good(token):
        raise Http404
    form = OperatorForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "setup/operator.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        person = actions.make_operator(token=token, **form.cleaned_data)
    except actions.LinkUsed as error:
        raise Http404 from error
    login(request, person, backend=BACKEND)
    messages.success(request, _("You run this installation now. The link is used up."))
    return redirect("setup:steps")


@require_http_methods(["GET", "POST"])
def steps(request: HttpRequest) -> HttpResponse:
    person = operator_or_404(request)
    form = SettingsForm(request.POST or None, initial=_present())
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_settings(operator=person, data_dir=settings.DATA_DIR, values=form.values())
        except ConfigurationError as error:
            form.add_error(None, str(error))
        else:
            done = _("Saved. The site starts again with it in a few seconds; reload this page then.")
            messages.success(request, done)
            return redirect("setup:steps")
    context = {
        "form": form,
        "test_form": TestMailForm(initial={"to": person.email}),
        "organisations": Organisation.objects.vouched().count(),
        "section": "me",
    }
    return render(request, "setup/steps.html", context, status=422 if form.is_bound else 200)


@require_POST
def test_mail(request: HttpRequest) -> HttpResponse:
    operator_or_404(request)
    form = TestMailForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a mailbox, for example you@example.org. Nothing was sent."))
        return redirect("setup:steps")
    try:
        send_mail(
            _("A test mail from Phereclos"),
            _("If you read this, the mail server works. Site: %(url)s") % {"url": settings.PUBLIC_URL},
            None,
            [form.cleaned_data["to"]],
        )
    except Exception as error:  # whatever a foreign mail server answers is shown, not raised
        messages.error(request, _("The mail server refused or did not answer: %(reason)s") % {"reason": error})
    else:
        messages.success(request, _("The mail server took it. Look into the mailbox."))
    return redirect("setup:steps")


def _present() -> dict[str, str]:
    given = settings.CONFIGURATION
    return {"public_url": given.public_url, "email_url": given.email_url, "email_from": given.email_from}
