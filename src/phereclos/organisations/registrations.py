"""What organisations tell the floor below (a person's data and farewell) and put on the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from phereclos.accounts import held
from phereclos.accounts.models import Person
from phereclos.organisations import desk, doors
from phereclos.organisations.desk import Task
from phereclos.organisations.doors import Door
from phereclos.organisations.mails import invitation_token
from phereclos.organisations.models import Invitation, JoinRequest, Representative, Role


@held.about
def roles_and_requests(person: Person) -> dict[str, Any]:
    roles = Representative.objects.filter(person=person).select_related("organisation")
    requests = JoinRequest.objects.filter(person=person).select_related("organisation")
    return {
        "representations": [
            {"organisation": role.organisation.name, "role": role.role, "since": role.since, "until": role.until}
            for role in roles
        ],
        "requests_to_join": [
            {"organisation": one.organisation.name, "message": one.message, "state": one.state, "asked": one.asked_at}
            for one in requests
        ],
    }


@held.objection
def last_lead(person: Person) -> Iterator[str]:
    for role in Representative.objects.of_person(person).filter(role=Role.LEAD):
        others = Representative.objects.leads().filter(organisation=role.organisation).exclude(pk=role.pk)
        if not others.exists():
            yield _("You are the last lead of %(organisation)s. Hand over to a colleague first.") % {
                "organisation": role.organisation
            }


@held.farewell
def end_roles(person: Person) -> None:
    Representative.objects.present().filter(person=person).update(until=timezone.now())
    JoinRequest.objects.filter(person=person).delete()
    Invitation.objects.filter(email__iexact=person.email).update(email="")


@desk.register_for_person
def invitations(person: Person) -> Iterator[Task]:
    open_ones = Invitation.objects.filter(
        email__iexact=person.email, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    for invitation in open_ones.select_related("organisation").order_by("invited_at"):
        yield Task(
            title=_("%(organisation)s invites you to act for it") % {"organisation": invitation.organisation},
            url=reverse("organisations:invitation", args=[invitation_token(invitation)]),
            action=_("Look at it"),
            until=invitation.expires_at,
        )


@doors.register
def own_people(acting: Representative) -> Iterator[Door]:
    detail = _("Who acts for your organisation; leads invite here.")
    yield Door(_("Our people"), reverse("organisations:people", args=[acting.organisation.slug]), detail)


@desk.register
def people_who_want_to_join(acting: Representative) -> Iterator[Task]:
    if acting.role != Role.LEAD:
        return
    waiting = JoinRequest.objects.filter(organisation=acting.organisation, state=JoinRequest.State.OPEN)
    for request in waiting.select_related("person").order_by("asked_at"):
        yield Task(
            title=_("%(person)s wants to act for %(organisation)s")
            % {"person": request.person, "organisation": acting.organisation},
            url=reverse("organisations:join_request", args=[acting.organisation.slug, request.pk]),
            action=_("Decide"),
            detail=request.message,
            since=request.asked_at,
        )
