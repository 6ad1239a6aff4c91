"""What a slip says in its lower half: pairs of word and value."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phereclos.exchange.models import Need, Offer, Request
from phereclos.ui.templatetags.ui import day

register = template.Library()

_TONES = {
    Request.State.ACCEPTED: "pass",
    Request.State.DECLINED: "fail",
    Request.State.WITHDRAWN: "note",
    Request.State.EXPIRED: "unknown",
}


@register.filter
def facts(row: Need | Offer) -> list[tuple[str, str]]:
    """Who, for whom, when, where, cost; empty ones are left out by the slip."""
    languages = row.language if isinstance(row, Need) else row.languages
    return [
        (_("From"), str(row.organisation)),
        (_("For"), _for_whom(row)),
        (_("When"), days(row)),
        (_("Where"), _where(row)),
        (_("Language"), languages),
        (_("Cost"), row.cost),
    ]


@register.filter
def short_facts(row: Need | Offer) -> list[tuple[str, str]]:
    """The facts a board has room for."""
    return [pair for pair in facts(row) if pair[0] not in {_("Language"), _("Where")}]


@register.filter
def days(row: Need | Offer) -> str:
    """The window of days and what was added in words."""
    if row.earliest and row.latest:
        window = _("%(first)s to %(last)s") % {"first": day(row.earliest), "last": day(row.latest)}
    elif row.earliest:
        window = _("from %(first)s") % {"first": day(row.earliest)}
    elif row.latest:
        window = _("until %(last)s") % {"last": day(row.latest)}
    else:
        window = ""
    length = getattr(row, "minutes", None)
    minutes = ngettext("%(n)s minute", "%(n)s minutes", length) % {"n": length} if length else ""
    return "; ".join(part for part in (window, row.when_text, minutes) if part)


@register.filter
def recorded(at: datetime) -> str:
    """When something was recorded, with the site's zone; hours people agree on are those of the place, without one."""
    return f"{day(at, 'time')} {timezone.localtime(at).tzname()}"


@register.filter
def tone(request: Request) -> str:
    """The state's tone for `{% state %}`: waiting unless it has ended."""
    return _TONES.get(Request.State(request.state), "wait")


def _for_whom(row: Need | Offer) -> str:
    if row.ages_from is None or not row.group_size:
        return ""
    words = {"low": row.ages_from, "high": row.ages_until, "n": row.group_size}
    if isinstance(row, Need):
        return _("%(n)s children, ages %(low)s to %(high)s") % words
    return _("ages %(low)s to %(high)s, up to %(n)s children") % words


def _where(row: Need | Offer) -> str:
    choice = str(row.get_place_choice_display())
    return f"{choice}: {row.place}" if row.place else choice
