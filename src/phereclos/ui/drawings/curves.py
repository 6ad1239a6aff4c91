"""The few curves a hull is drawn with: points, quadratic and cubic Bézier curves."""

import math
from itertools import pairwise

Point = tuple[float, float]
Cubic = tuple[Point, Point, Point, Point]


def mix(a: Point, b: Point, t: float) -> Point:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def quadratic(a: Point, control: Point, b: Point, t: float) -> Point:
    return mix(mix(a, control, t), mix(control, b, t), t)


def at(curve: Cubic, u: float) -> Point:
    return _blossom(curve, u, u, u)


def piece(curve: Cubic, start: float, end: float) -> Cubic:
    """The part of a cubic between two parameters, again a cubic (its blossom at the ends)."""
    return (
        at(curve, start),
        _blossom(curve, start, start, end),
        _blossom(curve, start, end, end),
        at(curve, end),
    )


def _blossom(curve: Cubic, u: float, v: float, w: float) -> Point:
    a, b, c, d = curve
    ab, bc, cd = mix(a, b, u), mix(b, c, u), mix(c, d, u)
    return mix(mix(ab, bc, v), mix(bc, cd, v), w)


def length(curve: Cubic) -> float:
    """Near enough to fit a name: eight chords."""
    points = [at(curve, k / 8) for k in range(9)]
    return sum(math.dist(p, q) for p, q in pairwise(points))


def moved_down(curve: Cubic, by: float) -> Cubic:
    a, b, c, d = ((x, y + by) for x, y in curve)
    return (a, b, c, d)


def text(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def forth(curve: Cubic) -> str:
    """Path data along the curve."""
    return f"M{text(curve[0])}C{text(curve[1])} {text(curve[2])} {text(curve[3])}"


def back(curve: Cubic) -> str:
    """Path data from where one is to the curve's end and back along it."""
    return f"L{text(curve[3])}C{text(curve[2])} {text(curve[1])} {text(curve[0])}"
