"""Status of credentials: the Bitstring status list."""

from verifiable_badges.status.bitstring import StatusList, entry

__all__ = ["StatusList", "entry"]
