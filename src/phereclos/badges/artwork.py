"""The badge artwork, composed as SVG. A badge says four things and uses one channel for each, so that every
combination can be read:

    shape  who it is about   sailor (porthole), machinist (nut), navigator (needle), learner (pennant), label (hull)
    ring   in which setting  formal (unbroken), non_formal (dashed), informal (dotted), label (double line)
    field  in which subject  a colour and, for black and white, the engravers' hatching of that colour
    glyph  on which topic    a white drawing of at most five strokes

No words stand inside, for badges travel between languages; the name always stands beside the picture. Geometry: a
square of 200 units, centre (100, 100). Outline at inset 6, ring 7 wide, field at inset 19. The waterline lies at y =
139: glyph above it, hatching below. Glyphs live in a box of 80 by 80 units, stroke 8: at 64 pixels a stroke is 2.6
pixels wide.

A new topic adds one line to `GLYPHS`. Ask of it: can a child draw it from memory, and is it still itself at 64
pixels?"""

import math
from collections.abc import Callable
from html import escape
from typing import NamedTuple

Point = tuple[float, float]


class Field(NamedTuple):
    """A subject's colour, at least 6.5:1 on white, and how it is hatched."""

    colour: str
    hatching: str


FIELDS = {
    "science": Field("#0B5675", "horizontal"),
    "technology": Field("#5B3A8C", "rising"),
    "engineering": Field("#A03F17", "vertical"),
    "arts": Field("#9A1158", "crossed"),
    "mathematics": Field("#705400", "dots"),
    "partnership": Field("#1F6240", "falling"),
}

# Drawn around (0, 0). S stroke, F fill, D fill in the field's colour, C gap where one line passes under another.
GLYPHS: dict[str, list[tuple[str, str]]] = {
    "arm": [
        ("S", "M-36 36H4"),
        ("S", "M-16 36V14L-26-14L10-30"),
        ("F", "M-26-22a8 8 0 1 0 .1 0Z"),
        ("S", "M34-34L10-30L26-10"),
    ],
    "book": [
        ("S", "M0-22C-12-32-28-32-40-28V30C-28 26-12 26 0 36C12 26 28 26 40 30V-28C28-32 12-32 0-22Z"),
        ("S", "M0-22V36"),
    ],
    "bridge": [
        ("S", "M-42 16H42"),
        ("S", "M-36 16Q0-66 36 16"),
        ("S", "M-15-13V16M0-24V16M15-13V16"),
        ("S", "M-36 16V36M36 16V36"),
    ],
    "brush": [("S", "M36-38L2 2"), ("F", "M-6 0C-24 2-20 24-40 34C-20 44 8 38 10 14C10 4 2-1-6 0Z")],
    "bulb": [
        ("S", "M-13 14C-13 4-26-2-26-16A26 26 0 1 1 26-16C26-2 13 4 13 14Z"),
        ("S", "M-11 27H11"),
        ("S", "M-5 39H5"),
    ],
    "cell": [
        ("S", "M38 0A38 34 0 1 1-38 0A38 34 0 1 1 38 0Z"),
        ("F", "M-8-14a13 13 0 1 0 .1 0Z"),
        ("F", "M18-18a5 5 0 1 0 .1 0ZM14 10a6 6 0 1 0 .1 0Z"),
    ],
    "code": [("S", "M-20-24L-42 2L-20 28"), ("S", "M20-24L42 2L20 28"), ("S", "M9-36L-9 40")],
    "data": [
        ("S", "M-36-36V36H38"),
        ("S", "M-20 18L-4 0L10 8L34-24"),
        (
            "F",
            "M-20 10a8 8 0 1 0 .1 0ZM-4-8a8 8 0 1 0 .1 0ZM10 0a8 8 0 1 0 .1 0ZM34-32a8 8 0 1 0 .1 0Z",
        ),
    ],
    "dice": [("S", "M-32-30H32V34H-32Z"), ("F", "M-15-20a7 7 0 1 0 .1 0ZM0-5a7 7 0 1 0 .1 0ZM15 10a7 7 0 1 0 .1 0Z")],
    "dividers": [
        ("S", "M0-24L-25 40"),
        ("S", "M0-24L25 40"),
        ("F", "M0-42a11 11 0 1 0 .1 0Z"),
        ("S", "M-33 6Q0 28 33 6"),
    ],
    "door": [("S", "M-26 36V-36H26V36"), ("F", "M-30-40L4-26V40L-30 40Z"), ("D", "M-5 1a4.5 4.5 0 1 0 .1 0Z")],
    "exchange": [("S", "M-38-15H34M16-34L36-15L16 4"), ("S", "M38 22H-34M-16 3L-36 22L-16 41")],
    "flask": [("S", "M-11-36V-12L-34 36H34L11-12V-36"), ("S", "M-18-36H18"), ("F", "M-20 14H20L31 36H-31Z")],
    "gear": [
        ("S", "M22 0A22 22 0 1 1-22 0A22 22 0 1 1 22 0Z"),
        ("S", "M0-26V-39M0 26V39M-26 0H-39M26 0H39"),
        ("S", "M-19-19L-27-27M19-19L27-27M-19 19L-27 27M19 19L27 27"),
    ],
    "knot": [
        ("S", "M9 0A22 22 0 1 1-35 0A22 22 0 1 1 9 0Z"),
        ("C", "M-5.7-11.7A22 22 0 0 1 7.7-21.3"),
        ("S", "M35 0A22 22 0 1 1-9 0A22 22 0 1 1 35 0Z"),
        ("C", "M5.7 11.6A22 22 0 0 1-7.6 21.3"),
        ("S", "M6.9 9.3A22 22 0 0 1-9.9 21.8"),
    ],
    "light": [
        ("S", "M-11-8L-17 38H17L11-8"),
        ("F", "M-16-30L0-44L16-30V-8H-16Z"),
        ("S", "M-26-20L-44-27M26-20L44-27"),
        ("S", "M-14 16H14"),
    ],
    "magnet": [("S", "M-27-36V4A27 27 0 0 0 27 4V-36"), ("S", "M-38-16H-16M16-16H38")],
    "molecule": [
        ("S", "M-22-18L4 16M4 16L26-20M4 16L-28 26"),
        ("F", "M-22-31a13 13 0 1 0 .1 0ZM26-31a11 11 0 1 0 .1 0ZM4 2a14 14 0 1 0 .1 0ZM-28 17a9 9 0 1 0 .1 0Z"),
    ],
    "planet": [
        ("S", "M20 2A20 20 0 1 1-20 2A20 20 0 1 1 20 2Z"),
        ("C", "M-40 17Q-8 24 38-12"),
        ("S", "M-19-5C-38 6-45 16-40 20C-32 26 0 16 20 3C38-8 45-20 40-24C37-27 28-25 17-20"),
        ("F", "M-26-38a6 6 0 1 0 .1 0ZM32 24a6 6 0 1 0 .1 0Z"),
    ],
    "prism": [("S", "M-4-32L30 26H-38Z"), ("S", "M-44 0L-24 2"), ("S", "M18-8L44-18M22 4H46M28 15L44 20")],
    "sound": [
        ("F", "M-28 22a9 9 0 1 0 .1 0Z"),
        ("S", "M-28 4A27 27 0 0 1-1 31"),
        ("S", "M-28-15A46 46 0 0 1 18 31"),
        ("S", "M-28-34A65 65 0 0 1 37 31"),
    ],
    "sprout": [
        ("S", "M0 40V-2"),
        ("F", "M-2 8C-34 10-42-10-40-26C-14-28 0-14-2 8Z"),
        ("F", "M4-4C4-28 18-38 40-38C42-16 30-2 4-4Z"),
    ],
    "tide": [
        ("F", "M6-40A21 21 0 1 0 21-8A18 18 0 0 1 6-40Z"),
        ("S", "M-40 17Q-30 4-20 17T0 17T20 17T40 17"),
        ("S", "M-40 36Q-30 23-20 36T0 36T20 36T40 36"),
    ],
    "turbine": [
        ("S", "M0 8V40"),
        ("S", "M0-6V-40"),
        ("S", "M0-6L30 12"),
        ("S", "M0-6L-30 12"),
        ("F", "M0-15a9 9 0 1 0 .1 0Z"),
    ],
    "weather": [
        ("S", "M-22 12A16 16 0 0 1-22-20A22 22 0 0 1 19-22A17 17 0 0 1 22 12Z"),
        ("S", "M-16 24L-22 38M2 24L-4 38M20 24L14 38"),
    ],
}


