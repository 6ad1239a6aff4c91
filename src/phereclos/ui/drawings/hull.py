"""The hull: a cluster drawn from its register. One plank is one organisation, the keel is the charter.

Two edges are given, the sheer above and the keel below. Strake i of n lies between the curves at depth i/n and
(i+1)/n, whose ends and control points move from sheer to keel. The oldest member lies lowest, for a hull is built
from the keel up; a member that left stays as an empty plank; what is not yet built is a broken line. Up to 14 planks
carry a name, more carry the number under which the list of members beside the drawing has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils import formats
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phereclos.ui.drawings import curves
from phereclos.ui.drawings.curves import Cubic
from phereclos.ui.drawings.members import Member

WIDTH, HEIGHT, LEVEL = 1200, 430, 262
MOST_NAMES = 14  # more planks than this are too low for a name
LEAST_STRAKES = 4  # a younger cluster shows how much is still open
MOST_STRAKES = 8


@dataclass(frozen=True)
class Plank:
    number: int
    member: Member


Strake = list[Plank]


def planked(members: Sequence[Member]) -> list[Strake]:
    """The planks from the keel up, oldest first: one on a strake up to 6, two up to 14, then as many as eight need."""
    planks = [Plank(number, member) for number, member in enumerate(members, start=1)]
    if len(planks) <= 6:
        each = 1
    elif len(planks) <= MOST_NAMES:
        each = 2
    else:
        each = -(-len(planks) // MOST_STRAKES)
    return [planks[i : i + each] for i in range(0, len(planks), each)]


def hull(
    members: Sequence[Member],
    *,
    key: str,
    title: str,
    description: str = "",
    charter: str = "",
) -> SafeString:
    """The drawing as an SVG with a title and a description of its own.

    `members` in the order of joining; `key` makes the ids unique on a page; `charter` is written on the keel.
    """
    strakes = planked(members)
    count = max(len(strakes), LEAST_STRAKES)
    named = len(members) <= MOST_NAMES
    key = escape(key)
    planks, lines, names = [], [], []
    for i, strake in enumerate(strakes):
        top, middle, low = (_curve(1 - (i + part) / count) for part in (1, 0.5, 0))
        for j, (start, end) in enumerate(_cuts(len(strake), i)):
            plank = strake[j]
            planks.append(
                _plank(plank, curves.piece(top, start, end), curves.piece(low, start, end), wood=i + i // 2 + 2 * j)
            )
            names.append(
                _name(plank, curves.piece(middle, start, end), f"{key}-{plank.number}")
                if named
                else _number(plank, middle, start, end)
            )
            if start:
                lines.append(_joint(top, low, start))
        lines.append(f'<path class="hull__lap" d="{curves.forth(top)}"/>')
        if named:
            lines += [_rivet(middle, u) for u in (0.035, 0.055, 0.945, 0.965)]
    lines += [
        f'<path class="hull__open" d="{curves.forth(_curve(1 - i / count))}"/>' for i in range(len(strakes) + 1, count)
    ]
    if not strakes:
        lines += [_frame(u) for u in (0.1, 0.26, 0.42, 0.58, 0.74, 0.9)]
    outline = _outline()
    if len(strakes) < count:
        lines.append(f'<path class="hull__open hull__open--edge" d="{outline}"/>')
    if strakes:
        lines.append(f'<path class="hull__edge" d="{_outline(1 - len(strakes) / count)}"/>')
    text = escape(description or _description(members))
    return mark_safe(
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{text}</desc>'
        f'<clipPath id="{key}-c"><path d="{outline}"/></clipPath>'
        f'<path class="hull__line" d="M-2000 {LEVEL}H{WIDTH + 2000}"/>{_stations()}{"".join(planks)}'
        f'<g clip-path="url(#{key}-c)">'
        f'<rect class="hull__water" y="{LEVEL}" width="{WIDTH}" height="{HEIGHT - LEVEL}"/></g>'
        f"{''.join(lines)}{_keel(charter, key)}"
        f'<g aria-hidden="true">{"".join(names)}</g></svg>'
    )


def _curve(depth: float) -> Cubic:
    """The cubic at a depth from 0, the sheer, to 1, the keel."""
    return (
        curves.quadratic((58, 92), (78, 260), (205, 362), depth),
        curves.mix((330, 190), (400, 382), depth),
        curves.mix((820, 196), (700, 384), depth),
        curves.quadratic((1150, 52), (1085, 250), (905, 372), depth),
    )


def _outline(depth: float = 0) -> str:
    """Around everything between a depth and the keel."""
    keel = _curve(1)
    sides = [_curve(depth + (1 - depth) * k / 8) for k in range(1, 8)]
    stem = "".join(f"L{curves.text(side[3])}" for side in sides)
    stern = "".join(f"L{curves.text(side[0])}" for side in reversed(sides))
    return f"{curves.forth(_curve(depth))}{stem}{curves.back(keel)}{stern}Z"


def _cuts(planks: int, strake: int) -> list[tuple[float, float]]:
    """Where a strake is joined: joints stand staggered, as a shipwright sets them."""
    shift = (0.055 if strake % 2 else -0.06) * 2 / max(planks, 2)
    joints = [0.0, *(k / planks + shift for k in range(1, planks)), 1.0]
    return list(pairwise(joints))


def _plank(plank: Plank, top: Cubic, low: Cubic, *, wood: int) -> str:
    look = "hull__gone" if plank.member.left else f"hull__p{wood % 3 + 1}"
    return f'<path class="{look}" d="{curves.forth(top)}{curves.back(low)}Z"/>'


def _name(plank: Plank, along: Cubic, ref: str) -> str:
    """The name on its plank, smaller or shortened where it would run over the end."""
    name, look = plank.member.label, "hull__name"
    if plank.member.left:
        month = formats.date_format(plank.member.left, "F Y")
        name, look = _("left in %(month)s") % {"month": month}, f"{look} hull__name--gone"
    room = curves.length(along) - 90
    if len(name) * 9.7 > room:
        look, most = f"{look} hull__name--small", int(room / 8.2)
        name = name if len(name) <= most else f"{name[: most - 1].rstrip(' ,.-')}…"
    return (
        f'<path id="{ref}" d="{curves.forth(along)}" fill="none"/><text class="{look}" dy="6.5" text-anchor="middle">'
        f'<textPath href="#{ref}" startOffset="50%">{escape(name)}</textPath></text>'
    )


def _number(plank: Plank, along: Cubic, start: float, end: float) -> str:
    x, y = curves.at(along, (start + end) / 2)
    gone = " hull__number--gone" if plank.member.left else ""
    return f'<text class="hull__number{gone}" x="{x:.1f}" y="{y + 6:.1f}" text-anchor="middle">{plank.number}</text>'


def _joint(top: Cubic, low: Cubic, u: float) -> str:
    return f'<path class="hull__joint" d="M{curves.text(curves.at(top, u))}L{curves.text(curves.at(low, u))}"/>'


def _rivet(along: Cubic, u: float) -> str:
    x, y = curves.at(along, u)
    return f'<circle class="hull__rivet" cx="{x:.1f}" cy="{y:.1f}" r="1.8"/>'


def _frame(u: float) -> str:
    """A rib of a hull that has no planks yet."""
    points = [curves.at(_curve(depth / 6), u) for depth in range(7)]
    return f'<path class="hull__open" d="M{"L".join(curves.text(point) for point in points)}"/>'


def _stations() -> str:
    """The frames of the drawing, without numbers: the only numbers in it are those of the members."""
    verticals = "".join(f'<path class="hull__grid" d="M{x} 24V{HEIGHT - 26}"/>' for x in range(120, 1160, 104))
    levels = "".join(f"M20 {y}H{WIDTH - 20}" for y in (150, 206, 318, 374))
    return f'<g aria-hidden="true">{verticals}<path class="hull__grid" d="{levels}"/></g>'


def _keel(charter: str, key: str) -> str:
    """The keel; broken while no charter has been signed."""
    keel = _curve(1)
    look = "hull__keel" if charter else "hull__keel hull__keel--open"
    beam = f'<path class="{look}" d="{curves.forth(curves.moved_down(keel, 9))}"/>'
    if not charter:
        return beam
    return (
        f'{beam}<path id="{key}-k" d="{curves.forth(curves.moved_down(keel, 14))}" fill="none"/>'
        f'<text class="hull__keeltext" text-anchor="middle" aria-hidden="true">'
        f'<textPath href="#{key}-k" startOffset="50%">{escape(charter)}</textPath></text>'
    )


def _description(members: Sequence[Member]) -> str:
    if not members:
        return _("The keel is laid. No organisation has joined yet.")
    told = ngettext(
        "One plank for the one organisation.",
        "%(count)d planks, one for each organisation, the oldest at the bottom.",
        len(members),
    ) % {"count": len(members)}
    gone = [member.name for member in members if member.left]
    return " ".join(
        [told, *([_("Empty planks, because they left: %(names)s.") % {"names": ", ".join(gone)}] if gone else [])]
    )
