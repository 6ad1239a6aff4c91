"""Multibase (`z` base58btc, `u` base64url without padding) and base64url, strict: each value has one spelling only."""

import base64
import binascii

from verifiable_badges.errors import InvalidKey

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
# Two letters at a time. Ten are one number of a machine word, so that long numbers are divided and multiplied seldom;
# five are one digit of a Python integer, with which it calculates quickest.
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_PAIR_VALUE = {pair: value for value, pair in enumerate(_PAIRS)}
_58_2, _58_3, _58_5, _58_10 = 58**2, 58**3, 58**5, 58**10
_BASE64_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")
# The last letter of a group that is not full must not carry bits of its own: they would be a second spelling.
_LAST = {2: frozenset(_BASE64_LETTERS[::16]), 3: frozenset(_BASE64_LETTERS[::4])}
# Base58 costs the square of the length; no key or signature comes near this.
_MAX_BASE58 = 2048


def base58_encode(data: bytes) -> str:
    """`data` in base58btc; leading zero bytes become leading `1`s."""
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
    padded = text if len(text) % 2 == 0 else "1" + text
    number = 0
    try:
        for start in range(0, len(padded), 10):
            ten, size = 0, 1
            for place in range(start, min(start + 10, len(padded)), 2):
                ten, size = ten * _58_2 + _PAIR_VALUE[padded[place : place + 2]], size * _58_2
            number = number * size + ten
    except KeyError as error:
        raise InvalidKey("multibase", "The base58 value holds a letter that base58 does not have.") from error
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url_encode(data: bytes) -> str:
    """`data` in base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def base64url_decode(text: str) -> bytes:
    """The bytes of base64url `text`. Padding, other alphabets and stray bits at the end are refused."""
    if not isinstance(text, str) or not text.isascii():
        raise InvalidKey("base64url", "The value is not base64url without padding.")
    letters, rest = text.encode("ascii"), len(text) % 4
    if letters.translate(None, _BASE64_LETTERS):
        raise InvalidKey("base64url", "The value is not base64url without padding.")
    if rest == 1:
        raise InvalidKey("base64url", "The base64url value is cut off.")
    if rest and letters[-1] not in _LAST[rest]:
        raise InvalidKey("base64url", "The base64url value is not in its canonical form.")
    return binascii.a2b_base64(letters.translate(_TO_STANDARD) + b"==")


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
