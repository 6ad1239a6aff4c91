"""The network: who did something with whom. Shape is the kind of organisation, width the number of joint activities.

The layout is our own and always the same for the same records: organisations start on a circle in the order of
joining, push each other away and are drawn together by what they did, a fixed number of rounds (after Fruchterman and
Reingold, 1991). Numbers stand in the picture, names in the list of members. It is never a ranking."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phereclos.ui.drawings.kinds import drawn_kind
from phereclos.ui.drawings.members import Member

ROUNDS = 160
EDGE = 28  # half a shape and a breath
APART = 46  # two shapes never touch

Tie = tuple[int, int, int]  # number of one member, of the other, joint activities
Place = tuple[float, float]


def network(
    members: Sequence[Member], ties: Iterable[Tie], *, key: str, title: str, description: str = ""
) -> SafeString:
    """The drawing as an SVG. Members are numbered from 1 in the order given; a tie names two numbers and how often."""
    lines = _merged(ties, len(members))
    width, height, places = layout(len(members), lines)
    drawn = [
        '<line x1="{:.0f}" y1="{:.0f}" x2="{:.0f}" y2="{:.0f}" stroke-width="{:.1f}"/>'.format(
            *places[a - 1], *places[b - 1], _line_width(times)
        )
        for a, b, times in lines
    ]
    shapes = [
        f'<g transform="translate({x:.0f} {y:.0f})">{drawn_kind(member.kind, number, gone=bool(member.left))}</g>'
        for number, (member, (x, y)) in enumerate(zip(members, places, strict=True), start=1)
    ]
    key, text = escape(key), escape(description or _description(members, lines))
    return mark_safe(
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{text}</desc>'
        f'<g aria-hidden="true">{"".join(drawn)}{"".join(shapes)}</g></svg>'
    )


@lru_cache(maxsize=256)
def layout(count: int, ties: tuple[Tie, ...]) -> tuple[int, int, tuple[Place, ...]]:
    """Width and height, and where each member stands. About a tenth of a second for 40 members, so answers are kept."""
    width, height = _canvas(count)
    centre = complex(width / 2, height / 2)
    radius = min(width, height) * 0.36
    places = [
        centre + radius * complex(math.sin(a), -math.cos(a))
        for a in (2 * math.pi * k / max(count, 1) for k in range(count))
    ]
    ideal = 0.75 * math.sqrt(width * height / max(count, 1))
    for round_ in range(ROUNDS):
        moves = [(centre - place) * 0.02 * ideal for place in places]
        for i in range(count):
            for j in range(i):
                gap = places[i] - places[j]
                distance = abs(gap) or 0.1
                push = gap / distance * (ideal * ideal / distance)
                moves[i] += push
                moves[j] -= push
        for a, b, times in ties:
            gap = places[a - 1] - places[b - 1]
            pull = gap * abs(gap) / ideal * min(1.0, 0.5 + times / 10)
            moves[a - 1] -= pull
            moves[b - 1] += pull
        step = 0.12 * width * (1 - round_ / ROUNDS) + 0.5
        places = [
            _inside(place + move / (abs(move) or 1) * min(abs(move), step), width, height)
            for place, move in zip(places, moves, strict=True)
        ]
    places = _apart(_filling(places, width, height), width, height)
    low = max((place.imag for place in places), default=EDGE)
    return width, round(low) + EDGE, tuple((place.real, place.imag) for place in places)


def _filling(places: list[complex], width: int, height: int) -> list[complex]:
    """Stretched to the width, by at most a half, and set to the upper edge."""
    if len(places) < 2:
        return [complex(EDGE, EDGE) for _place in places]
    left, right = min(place.real for place in places), max(place.real for place in places)
    high, low = min(place.imag for place in places), max(place.imag for place in places)
    wide = min((width - 2 * EDGE) / max(right - left, 1), 1.5)
    tall = min((height - 2 * EDGE) / max(low - high, 1), 1.5)
    return [complex(EDGE + (place.real - left) * wide, EDGE + (place.imag - high) * tall) for place in places]


def _apart(places: list[complex], width: int, height: int) -> list[complex]:
    """Push those apart that still overlap."""
    for _round in range(40):
        for i in range(len(places)):
            for j in range(i):
                gap = places[i] - places[j]
                if abs(gap) < APART:
                    half = (gap / abs(gap) if gap else 1) * (APART - abs(gap)) / 2
                    places[i] = _inside(places[i] + half, width, height)
                    places[j] = _inside(places[j] - half, width, height)
    return places


def _inside(place: complex, width: int, height: int) -> complex:
    return complex(min(max(place.real, EDGE), width - EDGE), min(max(place.imag, EDGE), height - EDGE))


def _canvas(count: int) -> tuple[int, int]:
    """Wide enough for everybody: 480 by 424 up to 14 members, then growing with their number."""
    scale = max(1.0, math.sqrt(count / 14))
    return round(480 * scale), round(424 * scale)


def _merged(ties: Iterable[Tie], count: int) -> tuple[Tie, ...]:
    """One line for each pair, whichever way round and however often it was given."""
    times: dict[tuple[int, int], int] = {}
    for a, b, often in ties:
        if not (1 <= a <= count and 1 <= b <= count):
            raise ValueError(f"A tie between {a} and {b}, but there are {count} members.")
        if a != b and often > 0:
            pair = (min(a, b), max(a, b))
            times[pair] = times.get(pair, 0) + often
    return tuple((a, b, often) for (a, b), often in sorted(times.items()))


def _line_width(times: int) -> float:
    return min(1.5 + 1.35 * times, 14)


def _description(members: Sequence[Member], lines: Sequence[Tie]) -> str:
    if not lines:
        return _("No two organisations have done something together yet.")
    told = ngettext(
        "One pair of organisations did something together.",
        "%(count)d pairs of organisations did something together.",
        len(lines),
    )
    a, b, times = max(lines, key=lambda line: (line[2], -line[0], -line[1]))
    widest = _("The widest line joins %(one)s and %(other)s: %(times)d.")
    names = {"one": members[a - 1].name, "other": members[b - 1].name, "times": times}
    return f"{told % {'count': len(lines)}} {widest % names}"
