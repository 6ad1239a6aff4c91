"""How sign-in behaves here: names of this site from PUBLIC_URL only, one answer for known and unknown mailboxes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
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
        if commit:
            user.save()
        return user
