"""What the holder of a badge does with it: take it, refuse it, open or close its page, show or hide the name."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from phereclos.accounts.models import Person
from phereclos.badges.models import Award
from phereclos.ledger import audit


class NotYours(Exception):
    """The award was sent to another mailbox, was refused, or is somebody else's already."""


@transaction.atomic
def claim_award(*, award: Award, person: Person) -> Award:
    """The person whose mailbox the award was sent to takes it; from then on the person stands for the mailbox."""
    locked = _locked(award)
    if locked.person_id == person.pk:
        return locked
    mine = locked.mailbox and locked.mailbox.lower() == person.email.lower()
    if not mine or locked.person_id or locked.paused_at or locked.revoked_at:
        raise NotYours
    locked.person, locked.mailbox, locked.claimed_at = person, "", timezone.now()
    locked.save(update_fields=["person", "mailbox", "claimed_at"])
    audit.record(who=person, verb="badges.claim_award", what=locked)
    return locked


@transaction.atomic
def refuse_award(*, award: Award, via: str) -> Award:
    """“Not me”: the award is paused until its issuer withdraws it, and its page closes. `via` names who said so."""
    locked = _locked(award)
    if locked.paused_at or locked.claimed_at:
        return locked
    locked.paused_at = timezone.now()
    locked.save(update_fields=["paused_at"])
    audit.record(who=via, for_whom=locked.issuer.responsible, verb="badges.refuse_award", what=locked)
    return locked


@transaction.atomic
def open_award(*, award: Award, by: Person | str) -> Award:
    """Let anybody who has the address see the award and check it."""
    locked = _locked(award)
    if locked.opened_at is None:
        locked.opened_at = timezone.now()
        locked.save(update_fields=["opened_at"])
        audit.record(who=by, verb="badges.open_award", what=locked)
    return locked


@transaction.atomic
def close_award(*, award: Award, by: Person | str) -> Award:
    """Close the page again; the signed badge stays true for whoever holds it."""
    locked = _locked(award)
    if locked.opened_at is not None:
        locked.opened_at = None
        locked.save(update_fields=["opened_at"])
        audit.record(who=by, verb="badges.close_award", what=locked)
    return locked


def show_name(*, award: Award, person: Person) -> Award:
    return _set_name_shown(award, person, shown=True)


def hide_name(*, award: Award, person: Person) -> Award:
    return _set_name_shown(award, person, shown=False)


@transaction.atomic
def _set_name_shown(award: Award, person: Person, *, shown: bool) -> Award:
    locked = _locked(award)
    if locked.person_id != person.pk:
        raise NotYours
    if locked.shows_name != shown:
        locked.shows_name = shown
        locked.save(update_fields=["shows_name"])
        audit.record(who=person, verb=f"badges.{'show' if shown else 'hide'}_name", what=locked)
    return locked


def _locked(award: Award) -> Award:
    return Award.objects.select_for_update(no_key=True, of=("self",)).get(pk=award.pk)
