"""Badges inside pictures: PNG and SVG, Open Badges 3.0, CLR 2.0 and Open Badges 2.0, in and out; 1.0 out.

>>> template = PngTemplate(png)              # once for many badges
>>> baked = template.bake(signed_badge)
>>> unbake(baked)
Baked(version=<Version.OPEN_BADGES_3: 'ob-3.0'>, text='{"@context":…')
"""

from verifiable_badges.baking.carrier import Baked, Version, meant
from verifiable_badges.baking.png import SIGNATURE, PngTemplate, all_in_png, bake_png, unbake_png
from verifiable_badges.baking.svg import SvgTemplate, all_in_svg, bake_svg, unbake_svg

__all__ = [
    "Baked",
    "PngTemplate",
    "SvgTemplate",
    "Version",
    "bake_png",
    "bake_svg",
    "unbake",
    "unbake_all",
    "unbake_png",
    "unbake_svg",
]


def unbake(picture: bytes) -> Baked | None:
    """The badge in a PNG or SVG with the standard it follows, None if it carries none.

    Raises `UnreadableInput` for a picture that is damaged or holds two badges of one standard, `LimitExceeded`.
    """
    return meant(unbake_all(picture))


def unbake_all(picture: bytes) -> tuple[Baked, ...]:
    """Every badge in a PNG or SVG, in the picture's order."""
    return all_in_png(picture) if picture.startswith(SIGNATURE) else all_in_svg(picture)
