"""Which place in a status list a new credential gets.

Places must not follow the order of issuing: neighbours would tell that two credentials belong together, and the place
would tell the day (Bitstring Status List 1.0 section 6.5). Two ways, both in constant memory: `free_index` draws until
a place is free, for those who keep a record of places; `Shuffle` needs no record but a counter and a secret, for those
who issue in bulk.
"""

import hashlib
import struct
from collections.abc import Callable

from verifiable_badges.errors import InvalidStatusList
from verifiable_badges.limits import MAX_STATUS_BYTES

_ROUNDS = 8
_MOST_DRAWS = 1_000


def free_index(length: int, is_taken: Callable[[int], bool], random_below: Callable[[int], int]) -> int:
    """A place of a list of `length` that nobody has, drawn by `random_below(length)` such as `secrets.randbelow`.

    Keep lists at most half full, then two draws are enough on average. Raises `InvalidStatusList` for a full list.
    """
    for _ in range(_MOST_DRAWS):
        index = random_below(length)
        if not is_taken(index):
            return index
    raise InvalidStatusList("status_full", "The status list is full: begin another one.")


class Shuffle:
    """The places of a list of `length` in an order that only `secret` tells: `place(number)` for each new number.

    A Feistel network whose round functions are tables drawn from SHAKE256 over the secret, walked until it falls into
    the list. `secret` has at least 16 random bytes, and each list another one. Whoever does not know it learns nothing
    of the order; whoever loses it cannot go on with the list.
    """

    __slots__ = ("_half", "_length", "_mask", "_tables")

    def __init__(self, length: int, secret: bytes) -> None:
        if len(secret) < 16:
            raise InvalidStatusList("status_secret", "The secret that shuffles a status list has at least 16 bytes.")
        if not 0 < length <= MAX_STATUS_BYTES * 8:
            raise InvalidStatusList("status_length", "No status list has this length.")
        self._length = length
        # The smallest even number of bits that holds every place: of four walks at least one falls into the list.
        self._half = max(1, ((length - 1).bit_length() + 1) // 2)
        self._mask = (1 << self._half) - 1
        self._tables = [self._table(secret, turn) for turn in range(_ROUNDS)]

    def place(self, number: int) -> int:
        """The place of the credential of this number, from 0. Raises `InvalidStatusList` beyond the length."""
        if not 0 <= number < self._length:
            raise InvalidStatusList("status_full", "The status list has no place for so many credentials.")
        half, mask = self._half, self._mask
        while True:
            left, right = number >> half, number & mask
            for table in self._tables:
                left, right = right, left ^ table[right]
            number = left << half | right
            if number < self._length:
                return number

    def _table(self, secret: bytes, turn: int) -> tuple[int, ...]:
        """A function from half a place to half a place."""
        size = 1 << self._half
        drawn = hashlib.shake_256(bytes([turn, self._half]) + secret).digest(2 * size)
        return tuple(value & self._mask for value in struct.unpack(f">{size}H", drawn))
