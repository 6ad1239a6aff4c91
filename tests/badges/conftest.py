"""Issuers and achievements for the cast: the university, led by Dora, gives badges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest

from phereclos.badges import achievements, actions
from phereclos.badges.models import Achievement, Award, Issuer
from phereclos.badges.recipients import ToMailbox, ToPassport
from phereclos.organisations.models import Representative
from tests.cast import Cast

Give = Callable[..., Award]


@dataclass
class Bench:
    """The university as an issuer, what it awards, and a way to award it."""

    issuer: Issuer
    tide: Achievement
    dora: Representative

    def give(self, mailbox: str = "", **more: object) -> Award:
        """To this mailbox, or to one that holds nothing yet: nobody gets the same badge twice."""
        mailbox = mailbox or f"aino{Award.objects.count()}@example.org"
        values = {"recipient": ToMailbox(mailbox), "once": str(uuid4()), "achievement": self.tide} | more
        return actions.award(issuer=self.issuer, by=self.dora, **values)  # type: ignore[arg-type]

    def give_child(self, number: str) -> Award:
        passport = actions.passports.passport_of(number)
        assert passport is not None
        return self.give(recipient=ToPassport(passport))


@pytest.fixture
def bench(cast: Cast) -> Bench:
    achievements.load()
    issuer = actions.become_issuer(organisation=cast.university, by=cast.dora)
    tide = Achievement.objects.get(slug="tide-watcher")
    actions.adopt_achievement(issuer=issuer, achievement=tide, by=cast.dora)
    return Bench(issuer, tide, cast.dora)
