"""What is done with organisations and on their behalf."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from phereclos.accounts.models import Person
from phereclos.ledger import audit, mail, once
from phereclos.organisations.models import Invitation, JoinRequest, Organisation, Representative, Role
from phereclos.organisations.names import name_key
from phereclos.organisations.slugs import free_slug

INVITATION_LIVES = timedelta(days=21)
MOST_INVITATIONS_A_DAY = 60


class NameTaken(Exception):
    """An organisation with this name, in whatever spelling, is registered."""


class LastLead(Exception):
    """The organisation would be left without a lead; hand over first."""


class NotNow(Exception):
    """The state of things does not allow it (any more): decided, withdrawn, expired, left, not vouched for."""


class ChangedMeanwhile(Exception):
    """Somebody else saved after this form was opened; `newest` is theirs, and nothing was overwritten."""

    def __init__(self, newest: Organisation) -> None:
        super().__init__(newest.edition)
        self.newest = newest


class ActsAlready(Exception):
    """Whose mailbox this is acts for the organisation already."""


class TooMany(Exception):
    """More invitations than one organisation needs on one day."""


@transaction.atomic
def create_organisation(
    *,
    person: Person,
    name: str,
    kind: str,
    country: str,
    place: str = "",
    about: str = "",
    website: str = "",
    contact_email: str = "",
    once_key: str = "",
    at: datetime | None = None,
) -> Representative:
    """Register an organisation led by this person. Raises NameTaken. Nothing of it is public until vouched."""
    now = at or timezone.now()
    claim, new = (None, True)
    if once_key:
        claim, new = once.remember(
            scope="organisations.create", key=once_key, content=[person.pk, name_key(name), kind]
        )
        if not new:
            return Representative.objects.select_related("organisation", "person").get(pk=claim.result)
    organisation = Organisation(
        name=" ".join(name.split()), kind=kind, country=country, place=place, about=about, website=website,
        contact_email=contact_email, founded_record_at=now, is_demonstration=person.is_demonstration,
    )  # fmt: skip
    _save_named(organisation)
    lead = Representative.objects.create(person=person, organisation=organisation, role=Role.LEAD, since=now)
    audit.record(who=lead, for_whom=organisation, verb="organisations.create", what=organisation, at=now)
    if claim:
        once.settle(claim, str(lead.pk))
    return lead


@transaction.atomic
def edit_organisation(*, by: Representative, based_on: str = "", **changes: str) -> Organisation:
    """Change name, kind, country, place, about, website or contact_email. Raises NameTaken.

    With `based_on`, the edition that was seen, raises ChangedMeanwhile when that is not the newest any more.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    if based_on and organisation.edition != based_on:
        raise ChangedMeanwhile(organisation)
    for field in ("name", "kind", "country", "place", "about", "website", "contact_email"):
        if field in changes:
            setattr(organisation, field, changes[field])
    organisation.name = " ".join(organisation.name.split())
    audit.take_turn()  # the key of the name is unique
    _save_named(organisation)
    audit.record(
        who=by, for_whom=organisation, verb="organisations.edit", what=organisation, details={"fields": sorted(changes)}
    )
    return organisation


@transaction.atomic
def vouch(
    *, organisation: Organisation, by: Representative | None = None, operator: Person | None = None,
    at: datetime | None = None,
) -> Organisation:  # fmt: skip
    """Answer for an organisation: by the operator, or for a vouched one by its lead. Twice is once.

    Raises NotNow when the one who vouches is not vouched for, or is the organisation itself.
    """
    if (by is None) == (operator is None):
        raise ValueError("either a representative or the operator vouches")
    if by and (not by.organisation.is_vouched or by.organisation_id == organisation.pk):
        raise NotNow
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if locked.is_vouched:
        return locked
    locked.vouched_at = at or timezone.now()
    locked.vouched_by = by.organisation if by else None
    locked.save(update_fields=["vouched_at", "vouched_by", "name_key"])
    audit.record(
        who=by or operator or "", for_whom=by.organisation if by else "", verb="organisations.vouch", what=locked, at=at
    )
    for lead in Representative.objects.leads().filter(organisation=locked).select_related("person"):
        mail.stage(
            kind="organisations.vouched", to=lead.person.email, references={"organisation_id": locked.pk},
            once=f"vouched:{locked.pk}:{lead.pk}",
        )  # fmt: skip
    return locked


# Joining


