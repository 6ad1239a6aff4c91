"""An organisation of a cluster, as the drawings need to know it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Member:
    """Given in the order of joining; its place in that order is its number in every drawing and list."""

    name: str
    kind: str
    joined: date | None = None
    left: date | None = None
    short: str = ""
    kind_name: str = ""
    href: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        return self.short or self.name
