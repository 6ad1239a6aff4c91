"""Steps of the soak test that speak to the database of the product it runs: accept, done, integrity."""

from __future__ import annotations

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "phereclos.settings"
django.setup()

from django.db import connection  # noqa: E402

from phereclos.badges import actions  # noqa: E402
from phereclos.badges.actions.passports import MOST_AT_ONCE, digest  # noqa: E402
from phereclos.badges.models import AwardBatch, Issuer, Passport  # noqa: E402
from phereclos.badges.recipients import ToMailbox, ToPassport  # noqa: E402
from tests.soak import LINES  # noqa: E402

CARDS = 1800  # the rest goes to mailboxes, so that mails are killed too


def accept(number: str) -> str:
    issuer = Issuer.objects.filter(organisation__isnull=False, achievements__isnull=False).first()
    assert issuer is not None
    assert issuer.organisation is not None
    lead = issuer.organisation.representatives.leads().first()
    made = [
        number_on_card
        for part in range(CARDS // MOST_AT_ONCE)
        for number_on_card in actions.create_passports(
            organisation=issuer.organisation, count=MOST_AT_ONCE, by=lead, once=f"soak-{number}-{part}"
        )
    ]
    recipients = [ToPassport(card) for card in Passport.objects.filter(digest__in=map(digest, made))]
    recipients += [ToMailbox(f"soak-{number}-{n}@example.org") for n in range(LINES - CARDS)]
    achievement = issuer.achievements.first()
    batch = actions.accept_batch(
        achievement=achievement, issuer=issuer, recipients=recipients, by=lead, once=f"soak-batch-{number}"
    )
    return str(batch.uid)


def done(batch: str) -> str:
    return "yes" if AwardBatch.objects.get(uid=batch).finished_at else "no"


def integrity() -> str:
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        return str(cursor.execute("PRAGMA integrity_check").fetchone()[0])


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    print({"accept": accept, "done": done, "integrity": integrity}[name](*arguments))
