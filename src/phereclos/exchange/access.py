"""Who may see and do what in the exchange. "Absent" and "not yours" are the same 404."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from phereclos.clusters.models import Cluster
from phereclos.exchange.models import Need, Objection, Offer, Question, Request
from phereclos.exchange.partners import organisations_for
from phereclos.organisations.access import acting_or_404, role_of
from phereclos.organisations.models import Representative


def need_or_404(request: HttpRequest, pk: int) -> Need:
    """A public need; else one's own, one that was brought to us, or one of a cluster we coordinate."""
    need: Need | None = (
        Need.objects.select_related("organisation", "cluster__coordinator", "author__person").filter(pk=pk).first()
    )
    if need is None or not (Need.objects.public().filter(pk=pk).exists() or _knows_need(request, need)):
        raise Http404
    return need


def offer_or_404(request: HttpRequest, pk: int) -> Offer:
    offer: Offer | None = Offer.objects.select_related("organisation").filter(pk=pk).first()
    if offer is None or not (Offer.objects.public().filter(pk=pk).exists() or _knows_offer(request, offer)):
        raise Http404
    return offer


def own_need_or_404(request: HttpRequest, pk: int) -> tuple[Representative, Need]:
    acting = acting_or_404(request)
    need = Need.objects.select_related("organisation", "cluster__coordinator").filter(
        pk=pk, organisation=acting.organisation_id
    )
    if not need:
        raise Http404
    return acting, need[0]


def own_offer_or_404(request: HttpRequest, pk: int) -> tuple[Representative, Offer]:
    acting = acting_or_404(request)
    offer: Offer | None = (
        Offer.objects.select_related("organisation").filter(pk=pk, organisation=acting.organisation_id).first()
    )
    if offer is None:
        raise Http404
    return acting, offer


def need_to_help_or_404(request: HttpRequest, pk: int) -> tuple[Representative, Need]:
    """An open need of another organisation, for those it could be brought to."""
    acting = acting_or_404(request)
    need = need_or_404(request, pk)
    if not may_help(acting, need):
        raise Http404
    return acting, need


def may_help(acting: Representative, need: Need) -> bool:
    """Whether one's organisation is among those the need can be brought to: other vouched members of its cluster."""
    if need.state != Need.State.OPEN or need.is_held:
        return False
    return any(one.pk == acting.organisation_id for one in organisations_for(need))


def coordinated_need_or_404(request: HttpRequest, pk: int) -> tuple[Representative, Need]:
    """A need of a cluster one's organisation coordinates."""
    acting = acting_or_404(request)
    need = Need.objects.exclude(state=Need.State.DRAFT).filter(pk=pk, cluster__coordinator=acting.organisation_id)
    if not need:
        raise Http404
    return acting, need[0]


def coordinated_offer_or_404(request: HttpRequest, pk: int) -> tuple[Representative, Offer]:
    acting = acting_or_404(request)
    offer = Offer.objects.exclude(state=Offer.State.DRAFT).filter(pk=pk).first()
    if offer is None or not _coordinates_member(acting, offer.organisation_id):
        raise Http404
    return acting, offer


@dataclass(frozen=True, slots=True)
class Side:
    """From where a person looks at a request. One may be several at once: a coordinator can be the addressee."""

    acting: Representative
    asks: bool
    answers: bool
    coordinates: bool


def request_or_404(request: HttpRequest, uid: uuid.UUID) -> tuple[Request, Side]:
    """A request one's organisation sent, received or coordinates."""
    acting = acting_or_404(request)
    found = Request.objects.whole().filter(uid=uid).first()
    if found is None:
        raise Http404
    side = Side(
        acting=acting,
        asks=found.need.organisation_id == acting.organisation_id,
        answers=found.to_id == acting.organisation_id,
        coordinates=found.need.cluster.coordinator_id == acting.organisation_id,
    )
    if not (side.asks or side.answers or side.coordinates):
        raise Http404
    return found, side


def request_to_answer_or_404(request: HttpRequest, uid: uuid.UUID) -> tuple[Request, Representative]:
    found, side = request_or_404(request, uid)
    if not side.answers:
        raise Http404
    return found, side.acting


def request_sent_or_404(request: HttpRequest, uid: uuid.UUID) -> tuple[Request, Representative]:
    found, side = request_or_404(request, uid)
    if not side.asks:
        raise Http404
    return found, side.acting


def question_or_404(request: HttpRequest, uid: uuid.UUID, pk: int) -> tuple[Question, Representative]:
    """A question about a request we sent."""
    found, acting = request_sent_or_404(request, uid)
    question = found.questions.filter(pk=pk).first()
    if question is None:
        raise Http404
    return question, acting


def objection_or_404(request: HttpRequest, uid: uuid.UUID, pk: int) -> tuple[Objection, Representative]:
    """An objection in a cluster we coordinate."""
    found, side = request_or_404(request, uid)
    objection = found.objections.filter(pk=pk).first()
    if objection is None or not side.coordinates:
        raise Http404
    return objection, side.acting


def _knows_need(request: HttpRequest, need: Need) -> bool:
    acting = role_of(request)
    if not acting:
        return False
    if acting.organisation_id == need.organisation_id:
        return True
    if need.state == Need.State.DRAFT:
        return False
    return bool(
        need.cluster.coordinator_id == acting.organisation_id
        or need.requests.filter(to=acting.organisation_id).exists()
    )


def _knows_offer(request: HttpRequest, offer: Offer) -> bool:
    acting = role_of(request)
    if not acting:
        return False
    if acting.organisation_id == offer.organisation_id:
        return True
    if offer.state == Offer.State.DRAFT:
        return False
    return _coordinates_member(acting, offer.organisation_id) or bool(
        offer.requests.filter(need__organisation=acting.organisation_id).exists()
    )


def _coordinates_member(acting: Representative, organisation_id: int) -> bool:
    return (
        Cluster.objects.of_member(organisation_id)  # type: ignore[arg-type]
        .filter(coordinator=acting.organisation_id)
        .exists()
    )
