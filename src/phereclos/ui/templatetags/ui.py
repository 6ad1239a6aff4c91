"""The components as template tags: `{% load ui %}`. What each looks like and takes: `ui/README.md`, shown at /ui/.

A tag here only prepares values; its markup is `templates/ui/components/<name>.html`, its look
`static/ui/components/<name>.css`. Tags that hold something have an end tag: `{% notice "pass" "Answer sent" %}…{%
endnotice %}`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from phereclos.ui.certificate import Certificate
from phereclos.ui.drawings import Member, Sounding, hull, network, soundings
from phereclos.ui.drawings.kinds import drawn_kind
from phereclos.ui.drawings.soundings import unplaced
from phereclos.ui.sheet import sheet

register = template.Library()

SETTINGS = {"formal": _("formal"), "non_formal": _("non-formal"), "informal": _("informal")}
STRENGTHS = (_("Counted"), _("Told"), _("Compared"), _("Drawn by lot"))
STRENGTHS_EXPLAINED = (
    _("People, places, money"),
    _("Those who took part say so"),
    _("Before and after, or with others"),
    _("Chance decided who took part"),
)
FINDINGS = {
    "gain": _("a gain"),
    "none": _("looked for, not found"),
    "mixed": _("some of both"),
    "worse": _("worse than without"),
    "count": _("counted; says nothing about effect"),
}
OUTCOMES = {"pass": _("Passed"), "fail": _("Failed"), "unknown": _("Could not be checked")}

_TONE_OF_LEVEL = {constants.SUCCESS: "pass", constants.WARNING: "unknown", constants.ERROR: "fail"}


def _component(component: str, /, **context: Any) -> SafeString:
    return render_to_string(f"ui/components/{component}.html", context)


def _known(value: str, allowed: Iterable[str], what: str) -> str:
    """The value, if the language has it; a typing error in a template must not pass as an unstyled page."""
    if value not in allowed:
        raise template.TemplateSyntaxError(f"Unknown {what} {value!r}: use one of {', '.join(allowed)}.")
    return value


# The page


@register.simple_tag
def stylesheet() -> str:
    """The address of the one sheet, with its fingerprint."""
    return reverse("ui:stylesheet", args=[sheet().fingerprint])


@register.simple_tag
def place(section: str | None, name: str, address: str, label: str) -> SafeString:
    """One entry of the main navigation, marked when the page's `section` is its name."""
    return _component("place", address=address, label=label, current=section == name)


@register.inclusion_tag("ui/components/crumbs.html")
def crumbs(*parts: str) -> dict[str, Any]:
    """`{% crumbs "Clusters" "/clusters/" cluster.name %}`: label and address by turns, the page itself last."""
    return {"above": list(zip(parts[:-1:2], parts[1::2], strict=True)), "here": parts[-1]}


@register.inclusion_tag("ui/components/pages.html", takes_context=True)
def pages(context: template.Context, page: Page, parameter: str = "page") -> dict[str, Any]:
    """Where you are among the pages, in words; keeps the rest of the query."""
    query = context["request"].GET.copy() if "request" in context else None
    if query is not None:
        query.pop(parameter, None)
    kept = f"{query.urlencode()}&" if query else ""
    paginator = page.paginator
    shown = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "shown": shown, "gap": paginator.ELLIPSIS, "address": f"?{kept}{parameter}="}


# The waterline and what hangs on it


@register.simple_block_tag
def below(content: str, title: str = "", key: str = "below", flow: bool = True) -> SafeString:
    """Below the line: what the page rests on. Without a title it may hold several strakes."""
    return _component("below", content=content, title=title, key=key, flow=flow)


@register.simple_block_tag
def ashore(content: str, title: str = "", key: str = "ashore") -> SafeString:
    """Firm ground at the end of a page: a person or a way in waits here."""
    return _component("ashore", content=content, title=title, key=key)


@register.simple_block_tag
def strake(content: str, title: str, aside: str = "", key: str = "", variant: str = "") -> SafeString:
    """A section with its head in the margin. Variants: first, close, tight, wide, end (several by a space)."""
    return _component("strake", content=content, title=title, aside=aside, key=key, variants=variant.split())


# Slips


