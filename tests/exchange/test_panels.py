"""The figure a cluster is judged by counts what was due, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from phereclos.exchange import actions
from phereclos.exchange.models import Answer
from phereclos.exchange.panels import answered_in_time
from tests.cast import Cast
from tests.exchange import making


def test_only_requests_whose_day_has_passed_are_counted(cast: Cast) -> None:
    now = timezone.now()
    quick = making.request(cast, at=now - timedelta(days=30))
    actions.answer_request(request=quick, by=cast.charlie, kind=Answer.Kind.DECLINE, at=now - timedelta(days=29))
    early = making.request(cast, need=making.need(cast, title="Not due"))
    actions.answer_request(request=early, by=cast.charlie, kind=Answer.Kind.DECLINE)
    panel = answered_in_time(cast.cluster)
    assert panel is not None
    assert panel.figures[0].number == "1 of 1"


def test_nothing_due_is_no_figure(cast: Cast) -> None:
    request = making.request(cast)
    actions.answer_request(request=request, by=cast.charlie, kind=Answer.Kind.DECLINE)
    assert answered_in_time(cast.cluster) is None