@transaction.atomic
def ask_to_join(
    *, person: Person, organisation: Organisation, message: str = "", at: datetime | None = None
) -> JoinRequest:
    """Ask to act on behalf of a vouched organisation; its leads are told. Asking twice is one request."""
    if Representative.objects.present().filter(person=person, organisation=organisation).exists():
        raise NotNow
    request, new = JoinRequest.objects.get_or_create(
        person=person, organisation=organisation, state=JoinRequest.State.OPEN,
        defaults={"message": message, "asked_at": at or timezone.now()},
    )  # fmt: skip
    if new:
        audit.record(who=person, verb="organisations.ask_to_join", what=request, for_whom=organisation, at=at)
        for lead in Representative.objects.leads().filter(organisation=organisation).select_related("person"):
            mail.stage(
                kind="organisations.join_request", to=lead.person.email, references={"request_id": request.pk},
                once=f"join:{request.pk}:{lead.pk}",
            )  # fmt: skip
    return request


@transaction.atomic
def decide_join_request(
    *, request: JoinRequest, by: Representative, approve: bool, role: str = Role.MEMBER, at: datetime | None = None
) -> Representative | None:
    """A present lead of the organisation, who is not the asker, lets in or declines. Raises NotNow for anybody else."""
    locked = (
        JoinRequest.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation", "person")
        .get(pk=request.pk)
    )
    decider = Representative.objects.leads().filter(pk=by.pk, organisation=locked.organisation).first()
    if decider is None or decider.person_id == locked.person_id or locked.state != JoinRequest.State.OPEN:
        raise NotNow
    now = at or timezone.now()
    locked.state = JoinRequest.State.APPROVED if approve else JoinRequest.State.DECLINED
    locked.decided_at, locked.decided_by = now, decider
    locked.save(update_fields=["state", "decided_at", "decided_by"])
    verb = "organisations.approve_join" if approve else "organisations.decline_join"
    audit.record(who=decider, for_whom=locked.organisation, verb=verb, what=locked, at=at)
    mail.stage(
        kind="organisations.join_decided", to=locked.person.email, references={"request_id": locked.pk},
        once=f"decided:{locked.pk}",
    )  # fmt: skip
    return _begin(locked.person, locked.organisation, role, now) if approve else None


@transaction.atomic
def invite(*, by: Representative, email: str, role: str = Role.MEMBER, at: datetime | None = None) -> Invitation:
    """Invite a mailbox to act on behalf of the organisation; the link in the mail lives three weeks.

    Raises NotNow while nobody vouched for the organisation, ActsAlready, TooMany above sixty a day. An open invitation
    of the same mailbox and role is sent no second time.
    """
    now = at or timezone.now()
    if not by.organisation.is_vouched:
        raise NotNow
    mailbox = email.strip().lower()
    # What is open and what was sent today is counted under this lock.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    if Representative.objects.present().filter(organisation=by.organisation, person__email__iexact=mailbox).exists():
        raise ActsAlready
    mine = Invitation.objects.filter(organisation=by.organisation)
    waiting = mine.filter(email=mailbox, role=role, accepted_at=None, withdrawn_at=None, expires_at__gt=now).first()
    if waiting:
        return waiting
    if mine.filter(invited_at__gt=now - timedelta(days=1)).count() >= MOST_INVITATIONS_A_DAY:
        raise TooMany
    invitation = mine.create(
        organisation=by.organisation, email=mailbox, role=role, invited_by=by, invited_at=now,
        expires_at=now + INVITATION_LIVES,
    )  # fmt: skip
    audit.record(who=by, for_whom=by.organisation, verb="organisations.invite", what=invitation, at=at)
    mail.stage(
        kind="organisations.invitation", to=mailbox, references={"invitation_id": invitation.pk},
        once=f"invitation:{invitation.pk}",
    )  # fmt: skip
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Representative) -> None:
    locked = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk, organisation=by.organisation)
    if locked.accepted_at or locked.withdrawn_at:
        raise NotNow
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    audit.record(who=by, for_whom=by.organisation, verb="organisations.withdraw_invitation", what=locked)


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, person: Person, at: datetime | None = None
) -> Representative | JoinRequest:
    """Follow an invitation. The invited mailbox's owner acts for the organisation from now on.

    Anybody else who holds the link (a forwarded mail) asks to join by it instead, and a lead decides. Raises NotNow
    for a used, withdrawn or expired invitation; the person who used it gets their role again.
    """
    now = at or timezone.now()
    locked = (
        Invitation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation", "accepted_by")
        .get(pk=invitation.pk)
    )
    if locked.accepted_by and locked.accepted_by.person_id == person.pk and locked.accepted_by.until is None:
        return locked.accepted_by
    if locked.accepted_at or locked.withdrawn_at or locked.expires_at <= now:
        raise NotNow
    if not person.owns_mailbox(locked.email):
        return ask_to_join(person=person, organisation=locked.organisation, at=at)
    present = Representative.objects.present().filter(person=person, organisation=locked.organisation).first()
    locked.accepted_at = now
    locked.accepted_by = present or _begin(person, locked.organisation, locked.role, now)
    locked.save(update_fields=["accepted_at", "accepted_by"])
    audit.record(
        who=locked.accepted_by, for_whom=locked.organisation, verb="organisations.accept_invitation", what=locked, at=at
    )
    return locked.accepted_by


