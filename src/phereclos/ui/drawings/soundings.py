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


@dataclass(frozen=True)
class Label:
    """A number over a word, around a middle; the box as large as it gets on a phone."""

    x: float
    y: float
    count: int
    word: str
    width: float = 40
    height: float = 42


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
    labels = [Label(*chart.at(*PLACES[one.code]), one.count, one.code) for one in counted]
    inset, obstacles = "", []
    if europe:
        left, high = chart.at(EUROPE.west, EUROPE.north)
        right, low = chart.at(EUROPE.east, EUROPE.south)
        inset = f'<path class="soundings__frame" d="M{left:.0f} {high:.0f}H{right:.0f}V{low:.0f}H{left:.0f}Z"/>'
        frame = Label((left + right) / 2, (high + low) / 2, europe, _("Europe"), right - left, low - high)
        obstacles.append(frame)
    drawn = [_label(label) for label in (*obstacles, *_spread(labels, obstacles, chart))]
    return f"{_graticule(chart)}{inset}{''.join(drawn)}"


def _label(label: Label) -> str:
    size = "soundings__n" if label.count > 1 else "soundings__n soundings__n--one"
    return (
        f'<text class="{size}" x="{label.x:.0f}" y="{label.y + 4:.0f}">{label.count}</text>'
        f'<text class="soundings__c" x="{label.x:.0f}" y="{label.y + 18:.0f}">{escape(label.word)}</text>'
    )


def _spread(labels: Sequence[Label], obstacles: Sequence[Label], chart: Chart) -> list[Label]:
    """Move labels off each other and into the chart, each as little as it takes; obstacles stay where they are."""
    places = list(labels)
    for _round in range(60):
        for i in range(len(places)):
            for j in range(i):
                x, y = _overlap(places[i], places[j])
                places[i] = replace(places[i], x=places[i].x + x / 2, y=places[i].y + y / 2)
                places[j] = replace(places[j], x=places[j].x - x / 2, y=places[j].y - y / 2)
            for obstacle in obstacles:
                x, y = _overlap(places[i], obstacle)
                places[i] = replace(places[i], x=places[i].x + x, y=places[i].y + y)
        places = [_inside(label, chart) for label in places]
    return places


def _overlap(one: Label, other: Label) -> tuple[float, float]:
    """How far, and which way, the first must go to stand free of the other: along the shorter way."""
    dx, dy = one.x - other.x, one.y - other.y
    over_x = (one.width + other.width) / 2 - abs(dx)
    over_y = (one.height + other.height) / 2 - abs(dy)
    if over_x <= 0 or over_y <= 0:
        return 0, 0
    if over_x < over_y:
        return (over_x if dx >= 0 else -over_x), 0
    return 0, (over_y if dy >= 0 else -over_y)


def _inside(label: Label, chart: Chart) -> Label:
    x = min(max(label.x, label.width / 2), WIDTH - label.width / 2)
    y = min(max(label.y, chart.top + label.height / 2 + 6), chart.top + chart.height - label.height / 2 - 2)
    return replace(label, x=x, y=y)


def _graticule(chart: Chart) -> str:
    lines, words = [], []
    bottom = chart.top + chart.height
    for east in _between(chart.west, chart.east, chart.degrees):
        x, _y = chart.at(east, 0)
        lines.append(f"M{x:.0f} {chart.top}V{bottom}")
        if x < WIDTH - 42 and (chart.degrees == 10 or east % 60 == 0):
            words.append(_word(x + 4, chart.top + 14, _degrees(east, "E", "W")))
    for north in _between(chart.south, chart.north, chart.degrees):
        _x, y = chart.at(0, north)
        lines.append(f"M0 {y:.0f}H{WIDTH}")
        words.append(_word(5 if chart.degrees > 10 else WIDTH - 44, y - 4, _degrees(north, "N", "S")))
    frame = f"M1 {chart.top + 1}H{WIDTH - 1}V{bottom - 1}H1Z"
    grid = f'<path class="soundings__grid" d="{"".join(lines)}"/>'
    return f'{grid}<path class="soundings__edge" d="{frame}"/>{"".join(words)}'


def _word(x: float, y: float, word: str) -> str:
    return f'<text class="soundings__deg" x="{x:.0f}" y="{y:.0f}">{word}</text>'


def _between(low: float, high: float, step: int) -> range:
    """Multiples of the step strictly inside the two bounds."""
    return range(int(low // step + 1) * step, int(-(-high // step)) * step, step)


def _degrees(value: int, plus: str, minus: str) -> str:
    return "0°" if value == 0 else f"{abs(value)}° {plus if value > 0 else minus}"
