"""A passkey or second factor before rights that need one (docs/decisions/0004-second-factor.md)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from phereclos.accounts.factors import needs_factor

FREE_PREFIXES = ("/accounts/", "/static/", "/healthz", "/readyz", "/me/security/", "/demonstration/")


class SecondFactorMiddleware:
    """Sends people whose rights need a second factor to the page that sets one up, before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(FREE_PREFIXES) and needs_factor(request):
            return redirect(f"{reverse('accounts:security')}?{urlencode({'next': request.path})}")
        return self.get_response(request)