@register.simple_block_tag
def slip(
    content: str,
    kind: str,
    title: str,
    href: str = "",
    note: str = "",
    setting: str = "",
    meta: Sequence[tuple[str, Any]] = (),
    level: int = 3,
) -> SafeString:
    """What people hand to each other. `kind`: need, offer, answer, activity, badge. `meta`: pairs of word and value."""
    kinds = {
        "need": _("Need"),
        "offer": _("Offer"),
        "answer": _("Answer"),
        "activity": _("Activity"),
        "badge": _("Badge"),
    }
    _known(kind, kinds, "kind of slip")
    return _component(
        "slip",
        content=content,
        kind=kind,
        kind_name=kinds[kind],
        title=title,
        href=href,
        note=note,
        setting=setting,
        meta=meta,
        level=level,
    )


# Properties, states, signs


@register.simple_tag
def sign(name: str) -> SafeString:
    """The small drawing before a word; silent for screen readers."""
    return _component("sign", name=_known(name, ("pass", "fail", "unknown", "wait", "note", "gone"), "sign"))


@register.simple_tag
def tag(label: str) -> SafeString:
    """A property."""
    return _component("tag", label=label, line="")


@register.simple_tag
def setting_tag(setting: str) -> SafeString:
    """A setting, told by its line as on the badge's ring: formal, non_formal, informal."""
    return _component("tag", label=SETTINGS[_known(setting, SETTINGS, "setting")], line=setting.replace("_", ""))


@register.simple_tag
def state(tone: str, label: str) -> SafeString:
    """How far something is: pass, fail, unknown, wait, note; always with its word."""
    return _component("state", tone=_known(tone, ("pass", "fail", "unknown", "wait", "note"), "state"), label=label)


# Evidence


@register.simple_tag
def draught(strength: int) -> SafeString:
    """How deep the evidence lies, 0 counted to 3 drawn by lot: small form for lists."""
    return _component("draught", strength=strength, label=STRENGTHS[strength])


@register.simple_block_tag
def depth(content: str, strength: int, level: int = 3) -> SafeString:
    """One of the four depths; left empty it says so, for a depth without a finding stays visible."""
    return _component(
        "depth",
        content=mark_safe(content.strip()),
        strength=strength,
        label=STRENGTHS[strength],
        explained=STRENGTHS_EXPLAINED[strength],
        level=level,
    )


@register.simple_block_tag
def finding(content: str, sign: str, title: str, source: str = "", level: int = 4) -> SafeString:
    """What was found: gain, none, mixed, worse, count. `source`: year and source, may hold a link."""
    found = FINDINGS[_known(sign, FINDINGS, "finding")]
    return _component("finding", content=content, sign=sign, found=found, title=title, source=source, level=level)


@register.inclusion_tag("ui/components/finding_legend.html")
def finding_legend(*signs: str) -> dict[str, Any]:
    """What the signs of the findings mean; all of them, or those named."""
    return {"findings": [(name, FINDINGS[name]) for name in signs or FINDINGS]}


# Figures


@register.simple_block_tag
def fact(content: str, label: str, number: Any, of: Any = "") -> SafeString:
    """A figure and, as its content, what it rests on; without that it is not a fact. Stands in `<dl class="facts">`."""
    if not content.strip():
        raise template.TemplateSyntaxError(f"The fact {label!r} does not say what it rests on.")
    return _component("fact", content=content, label=label, number=number, of=of)


# Telling and asking


@register.simple_block_tag
def notice(content: str, tone: str = "", title: str = "", level: int = 2, alert: bool = False) -> SafeString:
    """Something to know before going on: pass, fail, unknown, note, or "" for plain information."""
    _known(tone, ("", "pass", "fail", "unknown", "note"), "tone")
    return _component("notice", content=content, tone=tone, title=title, level=level, alert=alert)


@register.simple_tag
def message_notice(message: Message) -> SafeString:
    """One of Django's messages as a notice."""
    return _component("message", message=message, tone=_TONE_OF_LEVEL.get(message.level, ""))


@register.simple_block_tag
def empty(content: str, title: str, level: int = 3) -> SafeString:
    """A place with nothing in it yet: why, and what to do next."""
    return _component("empty", content=content, title=title, level=level)


