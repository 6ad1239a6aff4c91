"""What the public page of an organisation shows from the floors above it (clusters, offers, awards).

The floors above register a panel; this module never learns their names:

    @panels.register(position=20)
    def offers(organisation: Organisation) -> Panel | None: ...

The template gets the panel's context and `organisation`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from phereclos.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: a template with its context."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Maker = Callable[["Organisation"], Panel | None]
_makers: list[tuple[int, Maker]] = []


def register(*, position: int) -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        _makers.append((position, maker))
        return maker

    return keep


def of_organisation(organisation: Organisation) -> list[Panel]:
    """All panels with something to show, in their order."""
    made = (maker(organisation) for _, maker in sorted(_makers, key=lambda pair: pair[0]))
    return [panel for panel in made if panel is not None]
