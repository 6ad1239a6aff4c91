"""An accepted request becomes an activity, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from phereclos.activities import actions
from phereclos.exchange.models import Request
from phereclos.exchange.signals import request_accepted
from phereclos.organisations.models import Representative


@receiver(request_accepted, dispatch_uid="activities.plan")
def plan(request: Request, representative: Representative | None, **_more: Any) -> None:
    actions.plan_activity(request=request, by=representative)