@register.simple_block_tag
def voice(content: str, who: str, note: bool = False) -> SafeString:
    """A person's own words. `note`: an editor's remark in the margin."""
    return _component("voice", content=content, who=who, note=note)


@register.simple_block_tag
def dialog(content: str, title: str, key: str, level: int = 2, inflow: bool = True) -> SafeString:
    """Before what cannot be undone. `inflow`: a part of the page, which needs no script."""
    return _component("dialog", content=content, title=title, key=key, level=level, inflow=inflow)


@register.inclusion_tag("ui/components/progress.html")
def progress(key: str, doing: str, done: int, total: int, unit: str = "") -> dict[str, Any]:
    """Of a machine's work, never of a child."""
    return {"key": key, "doing": doing, "done": done, "total": total, "unit": unit}


@register.simple_block_tag
def answer(
    content: str, name: str, value: str, title: str, note: str = "", key: str = "", checked: bool = False
) -> SafeString:
    """The large choice: one of the ways to answer; its content opens beneath it, without script."""
    return _component(
        "answer",
        content=mark_safe(content.strip()),
        name=name,
        value=value,
        title=title,
        note=note,
        key=key or f"{name}-{value}",
        checked=checked,
    )


# What happens


@register.inclusion_tag("ui/components/steps.html")
def steps(steps: Sequence[tuple[str, str, str]], row: bool = False) -> dict[str, Any]:
    """What happens next, in order: (title, who and by when, "done" | "now" | "")."""
    return {"steps": steps, "row": row}


@register.simple_block_tag
def moment(content: str, when: date, title: str, note: str = "", planned: bool = False, level: int = 3) -> SafeString:
    """One entry of `<ol class="timeline">`; a day of another year says which."""
    form = "short" if when.year == timezone.localdate().year else ""
    return _component(
        "moment", content=content, when=when, form=form, title=title, note=note, planned=planned, level=level
    )


@register.inclusion_tag("ui/components/today.html")
def today(now: date | None = None) -> dict[str, Any]:
    """The line between what was and what is planned."""
    return {"now": now or timezone.localdate()}


@register.inclusion_tag("ui/components/lanes.html")
def lanes(caption: str, lanes: Sequence[tuple[str, str, str, str]]) -> dict[str, Any]:
    """Who does what: (organisation, before, during, after)."""
    return {"caption": caption, "lanes": lanes}


@register.simple_block_tag
def task(content: str, title: str, since: str = "", level: int = 2) -> SafeString:
    """One thing that waits for one person. Its buttons stand in a `<div class="row">` at the end of the content."""
    return _component("task", content=content, title=title, since=since, level=level)


