"""The exchange's mails. Written when they go out, so that each says what is true then; None when it is no longer true,
or when the addressee has left the organisation meanwhile.

Titles of needs may stand in a subject (one line, without control characters); what an answer says never does.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from phereclos.clusters.models import Cluster
from phereclos.exchange import links
from phereclos.exchange.models import Answer, AnswerLink, HelpOffer, Need, Objection, Question, Request
from phereclos.ledger import mail
from phereclos.ledger.mail import Mail
from phereclos.organisations.models import Organisation, Representative

REQUEST = "exchange.request"


def _body(template: str, **context: Any) -> str:
    return render_to_string(f"exchange/mail/{template}.txt", {"public_url": settings.PUBLIC_URL, **context})


def _link(pk: int) -> AnswerLink:
    related = ("representative__person", "request__need__organisation", "request__need__author__person", "request__to")
    return AnswerLink.objects.select_related(*related, "request__need__cluster__coordinator").get(pk=pk)


def _request(pk: int) -> Request:
    return Request.objects.whole().get(pk=pk)


def _present(pk: int) -> Representative | None:
    return Representative.objects.present().select_related("person", "organisation").filter(pk=pk).first()


@mail.kind(REQUEST)
def request_mail(*, link_id: int) -> Mail | None:
    """A request, with three links that lead to the same page, each with its choice ticked."""
    link = _link(link_id)
    request = link.request
    if not request.waits_for_answer or link.representative.until is not None:
        return None
    token = links.token_of(link)
    addresses = {choice: links.address("answer", token, choice) for choice in ("accept", "other_date", "ask")}
    stop = links.address("stop-mails", links.stop_token(link.representative, REQUEST, timezone.now()))
    return Mail(
        subject=_("%(organisation)s asks: %(need)s")
        % {"organisation": request.need.organisation.name, "need": request.need.title},
        body=_body("request", link=link, request=request, need=request.need, addresses=addresses, stop=stop),
        unsubscribe=stop,
    )


@mail.kind("exchange.asked")
def asked_mail(*, question_id: int, representative_id: int) -> Mail | None:
    question = Question.objects.select_related("request__need", "request__to").get(pk=question_id)
    to = _present(representative_id)
    if to is None or question.replied_at or not question.request.takes_replies:
        return None
    return Mail(
        subject=_("A question about “%(need)s”") % {"need": question.request.need.title},
        body=_body("asked", question=question, request=question.request, to=to),
    )


@mail.kind("exchange.offer_help")
def offer_help_mail(*, help_id: int, representative_id: int) -> Mail | None:
    related = ("need", "organisation", "representative__person")
    offered = HelpOffer.objects.select_related(*related).get(pk=help_id)
    to = _present(representative_id)
    if to is None or offered.need.state != Need.State.OPEN:
        return None
    return Mail(
        subject=_("%(organisation)s can help with “%(need)s”")
        % {"organisation": offered.organisation, "need": offered.need.title},
        body=_body("offer_help", offered=offered, need=offered.need, to=to),
    )


@mail.kind("exchange.replied")
def replied_mail(*, question_id: int, link_id: int) -> Mail | None:
    """The reply; while an answer is due with a fresh link, for the old one may have ended in the meantime."""
    link = _link(link_id)
    if not link.request.takes_replies or link.representative.until is not None:
        return None
    question = Question.objects.get(pk=question_id)
    address = links.address("answer", links.token_of(link)) if link.request.waits_for_answer else ""
    return Mail(
        subject=_("Your question about “%(need)s” has a reply") % {"need": link.request.need.title},
        body=_body("replied", question=question, link=link, request=link.request, address=address),
    )


@mail.kind("exchange.answered")
def answered_mail(*, link_id: int) -> Mail | None:
    """To each addressee: what was answered, from whose link, and how to object."""
    link = _link(link_id)
    if link.representative.until is not None:
        return None
    answer = Answer.objects.select_related("representative__person").get(request=link.request)
    address = links.address("object", links.object_token(link, answer.at))
    return Mail(
        subject=_("Answered: “%(need)s”") % {"need": link.request.need.title},
        body=_body("answered", link=link, request=link.request, answer=answer, address=address),
    )


@mail.kind("exchange.answer_came")
def answer_came_mail(*, request_id: int, representative_id: int, link_id: int | None = None) -> Mail | None:
    """To the need's side: the answer; another day comes with a link to take it or not."""
    request, to = _request(request_id), _present(representative_id)
    if to is None:
        return None
    address = links.address("date", links.token_of(_link(link_id))) if link_id else ""
    return Mail(
        subject=_("An answer to “%(need)s”") % {"need": request.need.title},
        body=_body("answer_came", request=request, to=to, address=address),
    )


@mail.kind("exchange.date_replied")
def date_replied_mail(*, link_id: int) -> Mail | None:
    link = _link(link_id)
    if link.representative.until is not None:
        return None
    return Mail(
        subject=_("About the other day for “%(need)s”") % {"need": link.request.need.title},
        body=_body("date_replied", link=link, request=link.request, reply=link.request.answer.date_reply),
    )


@mail.kind("exchange.withdrawn")
def withdrawn_mail(*, request_id: int, representative_id: int) -> Mail | None:
    request, to = _request(request_id), _present(representative_id)
    if to is None:
        return None
    return Mail(
        subject=_("Withdrawn: “%(need)s”") % {"need": request.need.title},
        body=_body("withdrawn", request=request, to=to),
    )


@mail.kind("exchange.expired")
def expired_mail(*, request_id: int, representative_id: int) -> Mail | None:
    request, to = _request(request_id), _present(representative_id)
    if to is None:
        return None
    return Mail(
        subject=_("No answer yet to “%(need)s”") % {"need": request.need.title},
        body=_body("expired", request=request, to=to),
    )


@mail.kind("exchange.objected")
def objected_mail(*, objection_id: int, representative_id: int) -> Mail | None:
    objection = Objection.objects.select_related(
        "representative__person", "request__need__cluster__coordinator", "request__to"
    ).get(pk=objection_id)
    to = _present(representative_id)
    if to is None:
        return None
    return Mail(
        subject=_("Somebody objects to the answer about “%(need)s”") % {"need": objection.request.need.title},
        body=_body("objected", objection=objection, request=objection.request, to=to),
    )


@mail.kind("exchange.limit_notice")
def limit_notice_mail(*, cluster_id: int, organisation_id: int, day: str) -> Mail | None:
    organisation = Organisation.objects.get(pk=organisation_id)
    cluster = Cluster.objects.get(pk=cluster_id)
    return Mail(
        subject=_("%(organisation)s reached the daily limit of requests") % {"organisation": organisation.name},
        body=_body("limit_notice", organisation=organisation, cluster=cluster, day=day),
    )
