"""Things outside of a credential that it vouches for by their digest (VC Data Model 2.0 section 5.3)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from hmac import compare_digest

from verifiable_badges.errors import InvalidCredential, InvalidKey, Unsupported
from verifiable_badges.keys.multibase import base64url_encode, multibase_decode
from verifiable_badges.model.base import Model, member

_SRI = ("sha512", "sha384", "sha256")  # the strongest first
_MULTIHASH = {b"\x12\x20": "sha256", b"\x20\x30": "sha384", b"\x13\x40": "sha512"}
_BARE = {32: "sha256", 48: "sha384", 64: "sha512"}


@dataclass(frozen=True, slots=True)
class RelatedResource(Model):
    """A resource and what it must look like: `digest_sri` (as in HTML), `digest_multibase` (a multihash), or both."""

    id: str
    media_type: str = ""
    digest_sri: str = field(default="", metadata=member("digestSRI"))
    digest_multibase: str = ""

    def __post_init__(self) -> None:
        if not (self.digest_sri or self.digest_multibase):
            raise InvalidCredential("digest_missing", "A related resource has no digest to compare it with.")

    @classmethod
    def of(cls, id: str, content: bytes, media_type: str = "") -> RelatedResource:
        """The resource at the address `id`, whose bytes are `content`, with the digest SHA-256."""
        digest = "u" + base64url_encode(b"\x12\x20" + hashlib.sha256(content).digest())
        return cls(id, media_type, digest_multibase=digest)

    def check(self, content: bytes) -> None:
        """Compare what was found at the address with every digest given.

        Raises `InvalidCredential` if it differs or a digest is malformed, `Unsupported` for an unknown kind of digest.
        """
        if self.digest_sri:
            check_sri(self.digest_sri, content)
        if self.digest_multibase:
            check_multibase(self.digest_multibase, content)


def check_sri(digest: str, content: bytes) -> None:
    """Subresource Integrity 1.0: of several digests the strongest kind counts, and one of that kind must fit."""
    pairs = [one.split("?", 1)[0].partition("-") for one in digest.split()]
    strongest = next((name for name in _SRI if any(kind == name for kind, _, _ in pairs)), None)
    if strongest is None:
        raise Unsupported("digest_kind", "The digest of a related resource is of a kind that is not known.")
    try:
        expected = [base64.b64decode(value, validate=True) for kind, _, value in pairs if kind == strongest]
    except (binascii.Error, ValueError) as error:
        raise InvalidCredential("digest_form", "The digest of a related resource is damaged.") from error
    found = hashlib.new(strongest, content).digest()
    if not any(compare_digest(found, one) for one in expected):
        raise InvalidCredential("digest_differs", "A related resource is not the one that the credential speaks of.")


def check_multibase(digest: str, content: bytes) -> None:
    """Compare with a digest in multibase. Errors as `RelatedResource.check`."""
    kind, expected = read_multibase(digest)
    if not compare_digest(hashlib.new(kind, content).digest(), expected):
        raise InvalidCredential("digest_differs", "A related resource is not the one that the credential speaks of.")


def read_multibase(digest: object) -> tuple[str, bytes]:
    """The kind and the bytes of a multihash of SHA-256, SHA-384 or SHA-512 (Controlled Identifiers 1.0 section 2.5).

    The digest alone, without what names its kind, is read as well: W3C's own examples write it so, and its length
    tells which it is.
    """
    try:
        data = multibase_decode(digest)
    except InvalidKey as error:
        raise InvalidCredential("digest_form", "The digest of a related resource is damaged.") from error
    kind = _MULTIHASH.get(data[:2])
    if kind is not None and len(data) == hashlib.new(kind).digest_size + 2:
        return kind, data[2:]
    if len(data) in _BARE:
        return _BARE[len(data)], data
    if kind is not None:
        raise InvalidCredential("digest_form", "The digest of a related resource is cut off.")
    raise Unsupported("digest_kind", "The digest of a related resource is of a kind that is not known.")
