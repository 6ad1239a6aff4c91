"""How often something may be done, counted where all processes see it. Slows an attacker, not a school.

Counted in rows of our own: the cache prolongs what it counts, may drop it, and two at once may count as one.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from phereclos.ledger.models import Count


@transaction.atomic
def allowed(*, what: str, whom: str, most: int, seconds: int) -> bool:
    """Count one more try in the present window; False when there were more than `most`.

    The window opens with the first try and ends `seconds` later, however many tries follow.
    """
    digest = hashlib.sha256(f"{settings.SECRET_KEY} {whom}".encode()).hexdigest()[:32]  # no address in the rows
    now = timezone.now()
    count, _ = Count.objects.select_for_update(no_key=True).get_or_create(
        key=f"{what}:{digest}", defaults={"until": now}
    )
    if count.until <= now:
        count.number, count.until = 0, now + timedelta(seconds=seconds)
    count.number += 1
    count.save(update_fields=["number", "until"])
    return count.number <= most


def forget_old() -> None:
    """Remove the counts whose window has ended."""
    Count.objects.filter(until__lt=timezone.now()).delete()


def visitor(request: HttpRequest) -> str:
    """The address a request comes from: of the last proxy's account where one stands before us, else of the socket."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.CONFIGURATION.behind_proxy else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
