"""The picture of an achievement: drawn, baked, and told in words."""

from __future__ import annotations

import re
from functools import lru_cache

import resvg_py
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phereclos.badges import artwork
from phereclos.badges.models import Achievement, Award
from verifiable_badges.baking import bake_png, bake_svg

PNG_SIZE = 600

SHAPES = {
    "sailor": (gettext_lazy("Round badge"), gettext_lazy("round, a sailor")),
    "machinist": (gettext_lazy("Six-sided badge"), gettext_lazy("six sides, a machinist")),
    "navigator": (gettext_lazy("Diamond badge"), gettext_lazy("a diamond, a navigator")),
    "learner": (gettext_lazy("Pennant badge"), gettext_lazy("a pennant, a learner")),
}
RINGS = {
    "formal": (gettext_lazy("an unbroken ring"), gettext_lazy("Unbroken ring, a formal setting.")),
    "non_formal": (gettext_lazy("a dashed ring"), gettext_lazy("Dashed ring, a non-formal setting.")),
    "informal": (gettext_lazy("a dotted ring"), gettext_lazy("Dotted ring, an informal setting.")),
}
FIELDS = {
    "science": (gettext_lazy("blue"), gettext_lazy("Blue with level lines, science.")),
    "technology": (gettext_lazy("purple"), gettext_lazy("Purple with rising lines, technology.")),
    "engineering": (gettext_lazy("rust red"), gettext_lazy("Rust red with upright lines, engineering.")),
    "arts": (gettext_lazy("magenta"), gettext_lazy("Magenta with crossed lines, the arts.")),
    "mathematics": (gettext_lazy("ochre"), gettext_lazy("Ochre with dots, mathematics.")),
    "partnership": (gettext_lazy("green"), gettext_lazy("Green with falling lines, partnership.")),
}
GLYPHS = {
    "arm": gettext_lazy("a robot arm"),
    "book": gettext_lazy("an open book"),
    "bridge": gettext_lazy("an arch bridge"),
    "brush": gettext_lazy("a paint brush"),
    "bulb": gettext_lazy("a light bulb"),
    "cell": gettext_lazy("a cell"),
    "code": gettext_lazy("signs of a program"),
    "data": gettext_lazy("points on a rising line"),
    "dice": gettext_lazy("a die"),
    "dividers": gettext_lazy("a pair of dividers"),
    "door": gettext_lazy("an open door"),
    "exchange": gettext_lazy("two arrows that pass each other"),
    "flask": gettext_lazy("a flask"),
    "gear": gettext_lazy("a toothed wheel"),
    "knot": gettext_lazy("two linked rings"),
    "light": gettext_lazy("a lighthouse"),
    "magnet": gettext_lazy("a magnet"),
    "molecule": gettext_lazy("a molecule"),
    "planet": gettext_lazy("a ringed planet"),
    "prism": gettext_lazy("a prism with rays"),
    "sound": gettext_lazy("sound that spreads in arcs"),
    "sprout": gettext_lazy("a sprout with two leaves"),
    "tide": gettext_lazy("a moon over waves"),
    "turbine": gettext_lazy("a wind turbine"),
    "weather": gettext_lazy("a cloud with rain"),
}


def description(*, shape: str, setting: str, subject: str, glyph: str) -> str:
    """The picture in a sentence, for those who do not see it."""
    return _("%(shape)s with %(ring)s, %(glyph)s, on %(colour)s") % {
        "shape": SHAPES[shape][0],
        "ring": RINGS[setting][0],
        "glyph": GLYPHS[glyph],
        "colour": FIELDS[subject][0],
    }


def how_to_read(row: Achievement) -> str:
    return _("How to read it: %(shape)s. %(ring)s %(colour)s") % {
        "shape": SHAPES[row.shape][1],
        "ring": RINGS[row.setting][1],
        "colour": FIELDS[row.subject][1],
    }


def svg(row: Achievement) -> str:
    return artwork.compose(row.shape, row.setting, row.subject, row.glyph, row.name, row.alt)


def png(row: Achievement) -> bytes:
    """The artwork at 600 pixels. The drawing depends on four words only, so it is kept."""
    return _drawn(row.shape, row.setting, row.subject, row.glyph)


def baked_svg(award: Award) -> bytes:
    return bake_svg(svg(award.achievement).encode(), bytes(award.credential))


def baked_png(award: Award) -> bytes:
    return bake_png(png(award.achievement), bytes(award.credential))


@lru_cache(maxsize=256)
def _drawn(shape: str, ring: str, field: str, glyph: str) -> bytes:
    # The drawer lays its own words aside: without title and description nothing of them is rendered as text.
    plain = re.sub(r"<(title|desc)\b.*?</\1>", "", artwork.compose(shape, ring, field, glyph, "", ""), flags=re.DOTALL)
    return bytes(resvg_py.svg_to_bytes(svg_string=plain, width=PNG_SIZE, height=PNG_SIZE))