@register.inclusion_tag("ui/components/doors.html")
def doors(doors: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Ways in: (title, address, what you come to do and leave with)."""
    return {"doors": doors}


# Badges and checks


@register.inclusion_tag("ui/components/badge.html")
def badge(src: str, alt: str, name: str = "", note: str = "", size: str = "m", href: str = "") -> dict[str, Any]:
    """The artwork beside its name. Sizes: s 64, m 120, card 176, l 300 pixels."""
    sizes = {"s": 64, "m": 120, "card": 176, "l": 300}
    _known(size, sizes, "size of badge")
    return {"src": src, "alt": alt, "name": name, "note": note, "size": size, "pixels": sizes[size], "href": href}


@register.simple_block_tag
def check(content: str, outcome: str, question: str, level: int = 3) -> SafeString:
    """One line of `<ol class="checks">`: pass, fail, unknown."""
    answer = OUTCOMES[_known(outcome, OUTCOMES, "outcome")]
    return _component("check", content=content, outcome=outcome, answer=answer, question=question, level=level)


@register.inclusion_tag("ui/components/tally.html")
def tally(passed: int, failed: int, unknown: int) -> dict[str, int]:
    """How many checks ended how."""
    return {"passed": passed, "failed": failed, "unknown": unknown}


@register.inclusion_tag("ui/components/certificate.html")
def certificate(sheet: Certificate, level: int = 1) -> dict[str, Any]:
    """The one sheet for the wall."""
    return {"sheet": sheet, "level": level, "lower": level + 1}


# Finding


@register.inclusion_tag("ui/components/facet.html")
def facet(legend: str, name: str, choices: Sequence[tuple[str, str, int, bool]]) -> dict[str, Any]:
    """One way to narrow a search: (value, label, how many it would leave, chosen)."""
    return {"legend": legend, "name": name, "choices": choices}


@register.inclusion_tag("ui/components/chosen.html")
def chosen(choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What the search is narrowed to: (label, address without it)."""
    return {"choices": choices}


@register.simple_block_tag
def result(
    content: str, title: str, href: str, where: str = "", strength: int | None = None, note: str = "", level: int = 3
) -> SafeString:
    """One line of `<ol class="results">`: title, where, a sentence, and how deep its evidence lies."""
    return _component(
        "result", content=content, title=title, href=href, where=where, strength=strength, note=note, level=level
    )


# Members


@register.inclusion_tag("ui/components/kind.html")
def kind(kind: str, number: int | str = "", gone: bool = False) -> dict[str, Any]:
    """The shape of a kind of organisation, with its number in the order of joining."""
    return {"shape": drawn_kind(kind, number, gone=gone)}


@register.inclusion_tag("ui/components/members.html")
def members(members: Sequence[Any]) -> dict[str, Any]:
    """Who is on board: `phereclos.ui.drawings.Member`s in the order of joining, numbered like the drawings."""
    return {"members": list(enumerate(members, start=1))}


# Forms


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: Any, kept: str | None = None) -> dict[str, Any]:
    """What to mend, each with a link to its field; nothing when there is nothing to mend.

    `kept` says what became of the input where nothing is ever saved, or a file has to be chosen again.
    """
    wrong = [field for field in form if field.errors] if form.is_bound else []
    return {
        "form": form,
        "kept": kept,
        "wrong": [(field.first_id, _lead(str(field.label)), field.errors[0]) for field in wrong],
    }


def _lead(label: str) -> str:
    """The label before what is wrong with it: a question leads by itself, a name needs a colon."""
    return label if label.endswith(("?", "!", ".", ":")) else f"{label}:"


# Days


@register.filter
def day(value: date | datetime | None, form: str = "") -> str:
    """`18 Nov 2026`; with `:"short"` 18 Nov, `:"week"` Wed 18 Nov, `:"long"` Wednesday 18 November 2026.

    With the hour, in the site's time zone: `:"time"` 18 Nov 2026, 14:02 and `:"weektime"` Wed 18 Nov, 14:02.
    """
    if not value:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    shapes = {
        "": "j M Y",
        "short": "j M",
        "week": "D j M",
        "long": "l j F Y",
        "time": "j M Y, H:i",
        "weektime": "D j M, H:i",
    }
    return formats.date_format(value, shapes[_known(form, shapes, "shape of a day")])


@register.inclusion_tag("ui/components/when.html")
def when(value: date | datetime, form: str = "") -> dict[str, Any]:
    """A day that programs can read too."""
    return {"value": value, "text": day(value, form), "iso": value.isoformat()}


# Drawings


@register.simple_tag
def hull_figure(
    members: Sequence[Member], key: str, title: str, charter: str = "", caption: str = "", sea: bool = False
) -> SafeString:
    """The cluster as a hull; `sea`: full width, standing in the water of the `.below--hull` that follows."""
    drawing = hull(members, key=key, title=title, charter=charter)
    return _component("hull", drawing=drawing, caption=caption, sea=sea)


@register.simple_tag
def network_figure(
    members: Sequence[Member], ties: Iterable[tuple[int, int, int]], key: str, title: str, caption: str = ""
) -> SafeString:
    """Who did something with whom: ties are (number of one, number of the other, joint activities)."""
    drawing = network(members, ties, key=key, title=title)
    return _component("network", drawing=drawing, caption=caption, large=len(members) > 14)


@register.simple_tag
def soundings_figure(counted: Sequence[Sounding], key: str, title: str, caption: str = "") -> SafeString:
    """How many in which country, as depths on a chart."""
    return _component(
        "soundings", drawing=soundings(counted, key=key, title=title), caption=caption, rest=unplaced(counted)
    )
