"""Public keys: Ed25519, P-256, P-384, P-521 and RSA, in Multikey and JWK form."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from cryptography.exceptions import InvalidSignature as ForeignInvalidSignature
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from verifiable_badges.errors import InvalidKey, InvalidSignature
from verifiable_badges.keys import ed25519
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode, multibase_decode, multibase_encode

_RSA_BITS = range(2048, 8193)


class KeyKind(Enum):
    """The kinds of key we can sign and verify with; the value is the multicodec prefix of Multikey and did:key."""

    ED25519 = bytes.fromhex("ed01")
    P256 = bytes.fromhex("8024")
    P384 = bytes.fromhex("8124")
    P521 = bytes.fromhex("8224")
    RSA = bytes.fromhex("8524")


@dataclass(frozen=True, slots=True)
class Curve:
    """An elliptic curve with the hash that its signatures use (FIPS 186-5; RFC 7518 section 3.4)."""

    name: str
    size: int
    order: int
    shape: ec.EllipticCurve
    hash: hashes.HashAlgorithm


CURVES = {
    KeyKind.P256: Curve(
        "P-256",
        32,
        0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
        ec.SECP256R1(),
        hashes.SHA256(),
    ),
    KeyKind.P384: Curve(
        "P-384",
        48,
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
        ec.SECP384R1(),
        hashes.SHA384(),
    ),
    KeyKind.P521: Curve(
        "P-521",
        66,
        (2**265 - 6 << 256) + 0x51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409,
        ec.SECP521R1(),
        hashes.SHA512(),
    ),
}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key that has passed the checks of its kind.

    `raw` is 32 bytes for Ed25519, the compressed point for P-256 (33 bytes), P-384 (49) and P-521 (67), PKCS#1 DER for
    RSA.
    """

    kind: KeyKind
    raw: bytes

    def __post_init__(self) -> None:
        if self.kind is KeyKind.ED25519 and not ed25519.is_safe_point(self.raw):
            raise InvalidKey("unsafe_key", "The Ed25519 key is not a canonical point, or one that signs anything.")
        if self.kind in CURVES:
            _point(self.kind, self.raw)
        if self.kind is KeyKind.RSA and _rsa(self.raw).key_size not in _RSA_BITS:
            raise InvalidKey("unsafe_key", "The RSA key must have between 2048 and 8192 bits.")

    @property
    def multibase(self) -> str:
        """The Multikey form: `z6Mk…` for Ed25519 (Controlled Identifiers 1.0 section 2.2.2)."""
        return multibase_encode(self.kind.value + self.raw)

    @classmethod
    def from_multibase(cls, text: object) -> "PublicKey":
        """The key in a `publicKeyMultibase`; only the canonical spelling in base58btc is accepted."""
        data = multibase_decode(text)
        for kind in KeyKind:
            if data.startswith(kind.value):
                key = cls(kind, data[2:])
                if key.multibase != text:
                    raise InvalidKey("multibase", "The key is not written in its canonical form.")
                return key
        raise InvalidKey("key_type", "The key is of a kind that we do not know.")

    @classmethod
    def from_jwk(cls, jwk: object) -> "PublicKey":
        """The key in a JSON Web Key (RFC 7517): OKP Ed25519, EC P-256, P-384 or P-521, RSA. Not private ones."""
        if not isinstance(jwk, Mapping):
            raise InvalidKey("jwk", "The key is not a JSON Web Key.")
        if "d" in jwk:
            raise InvalidKey("private_jwk", "This is a private key. Whoever published it must replace it.")
        match jwk.get("kty"), jwk.get("crv"):
            case "OKP", "Ed25519":
                return cls(KeyKind.ED25519, base64url_decode(cast(str, jwk.get("x"))))
            case "EC", "P-256":
                return cls(KeyKind.P256, _from_coordinates(KeyKind.P256, jwk))
            case "EC", "P-384":
                return cls(KeyKind.P384, _from_coordinates(KeyKind.P384, jwk))
            case "EC", "P-521":
                return cls(KeyKind.P521, _from_coordinates(KeyKind.P521, jwk))
            case "RSA", _:
                return cls(KeyKind.RSA, _rsa_from_numbers(jwk))
        raise InvalidKey("key_type", "The key is of a kind that we do not know.")

    def to_jwk(self) -> dict[str, str]:
        """The key as a JSON Web Key with the members that its thumbprint needs (RFC 7638 section 3.2)."""
        if self.kind is KeyKind.ED25519:
            return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(self.raw)}
        if self.kind is KeyKind.RSA:
            numbers = _rsa(self.raw).public_numbers()
            return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
        curve = CURVES[self.kind]
        point = _point(self.kind, self.raw).public_numbers()
        x, y = (base64url_encode(number.to_bytes(curve.size, "big")) for number in (point.x, point.y))
        return {"kty": "EC", "crv": curve.name, "x": x, "y": y}

    def verify(self, signature: bytes, data: bytes) -> None:
        """Return if `signature` is this key's over `data`; else raise `InvalidSignature`.

        Ed25519 as RFC 8032 with canonical points and S; P-256, P-384 and P-521 as r || s over SHA-256, SHA-384 and
        SHA-512 (ES256, ES384, ES512); RSA as PKCS#1 v1.5 over SHA-256 (RS256).
        """
        try:
            if not self._holds(signature, data):
                raise InvalidSignature("signature_form", "The signature is not in its canonical form.")
        except ForeignInvalidSignature as error:
            raise InvalidSignature("signature", "The signature does not fit: the content or the key differ.") from error

    def _holds(self, signature: bytes, data: bytes) -> bool:
        """False if the signature is not even well-formed; the library raises if it does not hold."""
        if self.kind is KeyKind.ED25519:
            if not ed25519.is_canonical_signature(signature):
                return False
            if not ed25519.holds(signature, data, self.raw):
                raise ForeignInvalidSignature
        elif self.kind in CURVES:
            curve = CURVES[self.kind]
            if len(signature) != 2 * curve.size:
                return False
            r, s = (int.from_bytes(half, "big") for half in (signature[: curve.size], signature[curve.size :]))
            if not (0 < r < curve.order and 0 < s < curve.order):
                return False
            _point(self.kind, self.raw).verify(encode_dss_signature(r, s), data, ec.ECDSA(curve.hash))
        else:
            _rsa(self.raw).verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        return True


