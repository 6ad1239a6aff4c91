"""Badges inside pictures: PNG and SVG, Open Badges 3.0 in and out, 2.0 out."""

from verifiable_badges.baking.png import bake_png, unbake_png
from verifiable_badges.baking.svg import bake_svg, unbake_svg

__all__ = ["bake_png", "bake_svg", "unbake_png", "unbake_svg"]
