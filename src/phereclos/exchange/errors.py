"""Why an action of the exchange was not done. Nothing was written when one of these is raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phereclos.exchange.models import Need, Offer, Request


class NotDone(Exception):
    """The base of all; what was asked for does not fit the state things are in now."""


class NotVouched(NotDone):
    """An organisation nobody has answered for has drafts only."""


class Stale(NotDone):
    """Somebody else saved in the meantime; `current` is what stands now."""

    def __init__(self, current: Need | Offer) -> None:
        super().__init__("changed by somebody else since it was opened")
        self.current = current


class DayOver(NotDone):
    """The day somebody agrees to has passed."""


class AnotherIsOpen(NotDone):
    """The need already has as many open requests as it may."""


class NotOpen(NotDone):
    """The request is answered, withdrawn, expired, or waits for the other side; `request` says which."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.state)
        self.request = request
