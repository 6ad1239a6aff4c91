"""What every answer carries: a number to quote, a strict content security policy, no caching of private pages."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from phereclos.ui.views import server_error as mistake

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Wagtail's back office writes inline styles and scripts; it is for signed-in editors only and framed by itself.
BACK_OFFICE = "/back-office/"
BACK_OFFICE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'; "
    "frame-ancestors 'self'"
)


class RequestIdMiddleware:
    """Gives each request a short number that error pages show and log lines carry."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = secrets.token_hex(4)  # type: ignore[attr-defined]
        return self.get_response(request)


class RouteInsteadOfAddress(logging.Filter):
    """Log lines name the route, not the address asked for: an address may hold the token of a link."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        if match and isinstance(record.args, tuple):
            record.args = tuple(f"/{match.route}" if arg == request.path else arg for arg in record.args)  # type: ignore[union-attr]
        return True


class SecurityHeadersMiddleware:
    """Sets the policy, and keeps pages of signed-in people out of every cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        in_back_office = request.path.startswith(BACK_OFFICE)
        response.setdefault("Content-Security-Policy", BACK_OFFICE_POLICY if in_back_office else POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: whether this is a demonstration, the public address, where the code lies."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "public_url": settings.PUBLIC_URL,
        "source_code_url": settings.SOURCE_CODE_URL,
    }


class BusyMiddleware:
    """A database that is busy or gone answers 503 and says when to come again; what was sent is not half saved."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError):
            return None
        logger.error("database unavailable for request %s: %s", getattr(request, "id", ""), exception)
        return busy(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """What no view and no middleware caught. Sessions and second factors ask the database outside of any view."""
    return busy(request) if isinstance(sys.exception(), OperationalError) else mistake(request)


def busy(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: who is signed in is a question to the database."""
    response = HttpResponse(render_to_string("503.html", {"number": getattr(request, "id", "")}), status=503)
    response["Retry-After"] = "5"
    return response
