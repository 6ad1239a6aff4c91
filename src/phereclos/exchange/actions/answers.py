"""Answers, from a link or signed in: the first one stands. Questions, other days, objections."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from phereclos.exchange.actions.steps import end_of_working_day, locked, people_of_need, people_to_tell, take_step
from phereclos.exchange.errors import DayOver, NotDone, NotOpen
from phereclos.exchange.models import (
    Answer,
    AnswerLink,
    DateReply,
    MailStop,
    Need,
    Objection,
    Question,
    Request,
    RequestEvent,
)
from phereclos.exchange.signals import request_accepted
from phereclos.exchange.workingdays import ANSWER_WITHIN, EXPIRES_AFTER
from phereclos.ledger import audit, mail, once
from phereclos.organisations.models import Representative

_AFTER = {
    Answer.Kind.ACCEPT: (Request.State.ACCEPTED, RequestEvent.Kind.ACCEPTED),
    Answer.Kind.OTHER_DATE: (Request.State.OTHER_DATE, RequestEvent.Kind.OTHER_DATE),
    Answer.Kind.DECLINE: (Request.State.DECLINED, RequestEvent.Kind.DECLINED),
}


@transaction.atomic
def answer_request(
    *,
    request: Request,
    by: Representative,
    kind: Answer.Kind,
    link: AnswerLink | None = None,
    note: str = "",
    reason: str = "",
    other_start: datetime | None = None,
    other_end: datetime | None = None,
    at: datetime | None = None,
    tell: bool = True,
) -> Answer:
    """Give the one answer. `link` is the link it came by; `by` is then the representative the link was made for.

    Raises NotOpen when the request is answered, withdrawn or expired: the first answer stands, and `request.answer`
    says what it was. Raises DayOver when the day that is agreed to, or suggested, has passed, and NotDone when another
    day is suggested without one.
    """
    at = at or timezone.now()
    request = _waiting(request, at)
    if kind == Answer.Kind.OTHER_DATE:
        if other_start is None:
            raise NotDone("another day needs a day")
        _to_come(other_start, at)
        other_end = other_end or other_start + (request.proposed_end - request.proposed_start)
    else:
        other_start = other_end = None
    if kind == Answer.Kind.ACCEPT:
        _to_come(request.proposed_start, at)
    answer = Answer.objects.create(
        request=request, kind=kind, note=note, reason=reason, other_start=other_start, other_end=other_end, at=at,
        link=link, representative=by,
    )  # fmt: skip
    request.answer = answer
    state, event = _AFTER[Answer.Kind(kind)]
    request.state = state
    if kind == Answer.Kind.OTHER_DATE:
        request.expires_at = end_of_working_day(at, EXPIRES_AFTER, request.need.organisation)
    request.save(update_fields=["state", "expires_at"])
    take_step(
        request=request, kind=event, verb=f"exchange.answer_{kind}", at=at, by=by, link=link, for_whom=request.to
    )  # fmt: skip
    if tell:
        _tell_addressee("exchange.answered", request)
    _tell_sender(request, tell)
    if kind == Answer.Kind.ACCEPT:
        _accepted(request, by)
    return answer


@transaction.atomic
def ask_question(
    *,
    request: Request,
    by: Representative,
    text: str,
    link: AnswerLink | None = None,
    key: str = "",
    at: datetime | None = None,
    tell: bool = True,
) -> Question:
    """Ask the need's organisation something; the request stays open. Raises NotOpen. A `key` asks once."""
    at = at or timezone.now()
    claim = None
    if key:
        claim, new = once.remember(scope=f"exchange.ask:{request.pk}", key=key, content=text)
        if not new:
            return Question.objects.get(pk=int(claim.result))
    request = _waiting(request, at)
    question = Question.objects.create(request=request, text=text, asked_by=by, asked_at=at)
    if claim is not None:
        once.settle(claim, str(question.pk))
    request.state = Request.State.ASKED
    request.save(update_fields=["state"])
    take_step(
        request=request, kind=RequestEvent.Kind.ASKED, verb="exchange.ask_question", at=at, by=by, link=link,
        for_whom=request.to,
    )  # fmt: skip
    for representative in people_of_need(request.need) if tell else ():
        mail.stage(
            kind="exchange.asked", to=representative.person.email,
            references={"question_id": question.pk, "representative_id": representative.pk},
            once=f"asked:{question.pk}:{representative.pk}",
        )  # fmt: skip
    return question


@transaction.atomic
def reply_to_question(
    *, question: Question, by: Representative, text: str, at: datetime | None = None, tell: bool = True
) -> Question:
    """The need's organisation replies, once. The addressee then has five working days at least.

    Whoever asked and said yes before the reply came still gets it. Raises NotOpen once the request has ended otherwise.
    """
    at = at or timezone.now()
    request = locked(question.request)
    if not request.takes_replies or (request.waits_for_answer and request.expires_at < at):
        raise NotOpen(request)
    question = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if question.replied_at:
        raise NotDone("this question has its reply")
    question.reply, question.replied_by, question.replied_at = text, by, at
    question.save(update_fields=["reply", "replied_by", "replied_at"])
    if request.waits_for_answer:
        request.expires_at = max(request.expires_at, end_of_working_day(at, ANSWER_WITHIN, request.to))
        if not request.questions.filter(replied_at=None).exists():
            request.state = Request.State.SENT
        request.save(update_fields=["state", "expires_at"])
    take_step(
        request=request, kind=RequestEvent.Kind.REPLIED, verb="exchange.reply_to_question", at=at, by=by,
        for_whom=by.organisation,
    )  # fmt: skip
    for link in request.links.filter(purpose=AnswerLink.Purpose.ANSWER) if tell else ():
        mail.stage(
            kind="exchange.replied", to=link.representative.person.email,
            references={"question_id": question.pk, "link_id": link.pk}, once=f"replied:{question.pk}:{link.pk}",
        )  # fmt: skip
    return question


