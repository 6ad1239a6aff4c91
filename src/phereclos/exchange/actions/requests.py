"""Requests: sent, withdrawn, expired, and more of them at once when the coordinator says so."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from phereclos.exchange import limits
from phereclos.exchange.actions.steps import end_of_working_day, locked, people_to_tell, take_step
from phereclos.exchange.errors import AnotherIsOpen, NotDone, NotOpen, NotVouched
from phereclos.exchange.models import AnswerLink, MailStop, Need, Offer, Request, RequestEvent
from phereclos.exchange.workingdays import ANSWER_WITHIN, EXPIRES_AFTER
from phereclos.ledger import audit, mail, once
from phereclos.organisations.models import Organisation, Representative

MOST_EXTRA = 3


def send_request(
    *,
    by: Representative,
    need: Need,
    to: Organisation,
    proposed_start: datetime,
    proposed_end: datetime,
    offer: Offer | None = None,
    message: str = "",
    key: str = "",
    at: datetime | None = None,
    tell: bool = True,
) -> Request:
    """Bring a need to an organisation: one link and mail for each of its leads and deputies (`tell`: send mails).

    `key` makes a double click one request. Raises NotVouched, AnotherIsOpen, LimitReached (the coordinator gets one
    notice a day), or NotDone when the need is not open, the addressee is its own organisation, or that has left the
    cluster.
    """
    at = at or timezone.now()
    try:
        with transaction.atomic():
            return _send(by, need, to, proposed_start, proposed_end, offer, message, key, at, tell)
    except limits.LimitReached as reached:
        # Outside the transaction that was undone, so that the notice stays.
        with transaction.atomic():
            _notice_to_coordinator(by, need, to, reached, at, tell)
        raise
    except IntegrityError as error:
        # Somebody else took the free place between our look and our writing.
        raise AnotherIsOpen from error


@transaction.atomic
def withdraw_request(*, by: Representative, request: Request, at: datetime | None = None, tell: bool = True) -> Request:
    """The need's organisation takes an open request back. Raises NotOpen."""
    at = at or timezone.now()
    request = locked(request)
    if request.state == Request.State.WITHDRAWN:
        return request
    if not request.is_open:
        raise NotOpen(request)
    request.state = Request.State.WITHDRAWN
    request.save(update_fields=["state"])
    take_step(
        request=request, kind=RequestEvent.Kind.WITHDRAWN, verb="exchange.withdraw_request", at=at, by=by,
        for_whom=by.organisation,
    )  # fmt: skip
    if tell:
        _tell("exchange.withdrawn", request, request.to)
    return request


@transaction.atomic
def expire_request(*, request: Request, at: datetime | None = None, tell: bool = True) -> Request:
    """End an open request whose time has passed; does nothing to others. The sweeper's work."""
    at = at or timezone.now()
    request = locked(request)
    if not request.is_open or request.expires_at > at:
        return request
    request.state = Request.State.EXPIRED
    request.save(update_fields=["state"])
    take_step(request=request, kind=RequestEvent.Kind.EXPIRED, verb="exchange.expire_request", at=at)
    if tell:
        _tell("exchange.expired", request, request.need.organisation)
    return request


@transaction.atomic
def allow_more(*, by: Representative, need: Need, seen: int | None = None) -> Need:
    """The coordinator lets one more request of this need be open at the same time, up to three beside the first.

    `seen` is the number the button was shown with, so that pressing it twice allows one more, not two.
    """
    need = Need.objects.select_for_update(no_key=True).get(pk=need.pk)
    if seen is not None and seen != need.extra_open_allowed:
        return need
    if need.extra_open_allowed >= MOST_EXTRA:
        raise NotDone("three more at a time are the most")
    need.extra_open_allowed += 1
    need.save(update_fields=["extra_open_allowed"])
    audit.record(who=by, for_whom=by.organisation, verb="exchange.allow_more", what=need)
    return need


def _send(
    by: Representative, need: Need, to: Organisation, start: datetime, end: datetime, offer: Offer | None,
    message: str, key: str, at: datetime, tell: bool,
) -> Request:  # fmt: skip
    claim = None
    if key:
        content = [need.pk, to.pk, offer.pk if offer else None, start, end, message]
        claim, new = once.remember(scope=f"exchange.send_request:{by.pk}", key=key, content=content)
        if not new:
            return Request.objects.get(pk=int(claim.result))
    need = Need.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation").get(pk=need.pk)
    to = Organisation.objects.select_for_update(no_key=True).get(pk=to.pk)  # the limit is counted under this lock
    if not (need.organisation.is_vouched and to.is_vouched):
        raise NotVouched
    if need.state != Need.State.OPEN or need.is_held or to.pk == need.organisation_id:
        raise NotDone("this need cannot be brought to this organisation now")
    if not Need.objects.of_members().filter(pk=need.pk).exists():
        raise NotDone("this need's organisation has left its cluster")
    limits.check(sender=need.organisation, to=to, at=at)
    request = Request.objects.create(
        need=need, offer=offer, to=to, sender=by, message=message, proposed_start=start, proposed_end=end,
        slot=_free_slot(need), sent_at=at, answer_due_at=end_of_working_day(at, ANSWER_WITHIN, to),
        expires_at=end_of_working_day(at, EXPIRES_AFTER, to),
    )  # fmt: skip
    take_step(
        request=request, kind=RequestEvent.Kind.SENT, verb="exchange.send_request", at=at, by=by,
        for_whom=need.organisation,
    )  # fmt: skip
    for representative in people_to_tell(to):
        link = AnswerLink.objects.create(request=request, representative=representative, made_at=at)
        stopped = MailStop.objects.filter(representative=representative, kind="exchange.request").exists()
        if tell and not stopped:
            mail.stage(
                kind="exchange.request", to=representative.person.email, references={"link_id": link.pk},
                once=f"link:{link.pk}",
            )  # fmt: skip
    if claim is not None:
        once.settle(claim, str(request.pk))
    return request


def _free_slot(need: Need) -> int:
    """The lowest place for an open request that is free; raises AnotherIsOpen when all are taken."""
    taken = set(need.requests.open().values_list("slot", flat=True))
    free = [slot for slot in range(need.extra_open_allowed + 1) if slot not in taken]
    if not free:
        raise AnotherIsOpen
    return free[0]


def _notice_to_coordinator(
    by: Representative, need: Need, to: Organisation, reached: limits.LimitReached, at: datetime, tell: bool
) -> None:
    day = timezone.localtime(at).date().isoformat()
    audit.record(
        who=by, for_whom=by.organisation, verb="exchange.limit_reached", what=need,
        details={"limit": reached.whose, "to": to.pk}, at=at,
    )  # fmt: skip
    if not tell:
        return
    for representative in people_to_tell(need.cluster.coordinator):
        mail.stage(
            kind="exchange.limit_notice", to=representative.person.email,
            references={"cluster_id": need.cluster_id, "organisation_id": by.organisation_id, "day": day},
            once=f"limit:{by.organisation_id}:{day}",
        )  # fmt: skip


def _tell(kind: str, request: Request, organisation: Organisation) -> None:
    for representative in people_to_tell(organisation):
        mail.stage(
            kind=kind, to=representative.person.email,
            references={"request_id": request.pk, "representative_id": representative.pk},
            once=f"{kind}:{request.pk}:{representative.pk}",
        )  # fmt: skip
