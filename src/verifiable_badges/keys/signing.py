"""The private half of an issuer's key. It never prints itself; the caller decides where the secret rests."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, cast

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from verifiable_badges.errors import InvalidKey
from verifiable_badges.keys.ed25519 import Sign, signer
from verifiable_badges.keys.multibase import base64url_decode, multibase_decode, multibase_encode
from verifiable_badges.keys.public import CURVES, KeyKind, PublicKey

_Private = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_SECRET_PREFIXES = {
    KeyKind.ED25519: bytes.fromhex("8026"),
    KeyKind.P256: bytes.fromhex("8626"),
    KeyKind.P384: bytes.fromhex("8726"),
    KeyKind.P521: bytes.fromhex("8826"),
}
"""Multicodec prefixes of `secretKeyMultibase` (Controlled Identifiers 1.0 section 2.2.2)."""


class SigningKey:
    """A key that signs.

    `secret` is what everything else follows from: the seed of an Ed25519 key (32 bytes), the scalar of a P-256 (32),
    P-384 (48) or P-521 key (66), the DER of an RSA key. Raises `InvalidKey` for anything else.
    """

    def __init__(self, secret: bytes, kind: KeyKind = KeyKind.ED25519) -> None:
        self.secret = secret
        self.kind = kind
        self._private = _load(secret, kind)

    @classmethod
    def generate(cls, random: Callable[[int], bytes], kind: KeyKind = KeyKind.ED25519) -> "SigningKey":
        """A new key from `random(n)`, which gives n bytes; pass `os.urandom` outside tests. Not for RSA."""
        if kind is KeyKind.ED25519:
            return cls(random(32))
        if kind is KeyKind.RSA:
            raise InvalidKey("key_type", "RSA keys are not made here, only used: take Ed25519 or P-256.")
        curve = CURVES[kind]
        # Eight bytes more than the order has: the remainder is then even enough (FIPS 186-5 section A.2.1).
        scalar = int.from_bytes(random(curve.size + 8), "big") % (curve.order - 1) + 1
        return cls(scalar.to_bytes(curve.size, "big"), kind)

    @classmethod
    def from_seed(cls, seed: bytes) -> "SigningKey":
        """The Ed25519 key that grows from these 32 bytes."""
        return cls(seed)

    @classmethod
    def from_multibase(cls, text: object) -> "SigningKey":
        """The key in a `secretKeyMultibase` in base58btc: Ed25519, P-256, P-384 or P-521."""
        data = multibase_decode(text)
        for kind, prefix in _SECRET_PREFIXES.items():
            if data.startswith(prefix):
                return cls(data[2:], kind)
        raise InvalidKey("key_type", "The secret key is of a kind that we do not know.")

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any]) -> "SigningKey":
        """The key in a private JSON Web Key (RFC 7517). Its public members must belong to it."""
        public = PublicKey.from_jwk({name: value for name, value in jwk.items() if name not in _SECRET_MEMBERS})
        secret = _rsa_der(jwk) if public.kind is KeyKind.RSA else base64url_decode(cast(str, jwk.get("d")))
        key = cls(secret, public.kind)
        if key.public != public:
            raise InvalidKey("key_pair", "The two halves of the key do not belong together.")
        return key

    @property
    def seed(self) -> bytes:
        """The 32 bytes of an Ed25519 key."""
        if self.kind is not KeyKind.ED25519:
            raise InvalidKey("seed", "Only Ed25519 keys grow from a seed.")
        return self.secret

    @property
    def secret_multibase(self) -> str:
        """The key as `secretKeyMultibase`. Whoever has it signs in the issuer's name."""
        if self.kind not in _SECRET_PREFIXES:
            raise InvalidKey("key_type", "RSA keys have no Multikey form.")
        return multibase_encode(_SECRET_PREFIXES[self.kind] + self.secret)

    @cached_property
    def _sign_ed25519(self) -> Sign:
        return signer(self.seed)

    @cached_property
    def public(self) -> PublicKey:
        """The half to publish."""
        public = self._private.public_key()
        match public:
            case ed25519.Ed25519PublicKey():
                raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
            case ec.EllipticCurvePublicKey():
                raw = public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
            case _:
                raw = public.public_bytes(Encoding.DER, PublicFormat.PKCS1)
        return PublicKey(self.kind, raw)

    def sign(self, data: bytes) -> bytes:
        """The signature over `data`, in the form that `PublicKey.verify` takes; the same one each time.

        64 bytes for Ed25519 (RFC 8032); r || s for P-256, P-384 and P-521, deterministic (RFC 6979); PKCS#1 v1.5 for
        RSA.
        """
        match self._private:
            case ed25519.Ed25519PrivateKey():
                return self._sign_ed25519(data)
            case rsa.RSAPrivateKey() as private:
                return private.sign(data, padding.PKCS1v15(), hashes.SHA256())
            case private:
                curve = CURVES[self.kind]
                r, s = decode_dss_signature(private.sign(data, ec.ECDSA(curve.hash, deterministic_signing=True)))
                return r.to_bytes(curve.size, "big") + s.to_bytes(curve.size, "big")

    def __repr__(self) -> str:
        return f"SigningKey(public={self.public.multibase!r})"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("A signing key is not pickled: keep its secret encrypted instead.")


_SECRET_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth"})


def _load(secret: bytes, kind: KeyKind) -> _Private:
    if kind is KeyKind.ED25519:
        if not isinstance(secret, bytes) or len(secret) != 32:
            raise InvalidKey("seed", "The seed of a signing key is 32 bytes.")
        return ed25519.Ed25519PrivateKey.from_private_bytes(secret)
    if kind is KeyKind.RSA:
        return _load_rsa(secret)
    curve = CURVES[kind]
    scalar = int.from_bytes(secret, "big")
    if len(secret) != curve.size or not 0 < scalar < curve.order:
        raise InvalidKey("secret", f"The secret of a {curve.name} key is a number below its order.")
    return ec.derive_private_key(scalar, curve.shape)


def _load_rsa(secret: bytes) -> rsa.RSAPrivateKey:
    try:
        key = load_der_private_key(secret, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InvalidKey("secret", "The RSA key cannot be read.") from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise InvalidKey("secret", "This is not an RSA key.")
    return key


def _rsa_der(jwk: Mapping[str, Any]) -> bytes:
    n, e, d = (int.from_bytes(base64url_decode(cast(str, jwk.get(name))), "big") for name in ("n", "e", "d"))
    try:
        p, q = rsa.rsa_recover_prime_factors(n, e, d)
        numbers = rsa.RSAPrivateNumbers(
            p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), rsa.RSAPublicNumbers(e, n)
        )
        return numbers.private_key().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    except (ValueError, ZeroDivisionError) as error:
        raise InvalidKey("secret", "The RSA key cannot be read.") from error
