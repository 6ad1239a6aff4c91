"""What follows from signing in and from a change of one's means to do so."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import email_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from phereclos.accounts.fresh import note_proof


@receiver(user_logged_in)
def signing_in_is_a_proof(request: HttpRequest, **_: Any) -> None:
    note_proof(request)


@receiver(authenticator_added)
def a_new_factor_is_a_proof(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """It was just used, after a fresh proof: the recovery codes that come next open without another one."""
    record_authentication(request, user, "mfa", reauthenticated=True, id=authenticator.pk, type=authenticator.type)


@receiver([email_changed, authenticator_added, authenticator_removed, authenticator_reset])
def new_means_new_cookie(request: HttpRequest | None = None, **_: Any) -> None:
    """An old cookie is dead after each gain or loss of a means to sign in."""
    if request is not None and hasattr(request, "session"):
        request.session.cycle_key()
