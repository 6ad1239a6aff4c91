"""The soundings: how many cases a country has, written at its place as a sea chart writes depths.

Two charts, one above the other: Europe, where numbers stand close, and the world, on which Europe is a frame with its
sum. Each is a plain graticule of degrees without a coastline, so that no map has to be asked for. Numbers that would
cover each other move apart by a few degrees. A country without a place here, or no country at all, is named in the
description and by `unplaced`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from phereclos.ui.drawings.places import PLACES

WIDTH = 480
LABEL = (40, 42)  # a number with its code, as large as it gets on a phone
SEAM = 14  # between the two charts


@dataclass(frozen=True)
class Sounding:
    """A country by ISO 3166 code and name, and how many were counted there."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class Chart:
    """A part of the world between two meridians and two parallels, drawn `height` units high from `top`."""

    west: float
    east: float
    south: float
    north: float
    height: int
    top: int = 0
    degrees: int = 10

    def at(self, east: float, north: float) -> tuple[float, float]:
        x = (east - self.west) / (self.east - self.west) * WIDTH
        y = (self.north - north) / (self.north - self.south) * self.height + self.top
        return x, y

    def holds(self, code: str) -> bool:
        east, north = PLACES[code]
        return self.west < east < self.east and self.south < north < self.north


EUROPE = Chart(west=-12, east=34, south=34, north=66, height=420)
WORLD = Chart(west=-180, east=180, south=-52, north=76, height=270, degrees=30)


def unplaced(counted: Sequence[Sounding]) -> list[Sounding]:
    """Those that have no place on a chart: for the caption, so that the sum is whole."""
    return [one for one in counted if one.count and one.code not in PLACES]


def soundings(counted: Sequence[Sounding], *, key: str, title: str) -> SafeString:
    """The drawing as an SVG whose description names every country with its number, largest first."""
    counted = sorted((one for one in counted if one.count), key=lambda one: (-one.count, one.name))
    placed = [one for one in counted if one.code in PLACES]
    near = [one for one in placed if EUROPE.holds(one.code)]
    far = [one for one in placed if not EUROPE.holds(one.code)]
    charts, height = [], 0
    if near or not far:
        charts.append(_chart(EUROPE, near))
        height = EUROPE.height
    if far:
        top = height + SEAM if height else 0
        world = replace(WORLD, top=top)
        charts.append(_chart(world, far, europe=sum(one.count for one in near)))
        height = top + world.height
    key = escape(key)
    told = ", ".join(f"{one.name} {one.count}" for one in counted) or _("None anywhere yet.")
    return mark_safe(
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(told)}</desc>'
        f'<g aria-hidden="true">{"".join(charts)}</g></svg>'
    )


def _chart(chart: Chart, counted: Sequence[Sounding], *, europe: int = 0) -> str:
    wanted = [chart.at(*PLACES[one.code]) for one in counted]
    if europe:
        left, high = chart.at(EUROPE.west, EUROPE.north)
        right, low = chart.at(EUROPE.east, EUROPE.south)
        middle = ((left + right) / 2, (high + low) / 2)
        places = _spread([*wanted, middle], chart, fixed=len(wanted))[:-1]
        inset = (
            f'<path class="soundings__frame" d="M{left:.0f} {high:.0f}H{right:.0f}V{low:.0f}H{left:.0f}Z"/>'
            f"{_label(*middle, europe, escape(_('Europe')))}"
        )
    else:
        places, inset = _spread(wanted, chart), ""
    numbers = "".join(_label(x, y, one.count, escape(one.code)) for one, (x, y) in zip(counted, places, strict=True))
    return f"{_graticule(chart)}{inset}{numbers}"


def _label(x: float, y: float, count: int, word: str) -> str:
    size = "soundings__n" if count > 1 else "soundings__n soundings__n--one"
    return (
        f'<text class="{size}" x="{x:.0f}" y="{y + 4:.0f}">{count}</text>'
        f'<text class="soundings__c" x="{x:.0f}" y="{y + 18:.0f}">{word}</text>'
    )


def _spread(wanted: Sequence[tuple[float, float]], chart: Chart, *, fixed: int = -1) -> list[tuple[float, float]]:
    """Move labels off each other and into the chart, each as little as it takes. The one at index `fixed` stays."""
    places = list(wanted)
    half_width, half_height = LABEL[0] / 2, LABEL[1] / 2
    for _round in range(60):
        for i in range(len(places)):
            for j in range(i):
                dx, dy = places[i][0] - places[j][0], places[i][1] - places[j][1]
                over_x, over_y = LABEL[0] - abs(dx), LABEL[1] - abs(dy)
                if over_x <= 0 or over_y <= 0:
                    continue
                x, y = (
                    (over_x / 2 * (1 if dx >= 0 else -1), 0.0)
                    if over_x < over_y
                    else (0.0, over_y / 2 * (1 if dy >= 0 else -1))
                )
                if i != fixed:
                    places[i] = (places[i][0] + x, places[i][1] + y)
                if j != fixed:
                    places[j] = (places[j][0] - x, places[j][1] - y)
        places = [
            (
                min(max(x, half_width), WIDTH - half_width),
                min(max(y, chart.top + half_height), chart.top + chart.height - half_height),
            )
            for x, y in places
        ]
    return places


def _graticule(chart: Chart) -> str:
    lines, words = [], []
    bottom = chart.top + chart.height
    for east in _between(chart.west, chart.east, chart.degrees):
        x, _y = chart.at(east, 0)
        lines.append(f"M{x:.0f} {chart.top}V{bottom}")
        if east % (chart.degrees * 2) == 0 or chart.degrees == 10:
            words.append(
                f'<text class="soundings__deg" x="{x + 4:.0f}" y="{bottom - 5}">{_degrees(east, "E", "W")}</text>'
            )
    for north in _between(chart.south, chart.north, chart.degrees):
        _x, y = chart.at(0, north)
        lines.append(f"M0 {y:.0f}H{WIDTH}")
        parallel = _degrees(north, "N", "S")
        words.append(
            f'<text class="soundings__deg soundings__deg--end" x="{WIDTH - 5}" y="{y - 4:.0f}">{parallel}</text>'
        )
    frame = f"M1 {chart.top + 1}H{WIDTH - 1}V{bottom - 1}H1Z"
    grid = f'<path class="soundings__grid" d="{"".join(lines)}"/>'
    return f'{grid}<path class="soundings__edge" d="{frame}"/>{"".join(words)}'


def _between(low: float, high: float, step: int) -> range:
    """Multiples of the step strictly inside the two bounds."""
    return range(int(low // step + 1) * step, int(-(-high // step)) * step, step)


def _degrees(value: int, plus: str, minus: str) -> str:
    return "0°" if value == 0 else f"{abs(value)}° {plus if value > 0 else minus}"
