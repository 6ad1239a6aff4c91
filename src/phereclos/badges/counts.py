"""How numbers of awards are shown to the public where some of them are children's. Pure."""

from __future__ import annotations

from typing import NamedTuple

from phereclos.activities.disclosure import FEWEST_SHOWN, rounded, shown


class Counted(NamedTuple):
    """All awards, and those to children's passports, both in words."""

    all: str
    learners: str


def counted(all_: int, learners: int) -> Counted:
    """Few children are not told apart, nor is the total from which their number could be worked out."""
    few = 0 < learners < FEWEST_SHOWN
    return Counted(rounded(all_) if few else str(all_), shown(learners))