@transaction.atomic
def reply_to_date(
    *,
    request: Request,
    by: Representative,
    accepted: bool,
    link: AnswerLink | None = None,
    at: datetime | None = None,
    tell: bool = True,
) -> DateReply:
    """The need's organisation takes the other day, or not; the first reply stands. Raises NotOpen, or DayOver."""
    at = at or timezone.now()
    request = locked(request)
    if request.state != Request.State.OTHER_DATE or request.expires_at < at:
        raise NotOpen(request)
    if accepted:
        _to_come(request.agreed[0], at)
    reply = DateReply.objects.create(answer=request.answer, accepted=accepted, at=at, link=link, representative=by)
    request.state = Request.State.ACCEPTED if accepted else Request.State.WITHDRAWN
    request.save(update_fields=["state"])
    kind = RequestEvent.Kind.DATE_TAKEN if accepted else RequestEvent.Kind.DATE_REFUSED
    take_step(
        request=request, kind=kind, verb=f"exchange.{kind}", at=at, by=by, link=link,
        for_whom=request.need.organisation,
    )  # fmt: skip
    if tell:
        _tell_addressee("exchange.date_replied", request)
    if accepted:
        _accepted(request, by)
    return reply


@transaction.atomic
def object_to_answer(
    *, request: Request, by: Representative, text: str = "", at: datetime | None = None, tell: bool = True
) -> Objection:
    """An addressee says that the answer was not theirs to give. The answer stands until people have spoken."""
    at = at or timezone.now()
    request = locked(request)
    if not Answer.objects.filter(request=request).exists():
        raise NotDone("there is no answer to object to")
    objection, new = Objection.objects.get_or_create(
        request=request, representative=by, defaults={"text": text, "at": at}
    )
    if not new:
        return objection
    take_step(
        request=request, kind=RequestEvent.Kind.OBJECTED, verb="exchange.object_to_answer", at=at, by=by,
        for_whom=request.to,
    )  # fmt: skip
    told = [*people_to_tell(request.need.cluster.coordinator), *people_of_need(request.need)] if tell else []
    for representative in {one.pk: one for one in told}.values():
        mail.stage(
            kind="exchange.objected", to=representative.person.email,
            references={"objection_id": objection.pk, "representative_id": representative.pk},
            once=f"objected:{objection.pk}:{representative.pk}",
        )  # fmt: skip
    return objection


@transaction.atomic
def settle_objection(*, objection: Objection, by: Representative, note: str, at: datetime | None = None) -> Objection:
    """The coordinator notes what came of it; the record of the answer stays as it is."""
    objection = Objection.objects.select_for_update(no_key=True).get(pk=objection.pk)
    if objection.settled_at:
        return objection
    objection.settled_at, objection.settled_by, objection.settled_note = at or timezone.now(), by, note
    objection.save(update_fields=["settled_at", "settled_by", "settled_note"])
    audit.record(who=by, for_whom=by.organisation, verb="exchange.settle_objection", what=objection)
    return objection


@transaction.atomic
def stop_mails(*, representative: Representative, kind: str) -> None:
    """No more mails of this kind to this representative; the desk still shows everything."""
    _, new = MailStop.objects.get_or_create(representative=representative, kind=kind)
    if new:
        audit.record(
            who=representative, for_whom=representative.organisation, verb="exchange.stop_mails",
            what=representative, details={"kind": kind},
        )  # fmt: skip


@transaction.atomic
def have_mails_again(*, representative: Representative, kind: str) -> None:
    """The way back from `stop_mails`: mails of this kind come again."""
    gone, _ = MailStop.objects.filter(representative=representative, kind=kind).delete()
    if gone:
        audit.record(
            who=representative, for_whom=representative.organisation, verb="exchange.have_mails_again",
            what=representative, details={"kind": kind},
        )  # fmt: skip


def _waiting(request: Request, at: datetime) -> Request:
    """The request, locked, if it waits for its answer; raises NotOpen."""
    request = locked(request)
    if not request.waits_for_answer or request.expires_at < at:
        raise NotOpen(request)
    return request


def _to_come(start: datetime, at: datetime) -> None:
    """Nobody can come on a day that has passed."""
    if start <= at:
        raise DayOver("this day has passed")


def _accepted(request: Request, by: Representative) -> None:
    Need.objects.filter(pk=request.need_id).update(state=Need.State.MATCHED)
    request_accepted.send(sender=Request, request=request, representative=by)


def _tell_addressee(kind: str, request: Request) -> None:
    for link in request.links.filter(purpose=AnswerLink.Purpose.ANSWER).select_related("representative__person"):
        mail.stage(
            kind=kind, to=link.representative.person.email, references={"link_id": link.pk},
            once=f"{kind}:{link.pk}",
        )  # fmt: skip


def _tell_sender(request: Request, tell: bool) -> None:
    other_date = request.state == Request.State.OTHER_DATE
    for representative in people_of_need(request.need):
        references = {"request_id": request.pk, "representative_id": representative.pk}
        if other_date:
            link, _ = AnswerLink.objects.get_or_create(
                request=request, representative=representative, purpose=AnswerLink.Purpose.DATE
            )
            references["link_id"] = link.pk
        if tell:
            mail.stage(
                kind="exchange.answer_came", to=representative.person.email, references=references,
                once=f"answer_came:{request.pk}:{representative.pk}",
            )  # fmt: skip
