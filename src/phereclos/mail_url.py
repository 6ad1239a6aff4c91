"""An EMAIL_URL in Django's terms.

Without one, mails wait in the ledger until a mail server is named. Only what nobody stages, the codes for signing in,
is printed where the server runs, so that a first setup on one's own machine works.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from phereclos.configuration import ConfigurationError

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def settings_from_url(url: str) -> dict[str, Any]:
    """`smtp://user:password@host:25`, `smtp+tls://…:587` or `smtps://…:465`; empty: codes go to the console."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    wrong = ConfigurationError("EMAIL_URL must look like smtp+tls://user:password@mail.example.org:587.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise wrong from error
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise wrong
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
