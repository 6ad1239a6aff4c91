"""The same badge twice: what an issuer has given in this version, and not withdrawn, it does not give again.

Organisations are left out: they may well be thanked each year, and in public.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce, Lower

from phereclos.badges.models import Achievement, Award, AwardBatchItem, Issuer
from phereclos.badges.recipients import Recipient, ToMailbox, ToOrganisation, ToPassport, ToPerson

Key = tuple[str, str | int]
AT_ONCE = 500  # values in one question to the database


class GivenAlready(Exception):
    """This badge stands already for `recipients`; nothing was signed."""

    def __init__(self, recipients: list[Recipient]) -> None:
        super().__init__(f"given already to {len(recipients)}")
        self.recipients = recipients


def refuse_repeats(*, issuer: Issuer, achievement: Achievement, recipients: Iterable[Recipient]) -> None:
    """Raises GivenAlready if one of them holds it, or stands in a list that is being signed."""
    repeated = repeats(issuer=issuer, achievement=achievement, recipients=recipients)
    if repeated:
        raise GivenAlready(repeated)


def repeats(*, issuer: Issuer, achievement: Achievement, recipients: Iterable[Recipient]) -> list[Recipient]:
    """Those of `recipients` who hold this badge in its present version, or wait in a list for it."""
    asked = [(key_of(one), one) for one in recipients if not isinstance(one, ToOrganisation)]
    found: set[Key] = set()
    for start in range(0, len(asked), AT_ONCE):
        keys = {key for key, _ in asked[start : start + AT_ONCE]}
        found |= set(_held(issuer, achievement, keys)) | set(_waiting(issuer, achievement, keys))
    return [one for key, one in asked if key in found]


def key_of(recipient: Recipient) -> Key:
    match recipient:
        case ToMailbox(mailbox):
            return "mailbox", mailbox.lower()
        case ToPerson(person):
            return "mailbox", person.email.lower()
        case ToPassport(passport):
            return "passport", passport.pk
        case ToOrganisation(organisation):
            return "organisation", organisation.pk


def _values(keys: set[Key], kind: str) -> list[str | int]:
    return [value for name, value in keys if name == kind]


def _held(issuer: Issuer, achievement: Achievement, keys: set[Key]) -> Iterator[Key]:
    mailbox = Lower(Coalesce(F("person__email"), F("mailbox"), Value(""), output_field=TextField()))
    awards = (
        Award.objects.standing()
        .filter(issuer=issuer, achievement=achievement)
        .annotate(reached_at=mailbox)
        .filter(Q(reached_at__in=_values(keys, "mailbox")) | Q(passport__in=_values(keys, "passport")))
        .exclude(organisation__isnull=False)
    )
    for reached, passport, signed in awards.values_list("reached_at", "passport", "credential"):
        if _version(bytes(signed)) == achievement.version:
            yield ("passport", passport) if passport else ("mailbox", reached)


def _version(signed: bytes) -> str:
    """The version stands in the bytes alone: the row has moved on with its achievement."""
    return str(json.loads(signed)["credentialSubject"]["achievement"].get("version", ""))


def _waiting(issuer: Issuer, achievement: Achievement, keys: set[Key]) -> Iterator[Key]:
    items = AwardBatchItem.objects.filter(batch__issuer=issuer, batch__achievement=achievement, award=None).filter(
        Q(mailbox__in=_values(keys, "mailbox")) | Q(passport__in=_values(keys, "passport"))
    )
    for mailbox, passport in items.values_list("mailbox", "passport"):
        yield ("passport", passport) if passport else ("mailbox", mailbox)
