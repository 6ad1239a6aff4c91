"""What the public page of a cluster shows from the floors above it (offers, activities, awards).

The floors above register a panel; this module never learns their names:

    @panels.register(position=20)
    def offers(cluster: Cluster) -> Panel | None: ...

The template gets the panel's context and `cluster`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from phereclos.clusters.models import Cluster


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and what it rests on (n, period)."""

    label: str
    number: str
    rests_on: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: a template with its context, and figures for the row of numbers."""

    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()


Maker = Callable[["Cluster"], Panel | None]
_makers: list[tuple[int, Maker]] = []


def register(*, position: int) -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        _makers.append((position, maker))
        return maker

    return keep


def of_cluster(cluster: Cluster) -> list[Panel]:
    """All panels with something to show, in their order."""
    made = (maker(cluster) for _, maker in sorted(_makers, key=lambda pair: pair[0]))
    return [panel for panel in made if panel is not None]