@lru_cache(maxsize=256)
def _point(kind: KeyKind, raw: bytes) -> ec.EllipticCurvePublicKey:
    curve = CURVES[kind]
    if len(raw) != curve.size + 1:
        raise InvalidKey("key_form", f"The {curve.name} key is not a compressed point.")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(curve.shape, raw)
    except ValueError as error:
        raise InvalidKey("key_form", f"The {curve.name} key is not a point on its curve.") from error


def _from_coordinates(kind: KeyKind, jwk: Mapping[str, Any]) -> bytes:
    curve = CURVES[kind]
    x, y = (base64url_decode(jwk.get(name, "")) for name in ("x", "y"))
    if len(x) != curve.size or len(y) != curve.size:
        raise InvalidKey("key_form", f"The {curve.name} key does not have two coordinates of {curve.size} bytes.")
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(curve.shape, b"\4" + x + y)
    except ValueError as error:
        raise InvalidKey("key_form", f"The {curve.name} key is not a point on its curve.") from error
    return point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def _number(value: int) -> str:
    """A number as JWK writes it: big-endian, as few bytes as it needs (RFC 7518 section 2)."""
    return base64url_encode(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _rsa(raw: bytes) -> rsa.RSAPublicKey:
    try:
        key = load_der_public_key(raw)
        if isinstance(key, rsa.RSAPublicKey) and key.public_bytes(Encoding.DER, PublicFormat.PKCS1) == raw:
            return key
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InvalidKey("key_form", "The RSA key cannot be read.") from error
    raise InvalidKey("key_form", "The RSA key cannot be read.")


def _rsa_from_numbers(jwk: Mapping[str, Any]) -> bytes:
    n, e = (int.from_bytes(base64url_decode(jwk.get(name, "")), "big") for name in ("n", "e"))
    if n.bit_length() not in _RSA_BITS or e.bit_length() > 64:
        raise InvalidKey("unsafe_key", "The RSA key must have between 2048 and 8192 bits.")
    try:
        return rsa.RSAPublicNumbers(e, n).public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
    except ValueError as error:
        raise InvalidKey("key_form", "The RSA key cannot be read.") from error
