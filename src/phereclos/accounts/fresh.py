"""A fresh proof before something grave: a factor where there is one (allauth asks), else a code by e-mail (here).

A sign-in counts as proof for a quarter of an hour. The code is kept as a digest in the session of the browser that
asked for it, so it works nowhere else, and ends with five wrong tries.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.cryptokit import normalize_user_code
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from phereclos.accounts.factors import has_factor
from phereclos.accounts.models import Person

PROVED_AT = "proved_at"
CODE = "fresh_code"
MOST_TRIES = 5
View = Callable[..., HttpResponse]


def note_proof(request: HttpRequest) -> None:
    request.session[PROVED_AT] = time.time()


def is_fresh(request: HttpRequest) -> bool:
    return time.time() - request.session.get(PROVED_AT, 0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def fresh_proof(view: View) -> View:
    """Let only those through who proved lately who they are; whatever they sent is kept and taken up afterwards."""

    @login_required
    @wraps(view)
    def gate(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if isinstance(request.user, Person) and not has_factor(request.user) and not is_fresh(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return gate


def send_code(request: HttpRequest, person: Person) -> None:
    """Mail a new code and forget the one before it."""
    code = get_adapter().generate_login_code()
    request.session[CODE] = {"digest": _digest(code), "until": time.time() + 15 * 60, "tries": 0}
    get_adapter().send_mail("account/email/fresh_code", person.email, {"code": code})


def is_waiting(request: HttpRequest) -> bool:
    pending = request.session.get(CODE)
    return bool(pending) and pending["until"] > time.time()


def try_code(request: HttpRequest, person: Person, code: str) -> bool:
    """Whether this is the code that was mailed. A right one is used up; the fifth wrong one ends it."""
    if not is_waiting(request):
        return False
    pending: dict[str, Any] = request.session.pop(CODE)
    if constant_time_compare(pending["digest"], _digest(code)):
        note_proof(request)
        record_authentication(request, person, method="code", email=person.email, reauthenticated=True)
        return True
    pending["tries"] += 1
    if pending["tries"] < MOST_TRIES:
        request.session[CODE] = pending
    return False


def _digest(code: str) -> str:
    return salted_hmac("phereclos.fresh", normalize_user_code(code)).hexdigest()
