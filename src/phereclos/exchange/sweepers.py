"""What the worker looks after without being asked: requests whose time has passed."""

from __future__ import annotations

from django.utils import timezone

from phereclos.exchange import actions
from phereclos.exchange.models import Request
from phereclos.ledger import sweep


@sweep.register
def requests_past_their_time() -> None:
    sweep.each(Request.objects.open().filter(expires_at__lt=timezone.now()), _expire)


def _expire(request: Request) -> None:
    actions.expire_request(request=request)
