"""Who a badge is given to: a mailbox, a person, an organisation, or a passport."""

from __future__ import annotations

from dataclasses import dataclass

from phereclos.accounts.models import Person
from phereclos.badges.models import Passport
from phereclos.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class ToMailbox:
    """An adult, reached by mail. `sealed`: they asked that their mailbox's salted hash be written into the badge."""

    mailbox: str
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class ToPerson:
    """An adult with an account; the badge is theirs at once."""

    person: Person


@dataclass(frozen=True, slots=True)
class ToOrganisation:
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class ToPassport:
    """A child's card. Nothing of the award is public until it is opened with the card."""

    passport: Passport


Recipient = ToMailbox | ToPerson | ToOrganisation | ToPassport


def fingerprint(recipient: Recipient) -> list[str]:
    """What tells one recipient from another, for idempotency keys."""
    match recipient:
        case ToMailbox(mailbox, sealed):
            return ["mailbox", mailbox.lower(), str(sealed)]
        case ToPerson(person):
            return ["person", str(person.pk)]
        case ToOrganisation(organisation):
            return ["organisation", str(organisation.pk)]
        case ToPassport(passport):
            return ["passport", str(passport.pk)]
