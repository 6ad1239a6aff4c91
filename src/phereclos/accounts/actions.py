"""What people do with their own account."""

from __future__ import annotations

import uuid

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from phereclos.accounts import held
from phereclos.accounts.models import Person
from phereclos.ledger import audit, mail


class StillNeeded(Exception):
    """The account cannot go yet; `reasons` are sentences that say what to do first."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def rename(*, person: Person, name: str) -> Person:
    person.name = " ".join(name.split())
    person.save(update_fields=["name"])
    audit.record(who=person, verb="accounts.rename", what=person)
    return person


@transaction.atomic
def sign_out_everywhere(*, person: Person) -> Person:
    """Every cookie of this person is dead at its next request: sessions carry a digest of what changes here."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    audit.record(who=person, verb="accounts.sign_out_everywhere", what=person)
    return person


@transaction.atomic
def delete_account(*, person: Person) -> None:
    """Name, mailbox and factors go; the empty row stays, so that what was done for an organisation keeps its date.

    Raises StillNeeded while somebody depends on this person, for example as the last lead of an organisation.
    """
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if reasons := held.objections(locked):
        raise StillNeeded(reasons)
    held.say_farewell(locked)
    mail.forget(locked.email)
    EmailAddress.objects.filter(user=locked).delete()
    Authenticator.objects.filter(user=locked).delete()
    audit.take_turn()  # the mailbox is unique
    locked.name, locked.email, locked.is_active = "", f"{uuid.uuid4().hex}@gone.invalid", False
    locked.is_staff = locked.is_superuser = False
    locked.last_login = None
    locked.set_unusable_password()
    locked.save()
    audit.record(who=locked, verb="accounts.delete_account", what=locked)
