"""Multibase (`z` base58btc, `u` base64url without padding) and base64url, strict: each value has one spelling only."""

import base64
import binascii
from functools import lru_cache

from verifiable_badges.errors import InvalidKey

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
# Two letters at a time. Ten are one number of a machine word, so that long numbers are divided seldom; five are one
# digit of a Python integer, with which it calculates quickest.
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_58_3, _58_5, _58_10 = 58**3, 58**5, 58**10
_NO_DIGIT = 255
_DIGITS = bytes(_ALPHABET.find(chr(code)) & _NO_DIGIT for code in range(256))
_BLOCK = 128
"""Letters that are read together, a power of two."""


def _lanes(width: int) -> int:
    """The bits of every second lane of a block, the last one among them."""
    return sum(((1 << width) - 1) << start for start in range(0, 8 * _BLOCK, 2 * width))


# Neighbours are joined all at once, as digits to numbers below 58², those to numbers below 58⁴, and so on: each has
# room enough in the lane of both, which is a byte for each digit.
_STEPS = tuple((width, _lanes(width), 58 ** (width // 8)) for width in (8, 16, 32, 64, 128, 256, 512))
_BASE64_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# Everything else becomes a letter that no base64 has, so that one look at the letters both translates and checks them.
_TO_STANDARD = bytes(
    b"!"[0] if letter not in _BASE64_LETTERS else {b"-"[0]: b"+"[0], b"_"[0]: b"/"[0]}.get(letter, letter)
    for letter in range(256)
)
_PADDING = {0: b"", 2: b"==", 3: b"="}
# The last letter of a group that is not full must not carry bits of its own: they would be a second spelling.
_LAST = {2: frozenset(_BASE64_LETTERS[::16]), 3: frozenset(_BASE64_LETTERS[::4])}
# Base58 costs the square of the length; no key or signature comes near this.
_MAX_BASE58 = 2048


def base58_encode(data: bytes) -> str:
    """`data` in base58btc; leading zero bytes become leading `1`s. Keys are asked for again and again, and kept."""
    return _encode_key(data) if len(data) < 40 else _encode(data)


@lru_cache(maxsize=1024)
def _encode_key(data: bytes) -> str:
    return _encode(data)


def _encode(data: bytes) -> str:
    number = int.from_bytes(data, "big")
    tens: list[str] = []
    while number:
        number, ten = divmod(number, _58_10)
        high, low = divmod(ten, _58_5)
        high, c = divmod(high, _58_3)
        low, f = divmod(low, _58_3)
        c, b = divmod(c, 58)
        f, e = divmod(f, 58)
        tens.append(_PAIRS[high] + _PAIRS[c] + _ALPHABET[b] + _PAIRS[low] + _PAIRS[f] + _ALPHABET[e])
    tens.reverse()
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(tens).lstrip("1")


def base58_decode(text: str) -> bytes:
    """The bytes of base58btc `text`. Raises `InvalidKey` on letters outside the alphabet (0, O, I, l, spaces)."""
    if len(text) > _MAX_BASE58:
        raise InvalidKey("multibase", "The base58 value is too long.")
    digits = text.encode("ascii", "replace").translate(_DIGITS)
    if _NO_DIGIT in digits:
        raise InvalidKey("multibase", "The base58 value holds a letter that base58 does not have.")
    first = len(digits) % _BLOCK
    number = _block(digits[:first])
    for start in range(first, len(digits), _BLOCK):
        number = number * 58**_BLOCK + _block(digits[start : start + _BLOCK])
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _block(digits: bytes) -> int:
    number = int.from_bytes(digits, "big")
    for width, lanes, factor in _STEPS:
        number = (number & lanes) + (number >> width & lanes) * factor
    return number


def base64url_encode(data: bytes) -> str:
    """`data` in base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def base64url_decode(text: str) -> bytes:
    """The bytes of base64url `text`. Padding, other alphabets and stray bits at the end are refused."""
    if not isinstance(text, str) or not text.isascii():
        raise InvalidKey("base64url", "The value is not base64url without padding.")
    letters, rest = text.encode("ascii"), len(text) % 4
    if rest == 1:
        raise InvalidKey("base64url", "The base64url value is cut off.")
    if rest and letters[-1] not in _LAST[rest]:
        raise InvalidKey("base64url", "The base64url value is not in its canonical form.")
    try:
        return binascii.a2b_base64(letters.translate(_TO_STANDARD) + _PADDING[rest], strict_mode=True)
    except binascii.Error as error:
        raise InvalidKey("base64url", "The value is not base64url without padding.") from error


def multibase_encode(data: bytes) -> str:
    """`data` as multibase base58btc, with its prefix `z`."""
    return "z" + base58_encode(data)


def multibase_decode(text: object) -> bytes:
    """The bytes of a multibase value with prefix `z` or `u`; any other base is refused."""
    if isinstance(text, str) and text[:1] == "z":
        return base58_decode(text[1:])
    if isinstance(text, str) and text[:1] == "u":
        return base64url_decode(text[1:])
    raise InvalidKey("multibase", "The value is not multibase base58btc (z…) or base64url (u…).")
