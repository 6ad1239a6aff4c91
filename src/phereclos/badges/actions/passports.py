"""Cards for children."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from phereclos.badges import numbers, sealing
from phereclos.badges.models import Passport
from phereclos.ledger import audit
from phereclos.ledger import once as keys
from phereclos.organisations.models import Organisation, Representative

PURPOSE = "passport"
MOST_AT_ONCE = 200


@transaction.atomic
def create_passports(
    *, organisation: Organisation, count: int, by: Representative, once: str, at: datetime | None = None
) -> list[str]:
    """Make cards and return their numbers, which are kept nowhere: print them now.

    The numbers grow from `once` and KEY_SECRET, and the database keeps of `once` a digest only. So a form sent twice
    makes one set of cards and shows it twice, and nobody who reads the database can show it again.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise ValueError(f"between 1 and {MOST_AT_ONCE} cards are made at once")
    made = [_number(once, place) for place in range(count)]
    key = hashlib.sha256(once.encode()).hexdigest()
    row, new = keys.remember(scope="badges.create_passports", key=key, content=[organisation.pk, count, by.pk])
    if new:
        at = at or timezone.now()
        Passport.objects.bulk_create(
            Passport(
                organisation=organisation, digest=digest(number), last_group=numbers.last_group(number),
                created_by=by, created_at=at,
            )
            for number in made
        )  # fmt: skip
        audit.record(
            who=by, for_whom=organisation, verb="badges.create_passports", what=organisation,
            details={"count": count}, at=at,
        )  # fmt: skip
        keys.settle(row, str(count))
    return made


def digest(number: str) -> str:
    return sealing.digest(number, secret=settings.KEY_SECRET, purpose=PURPOSE)


def passport_of(typed: str) -> Passport | None:
    """The card with this number; None for mistyped, unknown and foreign ones alike."""
    try:
        return Passport.objects.filter(digest=digest(numbers.read(typed))).first()
    except numbers.NotANumber:
        return None


def passports_of(typed: Iterable[str]) -> dict[str, Passport]:
    """The cards of many numbers, by what was typed, asked for together."""
    digests: dict[str, str] = {}
    for text in typed:
        with suppress(numbers.NotANumber):
            digests[text] = digest(numbers.read(text))
    found = Passport.objects.in_bulk(set(digests.values()), field_name="digest")
    return {text: found[one] for text, one in digests.items() if one in found}


def _number(once: str, place: int) -> str:
    seed = sealing.digest(f"{once} {place}", secret=settings.KEY_SECRET, purpose="passport numbers")
    return numbers.from_seed(hmac.digest(seed.encode(), b"number", "sha256"))