def _polygon(points: list[Point], radius: float) -> str:
    """A closed path through the points, its corners rounded by a quadratic curve."""
    path: list[str] = []
    for i, (x, y) in enumerate(points):
        (px, py), (nx, ny) = points[i - 1], points[(i + 1) % len(points)]
        before, after = math.hypot(px - x, py - y), math.hypot(nx - x, ny - y)
        start = (x + (px - x) * radius / before, y + (py - y) * radius / before)
        end = (x + (nx - x) * radius / after, y + (ny - y) * radius / after)
        step = "L" if path else "M"
        path.append(f"{step}{start[0]:.1f} {start[1]:.1f}Q{x:.1f} {y:.1f} {end[0]:.1f} {end[1]:.1f}")
    return "".join(path) + "Z"


def _sailor(inset: float) -> str:
    r = 98 - inset
    return f"M{100 + r:g} 100A{r:g} {r:g} 0 1 1 {100 - r:g} 100A{r:g} {r:g} 0 1 1 {100 + r:g} 100Z"


def _machinist(inset: float) -> str:
    r = 103 - inset * 1.155
    angles = (math.radians(60 * k) for k in range(6))
    return _polygon([(100 + r * math.sin(angle), 100 - r * math.cos(angle)) for angle in angles], 16)


def _navigator(inset: float) -> str:
    r = 112 - inset * 1.414
    return _polygon([(100, 100 - r), (100 + r, 100), (100, 100 + r), (100 - r, 100)], 22)


