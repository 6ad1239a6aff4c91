"""The two kinds of `proofValue` of ecdsa-sd-2023 (Data Integrity ECDSA Cryptosuites 1.0 sections 3.5.2 to 3.5.7): the
base proof that only the issuer and the holder see, and the derived proof that is shown.

Both are multibase base64url of three header bytes and a CBOR array. The reader knows the five forms of CBOR that occur
in them and no other: tags of CBOR can ask for numbers that fill the memory.
"""

import itertools
from dataclasses import dataclass
from typing import Any

import cbor2

from verifiable_badges.errors import InvalidKey, InvalidProof, LimitExceeded, VerifiableBadgesError
from verifiable_badges.keys import KeyKind, PublicKey
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode
from verifiable_badges.proofs.ecdsa_sd_2023.pointers import check_pointers

MAX_STATEMENTS = 5_000
"""Most statements signed one by one. A badge of 4 kB has about a hundred, a record of twenty badges two thousand."""
_BASE = bytes.fromhex("d95d00")
_DERIVED = bytes.fromhex("d95d01")
_MAX_LETTERS = MAX_STATEMENTS * 140
_KEY_BYTES = 35  # two bytes of multicodec prefix, 33 of compressed point
_SIGNATURE_BYTES = 64
_HMAC_BYTES = 32


@dataclass(frozen=True, slots=True)
class BaseProofValue:
    """What the issuer gives to the holder; whoever has `hmac_key` and all signatures can reveal everything.

    `signatures` are those over the statements that are not mandatory, in the order of the statements.
    """

    base_signature: bytes
    proof_key: PublicKey
    hmac_key: bytes
    signatures: tuple[bytes, ...]
    mandatory_pointers: tuple[str, ...]

    def encode(self) -> str:
        """Section 3.5.2."""
        parts = [self.base_signature, key_bytes(self.proof_key), self.hmac_key]
        return _encode(_BASE, [*parts, list(self.signatures), list(self.mandatory_pointers)])

    @classmethod
    def decode(cls, text: object) -> "BaseProofValue":
        """Section 3.5.3. Raises `InvalidProof`, also for a derived proof, or `LimitExceeded`."""
        signature, key, hmac_key, signatures, pointers = _decode(_BASE, text)
        try:
            checked = check_pointers(pointers)
        except LimitExceeded:
            raise
        except VerifiableBadgesError as error:
            raise _malformed() from error
        return cls(_signature(signature), _key(key), _bytes(hmac_key, _HMAC_BYTES), _signatures(signatures), checked)


@dataclass(frozen=True, slots=True)
class DerivedProofValue:
    """What the holder shows.

    `labels` gives the name under which a blank node was signed for each number of its canonical name (c14n0, c14n1, …)
    in the revealed document; `mandatory_indexes` are the places of the mandatory statements among the revealed ones.
    """

    base_signature: bytes
    proof_key: PublicKey
    signatures: tuple[bytes, ...]
    labels: dict[int, bytes]
    mandatory_indexes: tuple[int, ...]

    def encode(self) -> str:
        """Section 3.5.6, with the labels compressed (section 3.5.4)."""
        labels = {number: self.labels[number] for number in sorted(self.labels)}
        parts = [self.base_signature, key_bytes(self.proof_key), list(self.signatures)]
        return _encode(_DERIVED, [*parts, labels, list(self.mandatory_indexes)])

    @classmethod
    def decode(cls, text: object) -> "DerivedProofValue":
        """Section 3.5.7. Raises `InvalidProof`, also for a base proof, or `LimitExceeded`."""
        signature, key, signatures, labels, indexes = _decode(_DERIVED, text)
        return cls(_signature(signature), _key(key), _signatures(signatures), _labels(labels), _indexes(indexes))


def is_base_proof(text: object) -> bool:
    """Whether `text` begins as the value of a base proof does."""
    return isinstance(text, str) and text.startswith("u" + base64url_encode(_BASE))


def key_bytes(key: PublicKey) -> bytes:
    """A public key with its multicodec prefix, 35 bytes for P-256."""
    return key.kind.value + key.raw


def _encode(header: bytes, parts: list[Any]) -> str:
    return "u" + base64url_encode(header + cbor2.dumps(parts))


