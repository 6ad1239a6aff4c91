"""The shape of a kind of organisation. Six shapes are told apart at a glance, so near kinds share one; the word
stands beside it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_SQUARE = mark_safe('<rect class="{}" x="-15" y="-15" width="30" height="30"/>')
_CIRCLE = mark_safe('<circle class="{}" r="17"/>')
_TRIANGLE = mark_safe('<path class="{}" d="M0-21L20 13H-20Z"/>')
_HEXAGON = mark_safe('<path class="{}" d="M0-19L16.5-9.5V9.5L0 19L-16.5 9.5V-9.5Z"/>')
_HOUSE = mark_safe('<path class="{}" d="M-16 15V-6L0-19L16-6V15Z"/>')
_DIAMOND = mark_safe('<path class="{}" d="M0-20L20 0L0 20L-20 0Z"/>')

SHAPES = {
    "school": _SQUARE,
    "university": _CIRCLE,
    "research_institute": _CIRCLE,
    "museum_science_centre": _TRIANGLE,
    "company": _HEXAGON,
    "municipality": _HOUSE,
    "government": _HOUSE,
}


def drawn_kind(kind: str, number: int | str = "", *, gone: bool = False) -> SafeString:
    """The shape around (0, 0), 40 units high, with a number in it; a diamond for kinds without one of their own."""
    shape = SHAPES.get(kind, _DIAMOND)
    outline = format_html(shape, "n n--gone" if gone else "n")
    lowered = 3 if shape in (_TRIANGLE, _HOUSE) else 0
    return outline + (format_html('<text y="{}">{}</text>', lowered, number) if number != "" else mark_safe(""))
