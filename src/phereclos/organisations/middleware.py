"""Acting on behalf: which organisation a signed-in person acts for in this browser, and with which present role."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from phereclos.organisations.models import Representative

SESSION_KEY = "acting_for"


def acting_representative(request: HttpRequest) -> Representative | None:
    """The present role: the one chosen in this browser, else the oldest. Rights follow the row, not the cookie."""
    if not request.user.is_authenticated:
        return None
    roles = list(Representative.objects.of_person(request.user).order_by("since"))
    chosen = request.session.get(SESSION_KEY)
    return next((role for role in roles if role.organisation_id == chosen), roles[0] if roles else None)


class ActingMiddleware:
    """Sets `request.acting`: a Representative, or a false value for signed-out people and people without a role."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = SimpleLazyObject(lambda: acting_representative(request))  # type: ignore[attr-defined]
        return self.get_response(request)
