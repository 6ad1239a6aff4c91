"""Public keys as PEM (RFC 7468 section 13), the form in which Open Badges 2.0 publishes them."""

from typing import cast

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)

from verifiable_badges.errors import InvalidKey
from verifiable_badges.keys.public import CURVES, KeyKind, PublicKey

_LONGEST = 10_000


def public_key_from_pem(text: str) -> PublicKey:
    """The key in a PEM text. Raises `InvalidKey` for a damaged or unsafe one, and for other kinds than `KeyKind`."""
    if len(text) > _LONGEST:
        raise InvalidKey("key_form", "The key is too long to be one.")
    try:
        key = load_pem_public_key(text.encode("ascii", "replace"))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InvalidKey("key_form", "The key cannot be read.") from error
    if isinstance(key, rsa.RSAPublicKey):
        return PublicKey(KeyKind.RSA, key.public_bytes(Encoding.DER, PublicFormat.PKCS1))
    if isinstance(key, ed25519.Ed25519PublicKey):
        return PublicKey(KeyKind.ED25519, key.public_bytes(Encoding.Raw, PublicFormat.Raw))
    if isinstance(key, ec.EllipticCurvePublicKey):
        for kind, curve in CURVES.items():
            if key.curve.name == curve.shape.name:
                return PublicKey(kind, key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
    raise InvalidKey("key_type", "The key is of a kind that we do not know.")


def public_key_to_pem(public: PublicKey) -> str:
    """The PEM text of a key (SubjectPublicKeyInfo)."""
    key: ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey
    if public.kind is KeyKind.ED25519:
        key = ed25519.Ed25519PublicKey.from_public_bytes(public.raw)
    elif public.kind in CURVES:
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVES[public.kind].shape, public.raw)
    else:
        key = cast(rsa.RSAPublicKey, load_der_public_key(public.raw))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")
