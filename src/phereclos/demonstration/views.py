"""Two pages for trying things out: sign in as an invented person, and read the mails that would have been sent.

The addresses exist in demonstration mode only (phereclos/urls.py), and that mode refuses a public host name.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from phereclos.accounts.models import Person
from phereclos.demonstration.people import everybody, shown_people
from phereclos.ledger.models import DemonstrationMail
from phereclos.ui.words import clean_words

BACKEND = "django.contrib.auth.backends.ModelBackend"
PER_PAGE = 25


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    page = Paginator(everybody(), PER_PAGE).get_page(request.GET.get("page"))
    telling = shown_people() if page.number == 1 else []
    return render(request, "demonstration/people.html", {"page": page, "telling": telling, "section": "sign-in"})


@require_POST
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Only invented people: whoever made an account of their own signs in with their code here too."""
    person = get_object_or_404(Person, pk=pk, is_demonstration=True, is_active=True)
    login(request, person, backend=BACKEND)
    messages.success(request, _("You are signed in as %(name)s.") % {"name": person})
    return redirect("/me/")


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Newest first; `to` narrows to one mailbox."""
    to = clean_words(request.GET.get("to", ""))
    mails = DemonstrationMail.objects.order_by("-at", "-pk")
    if to:
        mails = mails.filter(to__icontains=to)
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "demonstration/outbox.html", {"page": page, "to": to})
