"""Bitstring Status List 1.0: one value of `size` bits for each credential, index 0 being left-most, packed with GZIP.

A list has at least 131,072 entries, so that asking for it does not tell which credential is meant (section 6.1).
"""

import base64
import binascii
import gzip
import zlib

from verifiable_badges.errors import InvalidKey, InvalidStatusList, LimitExceeded
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode
from verifiable_badges.limits import MAX_STATUS_BYTES

MIN_LENGTH = 131_072
MAX_SIZE = 32


class StatusList:
    """A list of `length` values of `size` bits, all 0 at first. Mutable: the issuer's record of what is withdrawn."""

    def __init__(self, length: int = MIN_LENGTH, *, size: int = 1) -> None:
        if not 1 <= size <= MAX_SIZE:
            raise InvalidStatusList("status_size", f"An entry of a status list has 1 to {MAX_SIZE} bits.")
        if length < MIN_LENGTH or length % 8 or length * size > MAX_STATUS_BYTES * 8:
            raise InvalidStatusList("status_length", f"A status list has at least {MIN_LENGTH} entries, in eights.")
        self.size = size
        self._bits = bytearray(length * size // 8)

    def __len__(self) -> int:
        return len(self._bits) * 8 // self.size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatusList) and (self.size, self._bits) == (other.size, other._bits)

    __hash__ = None  # type: ignore[assignment]  # it changes

    def set(self, index: int, value: int = 1) -> None:
        """Write the value at `index`. Raises `InvalidStatusList` outside the list, or for what does not fit."""
        _check_place(self._bits, index, self.size)
        if not 0 <= value < 1 << self.size:
            raise InvalidStatusList("status_value", f"The value {value} does not fit into {self.size} bits.")
        for bit in range(self.size):
            place, mask = _place(index * self.size + bit)
            if value >> (self.size - 1 - bit) & 1:
                self._bits[place] |= mask
            else:
                self._bits[place] &= ~mask

    def get(self, index: int) -> int:
        """The value at `index`. Raises `InvalidStatusList` outside the list."""
        return value_at(self._bits, index, self.size)

    def encode(self) -> str:
        """The list as `encodedList`: `u` and base64url of GZIP, the same text for the same bits (section 3.3)."""
        return "u" + base64url_encode(gzip.compress(bytes(self._bits), mtime=0))

    @classmethod
    def decode(cls, encoded: object, *, size: int = 1) -> "StatusList":
        """The list in an `encodedList` (section 3.4). Raises `InvalidStatusList`, or `LimitExceeded` beyond 8 MiB."""
        bits = decode_bits(encoded)
        check_length(bits, size)
        decoded = cls(MIN_LENGTH, size=size)
        decoded._bits = bytearray(bits)
        return decoded


def value_at(bits: bytes | bytearray, index: int, size: int) -> int:
    """The value of the `size` bits at `index`, the left-most being the highest (section 3.2 step 10)."""
    _check_place(bits, index, size)
    begin = index * size
    end = begin + size
    around = int.from_bytes(bits[begin // 8 : (end + 7) // 8], "big")
    return around >> -end % 8 & (1 << size) - 1


def check_length(bits: bytes, size: int) -> None:
    """Refuse a list in which a credential could not hide among enough others (section 3.2 step 9)."""
    if len(bits) * 8 // size < MIN_LENGTH:
        raise InvalidStatusList("length", f"The list of withdrawn badges has fewer than {MIN_LENGTH} places.")


def decode_bits(encoded: object) -> bytes:
    """The bits in the `encodedList` of a Bitstring status list: multibase base64url, prefix `u`, of GZIP."""
    if not isinstance(encoded, str) or not encoded.startswith("u"):
        raise InvalidStatusList("status_encoding", "The list of withdrawn badges is not written as it should be.")
    try:
        return _gunzip(base64url_decode(encoded[1:]))
    except InvalidKey as error:
        raise InvalidStatusList("status_encoding", "The list of withdrawn badges is damaged.") from error


def decode_bits_2021(encoded: object) -> bytes:
    """The bits in the `encodedList` of a StatusList2021: base64 of GZIP, in whichever of the two alphabets.

    Drafts of 2021 said base64, those of 2023 base64url without padding; the bytes begin alike, so both are met.
    """
    if not isinstance(encoded, str) or not encoded.isascii():
        raise InvalidStatusList("status_encoding", "The list of withdrawn badges is not written as it should be.")
    text = encoded.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return _gunzip(base64.b64decode(text + "=" * (-len(text) % 4), validate=True))
    except binascii.Error as error:
        raise InvalidStatusList("status_encoding", "The list of withdrawn badges is damaged.") from error


def _check_place(bits: bytes | bytearray, index: int, size: int) -> None:
    if not 0 <= index < len(bits) * 8 // size:
        raise InvalidStatusList("status_index", "The badge's place lies outside the list of withdrawn badges.")


def _place(bit: int) -> tuple[int, int]:
    return bit // 8, 0x80 >> bit % 8


def _gunzip(data: bytes) -> bytes:
    """One whole GZIP member, decompressed no further than the limit."""
    stream = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        bits = stream.decompress(data, MAX_STATUS_BYTES + 1)
    except zlib.error as error:
        raise InvalidStatusList("status_encoding", "The list of withdrawn badges is damaged.") from error
    if len(bits) > MAX_STATUS_BYTES:
        raise LimitExceeded("status_too_large", "The list of withdrawn badges is too large to be read.")
    if not stream.eof or stream.unused_data:
        raise InvalidStatusList("status_encoding", "The list of withdrawn badges is cut off.")
    return bits
