"""Many at once: nobody waits for each other in a circle, and what is asked once is one."""

from __future__ import annotations

import pytest

from phereclos.clusters import actions as clusters
from phereclos.clusters.models import ClusterInvitation
from phereclos.exchange import actions
from phereclos.exchange.models import Answer, Request
from phereclos.ledger.invariants import broken
from phereclos.organisations import actions as organisations
from phereclos.organisations.models import Invitation
from tests.badges.test_at_once import together
from tests.cast import Cast
from tests.exchange import making

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def test_asking_answering_and_renaming_at_once_never_wait_in_a_circle(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phereclos.exchange.limits.check", lambda **_: None)
    making.old(cast.school)
    waiting = [making.request(cast, need=making.need(cast, title=f"Bridge {n}")) for n in range(20)]
    needs = [making.need(cast, title=f"Tide {n}") for n in range(20)]

    def act(place: int) -> object:
        number, kind = divmod(place, 3)
        if kind == 0:
            return actions.answer_request(request=waiting[number], by=cast.charlie, kind=Answer.Kind.ACCEPT)
        if kind == 1:
            return making.request(cast, need=needs[number])
        return organisations.edit_organisation(by=cast.alice, name=f"School {number}")

    results = together(60, act)

    assert not [result for result in results if isinstance(result, Exception)]
    assert Request.objects.filter(state="accepted").count() == 20
    assert list(broken()) == []


def test_what_colleagues_ask_for_at_once_is_one(cast: Cast) -> None:
    def act(place: int) -> object:
        if place % 3 == 0:
            return clusters.ask_to_join(cluster=cast.cluster, by=cast.erin).pk
        if place % 3 == 1:
            return clusters.invite(cluster=cast.cluster, email="a@example.org", organisation_name="", by=cast.dora).pk
        return organisations.invite(by=cast.charlie, email="a@example.org").pk

    results = together(12, act)

    assert not [result for result in results if isinstance(result, Exception)]
    assert cast.cluster.memberships.filter(organisation=cast.outsider).count() == 1
    assert (ClusterInvitation.objects.count(), Invitation.objects.count()) == (1, 1)
