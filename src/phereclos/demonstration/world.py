"""The demonstration's world: built from the files and one day. The same day gives the same world.

Signatures, keys and addresses are random as everywhere; who did what, when and in which words is not.
"""

from __future__ import annotations

from datetime import date
from random import Random

from django.db import transaction
from django.utils import timezone

from phereclos.demonstration import content, founding, scenes
from phereclos.demonstration.agenda import Agenda
from phereclos.demonstration.awarding import Badges
from phereclos.demonstration.content import Words
from phereclos.demonstration.exchanging import Exchange
from phereclos.demonstration.founding import Town
from phereclos.demonstration.meeting import Meetings
from phereclos.exchange.mails import REQUEST
from phereclos.ledger import once
from phereclos.ledger.models import StagedMail

SEED = "two clusters that are nowhere"


@transaction.atomic
def load(anchor: date | None = None) -> bool:
    """Build the world once, in one transaction; returns False where it stands already. `anchor` is today otherwise."""
    anchor = anchor or timezone.localdate()
    row, new = once.remember(scope="demonstration", key="world", content="")
    if new:
        build(anchor)
        once.settle(row, anchor.isoformat())
    return new


def build(anchor: date) -> None:
    words = content.words()
    agenda = Agenda(anchor, Random(SEED))
    operator = founding.operator(agenda.before(700))
    for file in content.clusters():
        _plan(founding.found(file, agenda, operator), agenda, words)
    agenda.work()
    _nothing_was_sent(agenda)


def _plan(town: Town, agenda: Agenda, words: Words) -> None:
    badges = Badges(town, agenda, words)
    meetings = Meetings(town, agenda, words, badges.after_activity)
    exchange = Exchange(town, agenda, words, meetings.agreed)
    badges.plan()
    if town.file.key == "tarnhaven":
        exchange.plan(kept=scenes.TITLES)
        scenes.Scenes(exchange, meetings, badges, agenda).plan()
    else:
        exchange.plan()


def _nothing_was_sent(agenda: Agenda) -> None:
    """Mails of the invented past stand as sent, so that nobody gets them; the requests of the scenes go out."""
    StagedMail.objects.filter(sent_at=None).exclude(kind=REQUEST).update(sent_at=agenda.now)
