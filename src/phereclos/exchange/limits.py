"""How many requests a day one organisation gets, and one sends. They slow a flood, not a school."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from phereclos.exchange.models import Request
from phereclos.organisations.models import Organisation

PER_ADDRESSEE = 6
PER_SENDER = 20


class LimitReached(Exception):
    """Nothing was sent; `whose` says which limit it was: "addressee" or "sender"."""

    def __init__(self, whose: str) -> None:
        super().__init__(whose)
        self.whose = whose


def check(*, sender: Organisation, to: Organisation, at: datetime) -> None:
    """Raises LimitReached when one more request today would be too many. Call with the addressee's row locked."""
    day = timezone.localtime(at).date()
    start = timezone.make_aware(datetime.combine(day, time.min))
    today = Request.objects.filter(sent_at__gte=start, sent_at__lt=start + timedelta(days=1))
    if today.filter(to=to).count() >= PER_ADDRESSEE:
        raise LimitReached("addressee")
    if today.filter(need__organisation=sender).count() >= PER_SENDER:
        raise LimitReached("sender")
