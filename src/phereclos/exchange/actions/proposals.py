"""Needs and offers: saved as drafts or posted, used again, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from phereclos.exchange.actions.steps import people_of_need
from phereclos.exchange.errors import NotDone, NotVouched, Stale
from phereclos.exchange.models import HelpOffer, Need, Offer
from phereclos.exchange.reading import must_be_read_first
from phereclos.ledger import audit, mail, once
from phereclos.organisations.models import Representative

P = TypeVar("P", Need, Offer)
NOT_COPIED = {"id", "state", "created_at", "opened_at", "closed_at", "held_at", "version", "extra_open_allowed"}


def save_need(
    *,
    by: Representative,
    fields: Mapping[str, Any],
    post: bool,
    need: Need | None = None,
    version: int | None = None,
    key: str = "",
    at: datetime | None = None,
) -> Need:
    """Write a new need or change one, as a draft or for everybody (`post`).

    `version` is the one the form was opened with; raises Stale when another has been saved since. `key` makes a double
    click one need. Raises NotVouched when an organisation without a word for it posts, NotDone when a closed or
    matched need is changed.
    """
    return _save(Need, by=by, fields=fields, post=post, row=need, version=version, key=key, at=at)


def save_offer(
    *,
    by: Representative,
    fields: Mapping[str, Any],
    post: bool,
    offer: Offer | None = None,
    version: int | None = None,
    key: str = "",
    at: datetime | None = None,
) -> Offer:
    """As save_need, for an offer."""
    return _save(Offer, by=by, fields=fields, post=post, row=offer, version=version, key=key, at=at)


@transaction.atomic
def copy_need(*, by: Representative, need: Need, key: str = "") -> Need:
    """A new draft with the same words; the days are left out, for they have passed or are taken."""
    return _copy(Need, need, by, key)


@transaction.atomic
def copy_offer(*, by: Representative, offer: Offer, key: str = "") -> Offer:
    return _copy(Offer, offer, by, key)


@transaction.atomic
def close_need(*, by: Representative, need: Need, at: datetime | None = None) -> Need:
    """Take a need off the board. Raises NotDone while a request for it is open."""
    at = at or timezone.now()
    need = Need.objects.select_for_update(no_key=True).get(pk=need.pk)
    if need.state == Need.State.CLOSED:
        return need
    if need.requests.open().exists():
        raise NotDone("a request for this need is still open")
    need.state, need.closed_at = Need.State.CLOSED, at
    need.save(update_fields=["state", "closed_at"])
    audit.record(who=by, for_whom=by.organisation, verb="exchange.close_need", what=need, at=at)
    return need


@transaction.atomic
def offer_help(*, by: Representative, need: Need, at: datetime | None = None) -> HelpOffer:
    """Say that one can help: one mail, once for each organisation and need. Raises NotVouched, or NotDone.

    Nothing is agreed by it. The need's organisation asks whom it chooses, with a day.
    """
    at = at or timezone.now()
    need = (
        Need.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation", "author__person")
        .get(pk=need.pk)
    )
    if not by.organisation.is_vouched:
        raise NotVouched
    if need.state != Need.State.OPEN or need.is_held or by.organisation_id == need.organisation_id:
        raise NotDone("only others can help with an open need")
    offered, new = HelpOffer.objects.get_or_create(
        need=need, organisation=by.organisation, defaults={"representative": by, "at": at}
    )
    if not new:
        return offered
    audit.record(who=by, for_whom=by.organisation, verb="exchange.offer_help", what=need, at=at)
    for representative in people_of_need(need):
        mail.stage(
            kind="exchange.offer_help", to=representative.person.email,
            references={"help_id": offered.pk, "representative_id": representative.pk},
            once=f"help:{offered.pk}:{representative.pk}",
        )  # fmt: skip
    return offered


@transaction.atomic
def set_offer_state(*, by: Representative, offer: Offer, state: Offer.State, at: datetime | None = None) -> Offer:
    """Open, pause or close an offer that was posted before. Raises NotVouched, or NotDone for a draft."""
    at = at or timezone.now()
    offer = Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    if offer.state == state:
        return offer
    if Offer.State.DRAFT in (offer.state, state):
        raise NotDone("a draft is posted from its form")
    if state == Offer.State.OPEN and not by.organisation.is_vouched:
        raise NotVouched
    offer.state = state
    offer.closed_at = at if state == Offer.State.CLOSED else None
    offer.save(update_fields=["state", "closed_at"])
    audit.record(who=by, for_whom=by.organisation, verb=f"exchange.offer_{state}", what=offer, at=at)
    return offer


@transaction.atomic
def release(*, by: Representative, proposal: Need | Offer, at: datetime | None = None) -> None:
    """The coordinator has read a text that was held back and lets it be seen."""
    proposal = type(proposal)._default_manager.select_for_update(no_key=True).get(pk=proposal.pk)
    if proposal.held_at is None:
        return
    proposal.held_at = None
    proposal.save(update_fields=["held_at"])
    audit.record(who=by, for_whom=by.organisation, verb="exchange.release", what=proposal, at=at)


@transaction.atomic
def _save(
    model: type[P], *, by: Representative, fields: Mapping[str, Any], post: bool, row: P | None,
    version: int | None, key: str, at: datetime | None,
) -> P:  # fmt: skip
    at = at or timezone.now()
    noun = model._meta.model_name
    if post and not by.organisation.is_vouched:
        raise NotVouched
    claim = None
    if row is None and key:
        claim, new = once.remember(scope=f"exchange.save_{noun}:{by.pk}", key=key, content={**fields, "post": post})
        if not new:
            return model._default_manager.get(pk=int(claim.result))
    row = model(organisation=by.organisation, author=by, created_at=at) if row is None else _for_change(row, version)
    for name, value in fields.items():
        setattr(row, name, value)
    if post and row.state == "draft":
        row.state, row.opened_at = "open", at
    if row.state == "open" and _must_be_read(row, at):
        row.held_at = row.held_at or at
    row.save()
    if claim is not None:
        once.settle(claim, str(row.pk))
    verb = f"exchange.{'post' if post else 'save'}_{noun}"
    audit.record(who=by, for_whom=by.organisation, verb=verb, what=row, at=at)
    return row


def _for_change(row: P, version: int | None) -> P:
    current: P = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
    if version is not None and current.version != version:
        raise Stale(current)
    if current.state in ("matched", "closed"):
        raise NotDone("what is closed or matched stays as it was; a copy can be changed")
    current.version += 1
    return current


def _must_be_read(row: Need | Offer, at: datetime) -> bool:
    text = getattr(row, row.TEXT)
    others = type(row)._default_manager.filter(organisation=row.organisation_id, **{row.TEXT: text}).exclude(pk=row.pk)
    return must_be_read_first(
        vouched_at=row.organisation.vouched_at,
        now=at,
        texts=(row.title, text, row.topic, row.place, row.when_text, row.cost, row.access),
        same_before=others.exclude(state="draft").count(),
    )


def _copy(model: type[P], row: P, by: Representative, key: str) -> P:
    claim = None
    if key:
        claim, new = once.remember(scope=f"exchange.copy_{model._meta.model_name}:{by.pk}", key=key, content=row.pk)
        if not new:
            return model._default_manager.get(pk=int(claim.result))
    kept = {field.attname: getattr(row, field.attname) for field in model._meta.fields if field.name not in NOT_COPIED}
    kept |= {"organisation_id": by.organisation_id, "author_id": by.pk, "earliest": None, "latest": None}
    copy = model._default_manager.create(**kept)
    if claim is not None:
        once.settle(claim, str(copy.pk))
    audit.record(who=by, for_whom=by.organisation, verb=f"exchange.copy_{model._meta.model_name}", what=copy)
    return copy
