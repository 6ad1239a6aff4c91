"""What waits for a person of an organisation in the exchange."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from phereclos.clusters.models import Cluster
from phereclos.exchange.models import HelpOffer, Need, Objection, Offer, Question, Request
from phereclos.organisations import desk
from phereclos.organisations.desk import Task
from phereclos.organisations.models import Representative

MOST = 50


@desk.register
def requests_to_answer(acting: Representative) -> Iterable[Task]:
    waiting = Request.objects.filter(state=Request.State.SENT, to=acting.organisation_id)
    for request in waiting.select_related("need__organisation")[:MOST]:
        yield Task(
            title=_("%(organisation)s asks: %(need)s")
            % {"organisation": request.need.organisation, "need": request.need.title},
            url=request.get_absolute_url(),
            action=_("Answer"),
            detail=_("Yes, another day, a question or no: each is an answer."),
            since=request.sent_at,
            until=request.expires_at,
        )


@desk.register
def what_the_school_decides(acting: Representative) -> Iterable[Task]:
    """Questions to reply to, other days to take or not, and needs whose last request brought nothing."""
    sent = Request.objects.filter(need__organisation=acting.organisation_id).select_related("need", "to")
    for request in sent.filter(state__in=[Request.State.ASKED, Request.State.OTHER_DATE])[:MOST]:
        asked = request.state == Request.State.ASKED
        words = {"organisation": request.to, "need": request.need.title}
        yield Task(
            title=(_("%(organisation)s has a question about “%(need)s”") if asked else
                   _("%(organisation)s suggests another day for “%(need)s”")) % words,
            url=request.get_absolute_url(),
            action=_("Reply") if asked else _("Say whether it fits"),
            until=request.expires_at,
        )  # fmt: skip
    open_questions = Question.objects.filter(
        replied_at=None, request__state=Request.State.ACCEPTED, request__need__organisation=acting.organisation_id
    )
    for question in open_questions.select_related("request__need", "request__to")[:MOST]:
        yield Task(
            title=_("%(organisation)s said yes to “%(need)s”, and its question still waits")
            % {"organisation": question.request.to, "need": question.request.need.title},
            url=question.request.get_absolute_url(),
            action=_("Reply"),
            since=question.asked_at,
        )
    to_ask = list(_needs_to_ask_on(acting))
    helping = HelpOffer.objects.filter(need__in=[need.pk for need in to_ask]).select_related("need", "organisation")
    for offered in helping.exclude(need__requests__to=F("organisation"))[:MOST]:
        yield Task(
            title=_("%(organisation)s can help with “%(need)s”")
            % {"organisation": offered.organisation, "need": offered.need.title},
            url=f"{reverse('exchange:ask', args=[offered.need.pk])}?to={offered.organisation_id}",
            action=_("Ask them"),
            since=offered.at,
        )
    for need in to_ask:
        yield Task(
            title=_("Nobody is asked for “%(need)s” at the moment") % {"need": need.title},
            url=reverse("exchange:ask", args=[need.pk]),
            action=_("Choose whom to ask next"),
            since=need.opened_at,
        )


@desk.register
def what_the_coordinator_reads(acting: Representative) -> Iterable[Task]:
    """Texts held back, and objections to answers, in clusters this organisation coordinates."""
    if not Cluster.objects.filter(coordinator=acting.organisation_id).exists():
        return
    needs = Need.objects.held().filter(cluster__coordinator=acting.organisation_id)
    offers = Offer.objects.held().filter(
        organisation__memberships__state="active",
        organisation__memberships__cluster__coordinator=acting.organisation_id,
    )
    for held in chain(needs[:MOST], offers.distinct()[:MOST]):
        yield Task(
            title=_("“%(title)s” waits until you have read it") % {"title": held.title},
            url=held.get_absolute_url(),
            action=_("Read it"),
            detail=_("It is by a young organisation and holds a link or number, or repeats itself."),
            since=held.held_at,
        )
    objections = Objection.objects.filter(
        settled_at=None, request__need__cluster__coordinator=acting.organisation_id
    ).select_related("request__need", "request__to")
    for objection in objections[:MOST]:
        yield Task(
            title=_("%(organisation)s objects to the answer about “%(need)s”")
            % {"organisation": objection.request.to, "need": objection.request.need.title},
            url=objection.request.get_absolute_url(),
            action=_("Speak with both sides"),
            since=objection.at,
        )


def _needs_to_ask_on(acting: Representative) -> Iterable[Need]:
    """Open needs of ours without an open request."""
    waiting = Request.objects.open().values("need")
    mine = Need.objects.still_possible().filter(
        organisation=acting.organisation_id, state=Need.State.OPEN, held_at=None
    )
    return mine.exclude(pk__in=waiting)[:MOST] if acting.organisation.is_vouched else []
