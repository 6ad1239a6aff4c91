"""Signing in with a passkey alone leads on to where the person wanted to go; allauth's own view forgets it."""

from __future__ import annotations

from typing import Any

from allauth.account.mixins import NextRedirectMixin
from allauth.account.models import Login
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.http import HttpResponse


class PasskeyLogin(NextRedirectMixin, LoginWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=self.get_next_url())
        response: HttpResponse = perform_passwordless_login(self.request, authenticator, login)
        return response
