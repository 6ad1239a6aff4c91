"""Whom a need can be brought to, with the reasons that speak for each. The order is a help; a person chooses."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from phereclos.exchange.models import Need, Offer, Place, Request
from phereclos.organisations.models import Organisation


@dataclass(slots=True)
class Partner:
    """An organisation or one of its offers, why it may fit, and what came of asking before."""

    organisation: Organisation
    offer: Offer | None = None
    reasons: list[str] = field(default_factory=list)
    asked: Request | None = None


def organisations_for(need: Need) -> list[Organisation]:
    """Vouched members of the need's cluster, without its own."""
    return list(
        Organisation.objects.vouched()
        .filter(memberships__cluster=need.cluster_id, memberships__state="active")
        .exclude(pk=need.organisation_id)
        .order_by("name")
        .distinct()
    )


def partners_for(need: Need) -> list[Partner]:
    """Offers first, those with more reasons before others; then members without an offer, by name. Three queries."""
    organisations = {one.pk: one for one in organisations_for(need)}
    asked = {one.to_id: one for one in need.requests.order_by("sent_at", "pk")}
    offers = Offer.objects.public().filter(organisation__in=organisations)
    partners = [
        Partner(organisations[offer.organisation_id], offer, _reasons(need, offer), asked.get(offer.organisation_id))
        for offer in offers
    ]
    partners.sort(key=lambda one: (one.asked is not None, -len(one.reasons), one.organisation.name, one.offer.pk))  # type: ignore[union-attr]
    offering = {one.organisation.pk for one in partners}
    rest = [Partner(one, asked=asked.get(one.pk)) for one in organisations.values() if one.pk not in offering]
    return partners + sorted(rest, key=lambda one: one.asked is not None)


def _reasons(need: Need, offer: Offer) -> list[str]:
    found = []
    if need.subject == offer.subject:
        found.append(_("same field"))
    if need.topic and need.topic.casefold() in f"{offer.topic} {offer.title} {offer.what}".casefold():
        found.append(_("same topic"))
    if need.ages_from is not None and offer.ages_from <= need.ages_until and need.ages_from <= offer.ages_until:  # type: ignore[operator]
        found.append(_("the ages fit"))
    if need.group_size and offer.group_size and need.group_size <= offer.group_size:
        found.append(_("the group fits"))
    if _places_fit(need.place_choice, offer.place_choice):
        found.append(_("the place fits"))
    if _days_fit(need, offer):
        found.append(_("the days can fit"))
    return found


def _days_fit(need: Need, offer: Offer) -> bool:
    """Said only where both have given days; what stands in words is for people to read."""
    if not (need.earliest or need.latest) or not (offer.earliest or offer.latest):
        return False
    too_late = need.latest and offer.earliest and offer.earliest > need.latest
    too_early = need.earliest and offer.latest and offer.latest < need.earliest
    return not (too_late or too_early)


def _places_fit(need: str, offer: str) -> bool:
    """“Here” of the one is “there” of the other."""
    if Place.ONLINE in (need, offer):
        return need == offer
    return Place.EITHER in (need, offer) or need != offer
