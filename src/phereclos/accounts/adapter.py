"""How sign-in behaves here: names of this site from PUBLIC_URL only, one answer for known and unknown mailboxes."""

from __future__ import annotations

import base64
import hashlib
import logging
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from phereclos.ui.views import unavailable

logger = logging.getLogger(__name__)
WRONG_CODE = _(
    "That is not the code. Look at the newest mail and write its letters; dashes and capitals do not matter."
)
TOO_OFTEN = _("That was often. Nothing is lost: wait a few minutes, then ask for a code again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "rate_limited": TOO_OFTEN,
        "too_many_login_attempts": TOO_OFTEN,
        "email_taken": _("This mailbox belongs to another account here. Write another one, or sign in with it."),
        "same_as_current": _("This is your mailbox already. Write the new one."),
    }

    def is_safe_url(self, url: str | None) -> bool:
        """Only paths of this site: never another host, whatever the request's Host header says."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={urlsplit(settings.PUBLIC_URL).netloc})

    def get_from_email(self) -> str:
        return str(settings.DEFAULT_FROM_EMAIL)

    def format_email_subject(self, subject: str) -> str:
        return " ".join(subject.split())

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user = super().save_user(request, user, form, commit=False)
        user.email = user.email.lower()
        user.name = " ".join(form.cleaned_data.get("name", "").split())
        if commit:
            user.save()
        return user

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The factors there are, a passkey before typing codes; without any factor, a code by e-mail."""
        methods = sorted(super().get_reauthentication_methods(user), key=lambda way: "webauthn" not in way["id"])
        by_mail = {
            "id": "code",
            "description": _("Use a code sent by e-mail"),
            "url": reverse("account_reauthenticate"),
        }
        return methods or ([by_mail] if user.is_authenticated else [])

    def send_account_already_exists_mail(self, email: str) -> None:
        self.send_mail("account/email/account_already_exists", email, {})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sign-in mails go out at once and are kept nowhere, for they hold codes.

        When the mail server does not take one, the page says so with 503, for known and unknown mailboxes alike.
        """
        message = self.render_mail(
            template_prefix, email, {"public_url": settings.PUBLIC_URL, "email": email} | context
        )
        try:
            message.send()
        except Exception as error:  # whatever a foreign mail server answers
            logger.error("a sign-in mail (%s) did not go out: %s", template_prefix, type(error).__name__)
            raise ImmediateHttpResponse(unavailable(allauth_context.request)) from error

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """It tells of a change that has happened: the change stands when the mail does not go out."""
        with suppress(ImmediateHttpResponse):
            super().send_notification_mail(*args, **kwargs)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That is not the code of this moment. Wait for the next one in your app and write it."),
    }

    def get_totp_issuer(self) -> str:
        return f"Phereclos {urlsplit(settings.PUBLIC_URL).hostname}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Phereclos"}

    def encrypt(self, text: str) -> str:
        """Secrets of authenticator apps and recovery codes are not readable in the database or a backup."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()


def _vault() -> Fernet:
    digest = hashlib.sha256(f"phereclos.factors:{settings.KEY_SECRET}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
