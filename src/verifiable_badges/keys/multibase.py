"""Multibase (`z` base58btc, `u` base64url without padding) and base64url, strict: each value has one spelling only."""

import base64
import binascii
import re

from verifiable_badges.errors import InvalidKey

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGIT = {letter: digit for digit, letter in enumerate(_ALPHABET)}
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
# Base58 costs the square of the length; no key or signature comes near this.
_MAX_BASE58 = 2048


def base58_encode(data: bytes) -> str:
    """`data` in base58btc; leading zero bytes become leading `1`s."""
    number = int.from_bytes(data, "big")
    letters = []
    while number:
        number, digit = divmod(number, 58)
        letters.append(_ALPHABET[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(letters))


def base58_decode(text: str) -> bytes:
    """The bytes of base58btc `text`. Raises `InvalidKey` on letters outside the alphabet (0, O, I, l, spaces)."""
    if len(text) > _MAX_BASE58:
        raise InvalidKey("multibase", "The base58 value is too long.")
    number = 0
    for letter in text:
        digit = _DIGIT.get(letter)
        if digit is None:
            raise InvalidKey("multibase", "The base58 value holds a letter that base58 does not have.")
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url_encode(data: bytes) -> str:
    """`data` in base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def base64url_decode(text: str) -> bytes:
    """The bytes of base64url `text`. Padding, other alphabets and stray bits at the end are refused."""
    if not isinstance(text, str) or not _BASE64URL.fullmatch(text):
        raise InvalidKey("base64url", "The value is not base64url without padding.")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise InvalidKey("base64url", "The base64url value is cut off.") from error
    if base64url_encode(data) != text:
        raise InvalidKey("base64url", "The base64url value is not in its canonical form.")
    return data


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