def _decode(header: bytes, text: object) -> list[Any]:
    if not isinstance(text, str) or not text.startswith("u"):
        raise _malformed()
    if len(text) > _MAX_LETTERS:
        raise LimitExceeded("proof_too_large", "The signature is larger than any badge needs.")
    try:
        data = base64url_decode(text[1:])
    except InvalidKey as error:
        raise _malformed() from error
    if header == _DERIVED and data.startswith(_BASE):
        raise InvalidProof(
            "base_proof", "The badge is as its issuer gave it to the holder, who has yet to choose what to show of it."
        )
    if not data.startswith(header):
        raise _malformed()
    parts = _Reader(data[len(header) :]).whole()
    if not isinstance(parts, list) or len(parts) != 5:
        raise _malformed()
    return parts


class _Reader:
    """Deterministically encoded CBOR (RFC 8949 section 4.2.1) of arrays, maps, bytes, texts and natural numbers.

    Only the order of map members is left free: the suite does not speak of it.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def whole(self) -> Any:
        value = self._value(depth=0)
        if self._at != len(self._data):
            raise _malformed()
        return value

    def _value(self, depth: int) -> Any:
        kind, number = self._head()
        match kind:
            case 0:
                return number
            case 2:
                return self._take(number)
            case 3:
                return self._text(number)
            case 4 if depth < 2:
                return [self._value(depth + 1) for _ in range(number)]
            case 5 if depth < 2:
                return self._map(number, depth)
        raise _malformed()

    def _map(self, size: int, depth: int) -> dict[int, Any]:
        members: dict[int, Any] = {}
        for _ in range(size):
            name = self._value(depth + 1)
            if not isinstance(name, int) or name in members:
                raise _malformed()
            members[name] = self._value(depth + 1)
        return members

    def _text(self, size: int) -> str:
        try:
            return self._take(size).decode("utf-8")
        except UnicodeDecodeError as error:
            raise _malformed() from error

    def _head(self) -> tuple[int, int]:
        """The kind of the next item with its number, written as briefly as it can be."""
        first = self._take(1)[0]
        kind, brief = first >> 5, first & 31
        if brief < 24:
            return kind, brief
        if brief > 27:
            raise _malformed()
        size = 1 << (brief - 24)
        number = int.from_bytes(self._take(size), "big")
        if number < (24 if size == 1 else 1 << (size * 4)):
            raise _malformed()
        return kind, number

    def _take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        if len(taken) != size:
            raise _malformed()
        self._at += size
        return taken


def _bytes(value: Any, size: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != size:
        raise _malformed()
    return value


def _signature(value: Any) -> bytes:
    return _bytes(value, _SIGNATURE_BYTES)


def _signatures(value: Any) -> tuple[bytes, ...]:
    if not isinstance(value, list):
        raise _malformed()
    if len(value) > MAX_STATEMENTS:
        raise LimitExceeded("too_many_statements", f"More than {MAX_STATEMENTS} statements are signed one by one.")
    return tuple(map(_signature, value))


def _key(value: Any) -> PublicKey:
    data = _bytes(value, _KEY_BYTES)
    if not data.startswith(KeyKind.P256.value):
        raise _malformed()
    try:
        return PublicKey(KeyKind.P256, data[2:])
    except InvalidKey as error:
        raise InvalidProof("proof_key", "The key that signed the single statements is not a P-256 key.") from error


def _labels(value: Any) -> dict[int, bytes]:
    """Two names must not become one: statements about two things would become statements about one."""
    if not isinstance(value, dict):
        raise _malformed()
    labels = {number: _bytes(label, _HMAC_BYTES) for number, label in value.items()}
    if len(set(labels.values())) != len(labels) or sorted(labels) != list(range(len(labels))):
        raise InvalidProof("proof_labels", "The signature confuses the parts of the document with each other.")
    return labels


def _indexes(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(isinstance(index, int) for index in value):
        raise _malformed()
    if any(index >= following for index, following in itertools.pairwise(value)):
        raise InvalidProof("proof_indexes", "The signature does not name the mandatory statements in their order.")
    return tuple(value)


def _malformed() -> InvalidProof:
    return InvalidProof("proof_value", "The signature is not written in the form that its kind demands.")
