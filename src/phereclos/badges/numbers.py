"""Passport numbers: sixteen signs in four groups, long enough that nobody finds one by trying. Pure.

75 random bits: a million cards and a million tries a day find one in about a hundred million years. The last sign
checks the others: any one sign mistyped and any two exchanged are noticed, and nothing else is given away.
"""

from __future__ import annotations

import secrets

# No I, L, O or U: what people type must not be mistaken for something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


class NotANumber(ValueError):
    """The text is no passport number: too short, foreign signs, or mistyped."""


def make() -> str:
    """A new number, written in groups: `7F3K-92QD-…`."""
    return from_seed(secrets.token_bytes(LENGTH))


def from_seed(seed: bytes) -> str:
    """The number that grows from at least 15 random bytes; 256 is a multiple of 32, so every sign is equally likely."""
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in seed[: LENGTH - 1])
    return written(signs + _check_sign(signs))


def read(text: str) -> str:
    """The number in its one spelling, whatever case, spaces and look-alikes were typed. Raises NotANumber."""
    signs = "".join(sign for sign in text.upper().translate(_READ_AS) if sign not in " -\u2010\u2011\u2013\u00a0")
    if len(signs) != LENGTH or any(sign not in ALPHABET for sign in signs):
        raise NotANumber(text)
    if _check_sign(signs[:-1]) != signs[-1]:
        raise NotANumber(text)
    return written(signs)


def looks_like_one(text: str) -> bool:
    """Whether somebody meant a passport number, right or mistyped, rather than a mailbox."""
    return "@" not in text


def written(signs: str) -> str:
    return "-".join(signs[place : place + 4] for place in range(0, LENGTH, 4))


def last_group(number: str) -> str:
    return number[-4:]


def _check_sign(signs: str) -> str:
    """Makes the signs, as coefficients over GF(32), a polynomial with a root at the generator 2."""
    state = 0
    for sign in signs:
        state = _doubled(state ^ ALPHABET.index(sign))
    return ALPHABET[state]


def _doubled(value: int) -> int:
    """Times 2 in GF(32), reduced by x^5 + x^2 + 1."""
    return (value << 1) ^ 0b100101 if value & 0b10000 else value << 1
