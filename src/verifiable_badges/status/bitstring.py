"""Bitstring Status List 1.0: one bit for each credential, index 0 being the left-most bit, compressed with GZIP.

A list is at least 131,072 bits long, so that asking for it does not tell which credential is meant (section 6.1).
"""

import gzip
import re
import zlib
from typing import Any

from verifiable_badges.errors import InvalidKey, InvalidStatusList, LimitExceeded
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode
from verifiable_badges.limits import MAX_STATUS_BYTES

MIN_LENGTH = 131_072
_INDEX = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)


class StatusList:
    """A list of `length` bits, all unset at first. Mutable: the issuer's record of what is withdrawn."""

    def __init__(self, length: int = MIN_LENGTH) -> None:
        if length < MIN_LENGTH or length % 8 or length > MAX_STATUS_BYTES * 8:
            raise InvalidStatusList("status_length", f"A status list has at least {MIN_LENGTH} bits, in whole bytes.")
        self._bits = bytearray(length // 8)

    def __len__(self) -> int:
        return len(self._bits) * 8

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatusList) and self._bits == other._bits

    __hash__ = None  # type: ignore[assignment]  # it changes

    def set(self, index: int, value: bool = True) -> None:
        """Set or unset one bit. Raises `InvalidStatusList` outside the list."""
        place, mask = self._place(index)
        if value:
            self._bits[place] |= mask
        else:
            self._bits[place] &= ~mask

    def get(self, index: int) -> bool:
        """Whether the bit is set. Raises `InvalidStatusList` outside the list."""
        place, mask = self._place(index)
        return bool(self._bits[place] & mask)

    def encode(self) -> str:
        """The list as `encodedList`: `u` and base64url of GZIP, the same text for the same bits (section 3.3)."""
        return "u" + base64url_encode(gzip.compress(bytes(self._bits), mtime=0))

    @classmethod
    def decode(cls, encoded: object) -> "StatusList":
        """The list in an `encodedList` (section 3.4). Raises `InvalidStatusList`, or `LimitExceeded` beyond 8 MiB."""
        if not isinstance(encoded, str) or not encoded.startswith("u"):
            raise InvalidStatusList("status_encoding", "The list of withdrawn badges is not written as it should be.")
        try:
            bits = _gunzip(base64url_decode(encoded[1:]))
        except (InvalidKey, zlib.error) as error:
            raise InvalidStatusList("status_encoding", "The list of withdrawn badges is damaged.") from error
        decoded = cls(len(bits) * 8)
        decoded._bits = bytearray(bits)
        return decoded

    def _place(self, index: int) -> tuple[int, int]:
        if not 0 <= index < len(self):
            raise InvalidStatusList("status_index", "The badge's place lies outside the list of withdrawn badges.")
        return index // 8, 0x80 >> index % 8


def entry(list_url: str, index: int, purpose: str = "revocation") -> dict[str, Any]:
    """The `credentialStatus` of a credential whose bit is `index` in the list at `list_url` (section 2.1)."""
    return {
        "id": f"{list_url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": list_url,
    }


def parse_index(text: object) -> int:
    """The index in an entry: a base-10 text without sign or leading zeros."""
    if not isinstance(text, str) or not _INDEX.fullmatch(text):
        raise InvalidStatusList("status_index", "The badge's place in the list of withdrawn badges is not a number.")
    return int(text)


def _gunzip(data: bytes) -> bytes:
    """One whole GZIP member, decompressed no further than the limit."""
    stream = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    bits = stream.decompress(data, MAX_STATUS_BYTES + 1)
    if len(bits) > MAX_STATUS_BYTES:
        raise LimitExceeded("status_too_large", "The list of withdrawn badges is too large to be read.")
    if not stream.eof or stream.unused_data:
        raise InvalidStatusList("status_encoding", "The list of withdrawn badges is cut off.")
    return bits