# People of an organisation


@transaction.atomic
def change_role(*, representative: Representative, by: Representative, role: str, is_deputy: bool) -> Representative:
    """Raises LastLead when nobody would lead the organisation any more, NotNow for somebody else's people."""
    locked = _present_colleague(representative, by)
    if locked.role == Role.LEAD and role != Role.LEAD:
        _another_lead_or_raise(locked)
    locked.role, locked.is_deputy = role, is_deputy
    locked.save(update_fields=["role", "is_deputy"])
    audit.record(
        who=by, for_whom=by.organisation, verb="organisations.change_role", what=locked,
        details={"role": role, "deputy": is_deputy},
    )  # fmt: skip
    return locked


@transaction.atomic
def end_representation(*, representative: Representative, by: Representative, at: datetime | None = None) -> None:
    """A lead ends somebody's role, or a person their own. Raises LastLead, NotNow."""
    locked = _present_colleague(representative, by)
    if locked.role == Role.LEAD:
        _another_lead_or_raise(locked)
    locked.until = at or timezone.now()
    locked.save(update_fields=["until"])
    audit.record(who=by, for_whom=by.organisation, verb="organisations.end_representation", what=locked, at=at)


@transaction.atomic
def hand_over(*, by: Representative, to: Representative, leave: bool, at: datetime | None = None) -> None:
    """Make a colleague lead, and leave or stay as a representative. The way out for the last lead."""
    _present_colleague(by, by)
    successor = _present_colleague(to, by)
    if successor.pk == by.pk:
        raise NotNow
    successor.role = Role.LEAD
    successor.save(update_fields=["role"])
    if leave:
        Representative.objects.filter(pk=by.pk).update(until=at or timezone.now())
    else:
        Representative.objects.filter(pk=by.pk).update(role=Role.MEMBER)
    audit.record(
        who=by,
        for_whom=by.organisation,
        verb="organisations.hand_over",
        what=successor,
        details={"leave": leave},
        at=at,
    )


def _begin(person: Person, organisation: Organisation, role: str, at: datetime) -> Representative:
    try:
        with transaction.atomic():
            return Representative.objects.create(person=person, organisation=organisation, role=role, since=at)
    except IntegrityError:
        return Representative.objects.present().get(person=person, organisation=organisation)


def _present_colleague(representative: Representative, by: Representative) -> Representative:
    """Locks all present roles of the organisation in one order, so that two leads cannot leave at once."""
    roles = list(
        Representative.objects.select_for_update(no_key=True)
        .present()
        .filter(organisation_id=by.organisation_id)
        .order_by("pk")
    )
    found = next((role for role in roles if role.pk == representative.pk), None)
    if found is None or by.pk not in {role.pk for role in roles}:
        raise NotNow
    return found


def _another_lead_or_raise(lead: Representative) -> None:
    others = Representative.objects.leads().filter(organisation_id=lead.organisation_id).exclude(pk=lead.pk)
    if not others.exists():
        raise LastLead


def _save_named(organisation: Organisation) -> None:
    """Save under a free address; the name's key is unique in the database, whoever else saves at this moment."""
    for attempt in range(3):
        if not organisation.slug or attempt:
            organisation.slug = free_slug(Organisation, organisation.name, fallback="organisation")
        try:
            with transaction.atomic():
                organisation.save()
            return
        except IntegrityError as error:
            others = Organisation.objects.exclude(pk=organisation.pk)
            if others.filter(name_key=name_key(organisation.name)).exists():
                raise NameTaken from error
    raise NameTaken
