"""Status of credentials: Bitstring status lists, written and read; StatusList2021 and the unsigned lists of 1EdTech and
Open Badges 2.0, read.

>>> places = StatusList()
>>> places.set(94567)                      # withdrawn
>>> entry("https://museum.example/status/1", 94567)["statusListIndex"]
'94567'
"""

from verifiable_badges.status.bitstring import StatusList
from verifiable_badges.status.entries import Entry, entry, read_entries
from verifiable_badges.status.indices import Shuffle, free_index
from verifiable_badges.status.revocation_list import check_revocation_list_2

__all__ = [
    "Entry",
    "Shuffle",
    "StatusList",
    "check_revocation_list_2",
    "entry",
    "free_index",
    "read_entries",
]
