"""How often something may be done, counted where all processes see it. Slows an attacker, not a school."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def allowed(*, what: str, whom: str, most: int, seconds: int) -> bool:
    """Count one more try in the present window; False when there were more than `most`."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY} {whom}".encode()).hexdigest()[:32]  # no address in the cache
    key = f"limit:{what}:{digest}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # the window ended between the two calls
        cache.add(key, 1, seconds)
        return True


def visitor(request: HttpRequest) -> str:
    """The address a request comes from: of the last proxy's account where one stands before us, else of the socket."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.CONFIGURATION.behind_proxy else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
