"""Cards for children, made by the school and printed once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from phereclos.badges import access, actions
from phereclos.badges.documents import address
from phereclos.badges.forms import PassportsForm
from phereclos.badges.models import Passport
from phereclos.badges.pages import qr


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passports(request: HttpRequest) -> HttpResponse:
    acting = access.passport_maker_or_404(request)
    form = PassportsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        numbers = actions.create_passports(
            organisation=acting.organisation, count=form.cleaned_data["count"], by=acting,
            once=f"{acting.pk} {form.cleaned_data['once']}",
        )  # fmt: skip
        # The code leads to the page where the number is typed; a number in an address would stay in histories and logs.
        where = address(reverse("badges:passport"))
        context = {"numbers": numbers, "organisation": acting.organisation, "address": where, "qr": qr(where)}
        return render(request, "badges/cards.html", context)
    made = Passport.objects.filter(organisation=acting.organisation)
    context = {"section": "me", "form": form, "made": made.count(), "last": made.last()}
    return render(request, "badges/passports.html", context, status=422 if form.is_bound else 200)
