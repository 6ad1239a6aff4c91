"""Which place in a status list a new credential gets.

Places must not follow the order of issuing: neighbours would tell that two credentials belong together, and the place
would tell the day (Bitstring Status List 1.0 section 6.5). Two ways, both in constant memory:
`free_index` draws until a place is free, for those who keep a record of places; `shuffled_index` needs no record but
a counter and a secret, for those who issue in bulk.
"""

import hashlib
from collections.abc import Callable

from verifiable_badges.errors import InvalidStatusList

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


def shuffled_index(number: int, *, length: int, secret: bytes) -> int:
    """The place of the `number`-th credential of a list of `length`; each number below `length` has its own place.

    A Feistel network keyed with `secret` (at least 16 bytes, another one for each list), walked until it falls into
    the list. Whoever does not know the secret learns nothing of the order; whoever loses it can no longer assign.
    """
    if not 0 <= number < length:
        raise InvalidStatusList("status_full", "The status list has no place for so many credentials.")
    if len(secret) < 16:
        raise InvalidStatusList("status_secret", "The secret that shuffles a status list has at least 16 bytes.")
    half = max(1, ((length - 1).bit_length() + 1) // 2)
    while True:
        number = _permuted(number, half, secret)
        if number < length:
            return number


def _permuted(number: int, half: int, secret: bytes) -> int:
    """A permutation of the numbers of twice `half` bits, so at most three walks are needed on average."""
    mask = (1 << half) - 1
    left, right = number >> half, number & mask
    for turn in range(_ROUNDS):
        message = bytes([turn]) + right.to_bytes(8, "big")
        digest = hashlib.blake2b(message, key=secret[:64], digest_size=8).digest()
        left, right = right, left ^ (int.from_bytes(digest, "big") & mask)
    return left << half | right
