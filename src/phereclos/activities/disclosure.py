"""How numbers of children are shown to the public. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _

FEWEST_SHOWN = 5
ROUNDED_TO = 5


def shown(children: int | None) -> str:
    """One activity's number: small ones are not told apart."""
    if children is None:
        return _("not known")
    return str(children) if children >= FEWEST_SHOWN or children == 0 else _("fewer than 5")


def rounded(total: int) -> str:
    """A sum, to the nearest five; `1,860` reads better than it counts."""
    if 0 < total < FEWEST_SHOWN:
        return _("fewer than 5")
    return f"{ROUNDED_TO * round(total / ROUNDED_TO):,}"
