"""What the lanes of a new activity begin with, from need, offer and answer. A start to change, not a rule. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from django.utils.translation import gettext as _

from phereclos.exchange.models import Need, Offer

Steps: TypeAlias = Mapping[str, list[str]]


def of_the_asking_side(need: Need) -> Steps:
    before = [_("The group collects what it wants to know: “%(title)s”") % {"title": need.title}]
    if need.access:
        before.append(_("Tell the partner what the group needs: %(access)s") % {"access": _short(need.access)})
    before.append(_("Say how many children and adults come (now %(n)s children)") % {"n": need.group_size})
    return {
        "before": before,
        "during": [_("A teacher stays with the group the whole time")],
        "after": [_("Confirm the head count"), _("Go on with what was found out; tell the partner")],
    }


def of_the_answering_side(need: Need, offer: Offer | None) -> Steps:
    doing = _("“%(title)s”") % {"title": offer.title} if offer else _("Work on the question together with the children")
    return {
        "before": [_("Make ready: room, material and time for %(n)s children") % {"n": need.group_size}],
        "during": [doing],
        "after": [_("Confirm the head count")],
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"