def _learner(inset: float) -> str:
    top, low, notch = 3 + inset, 199 - inset * 1.75, 170 - inset * 1.1
    return _polygon([(12 + inset, top), (188 - inset, top), (188 - inset, low), (100, notch), (12 + inset, low)], 12)


def _label(inset: float) -> str:
    top, side, bottom = 6 + inset, inset, 184 - inset
    keel = f"V198H86V{bottom:g}" if inset < 10 else "H86"
    bilge, turn = 160 - side * 0.9, 112 - side * 0.4
    starboard = f"C{192 - side:g} {turn:g} {164 - side * 0.8:g} {bilge:g} 114 {bottom:g}"
    port = f"C{36 + side * 0.8:g} {bilge:g} {8 + side:g} {turn:g} {6 + side:g} {top:g}"
    return f"M{6 + side:g} {top:g}H{194 - side:g}{starboard}{keel}{port}Z"


class Shape(NamedTuple):
    """The outline at an inset, how large a glyph it carries and how high."""

    outline: Callable[[float], str]
    scale: float
    height: int = 86


SHAPES = {
    "sailor": Shape(_sailor, 1.1),
    "machinist": Shape(_machinist, 1.08),
    "navigator": Shape(_navigator, 0.94),
    "learner": Shape(_learner, 1.1),
    "label": Shape(_label, 1, 76),
}

# Inset and width of each line; `pathLength` gives every shape the same number of dashes or dots.
RINGS: dict[str, list[tuple[float, str]]] = {
    "formal": [(6, 'stroke-width="7"')],
    "non_formal": [(6, 'stroke-width="7" pathLength="160" stroke-dasharray="6 4"')],
    "informal": [(6, 'stroke-width="9" stroke-linecap="round" pathLength="144" stroke-dasharray="0 4"')],
    "label": [(4, 'stroke-width="4"'), (12, 'stroke-width="2.5"')],
}


def _hatching(kind: str) -> str:
    """Path data of the lines below the waterline."""
    match kind:
        case "horizontal":
            return "".join(f"M-10 {y}H210" for y in range(150, 200, 9))
        case "vertical":
            return "".join(f"M{x} 130V210" for x in range(10, 210, 10))
        case "rising":
            return "".join(f"M{x} 210L{x + 110} 100" for x in range(-100, 210, 13))
        case "falling":
            return "".join(f"M{x} 100L{x + 110} 210" for x in range(-100, 210, 13))
        case "crossed":
            return "".join(f"M{x} 210l110-110M{x + 110} 210l-110-110" for x in range(-100, 200, 15))
        case _:
            rows = ((150 + row * 10, (row % 2) * 5.5) for row in range(5))
            return "".join(f"M{x + shift:g} {y}h.1" for y, shift in rows for x in range(10, 196, 11))


def _glyph(name: str, colour: str) -> str:
    styles = {
        "S": "",
        "F": ' fill="#fff" stroke="none"',
        "D": f' fill="{colour}" stroke="none"',
        "C": f' stroke="{colour}" stroke-width="17" stroke-linecap="butt"',
    }
    return "".join(f'<path d="{path}"{styles[kind]}/>' for kind, path in GLYPHS[name])


def compose(shape: str, ring: str, field: str, glyph: str, title: str, description: str) -> str:
    """The artwork as a complete SVG document under 6 kB, with title and description for those who cannot see it.

    Raises ValueError, saying what would be accepted, when a channel does not know its value.
    """
    channels: tuple[tuple[str, str, dict[str, object]], ...] = (
        ("shape", shape, {**SHAPES}),
        ("ring", ring, {**RINGS}),
        ("field", field, {**FIELDS}),
        ("glyph", glyph, {**GLYPHS}),
    )
    for channel, value, known in channels:
        if value not in known:
            raise ValueError(f"Unknown {channel} {value!r}: use one of {', '.join(known)}.")
    outline, scale, height = SHAPES[shape]
    colour, hatching = FIELDS[field]
    inner = outline(19)
    clip = f"field-{shape}-{ring}-{field}-{glyph}"
    rings = "".join(f'<path d="{outline(inset)}" {style}/>' for inset, style in RINGS[ring])
    line = 'stroke-width="4.5" stroke-linecap="round"' if hatching == "dots" else 'stroke-width="2.5"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" role="img" aria-labelledby="t d">\n'
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc>\n'
        f'<clipPath id="{clip}"><path d="{inner}"/></clipPath>\n'
        f'<path d="{outline(1)}" fill="#fff"/>\n'
        f'<g fill="none" stroke="{colour}">{rings}</g>\n'
        f'<path d="{inner}" fill="{colour}"/>\n'
        f'<g clip-path="url(#{clip})" stroke="#fff" fill="none">'
        f'<path d="{_hatching(hatching)}" stroke-opacity=".62" {line}/>'
        f'<path d="M0 0H200V139H0Z" fill="{colour}" stroke="none"/><path d="M0 139H200" stroke-width="4"/></g>\n'
        f'<g transform="translate(100 {height}) scale({scale})" fill="none" stroke="#fff" stroke-width="8" '
        f'stroke-linecap="round" stroke-linejoin="round">{_glyph(glyph, colour)}</g>\n'
        f"</svg>\n"
    )
