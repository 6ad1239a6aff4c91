"""Ed25519 (RFC 8032) with libsodium where PyNaCl is installed, else with `cryptography`; both give the same answers.

RFC 8032 section 5.1.7 asks for S < L and canonical points; the libraries check different parts of it. We check all of
it before a library is asked, and refuse points of small order: a signature by such a key fits many messages.

What is checked where, and why no more is needed:
- S < L, R canonical and not of small order: here, for each signature. Whether R is on the curve is not asked: both
  libraries compare the encoding of S·B - k·A with the bytes of R, and no result is encoded as what is no point.
- A canonical, on the curve and not of small order: here, once for each key, since Euler's criterion is as dear as a
  signature. `PublicKey` does not exist without it, and the answers for the latest keys are kept.
"""

from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

try:
    from nacl import bindings as sodium
    from nacl.exceptions import BadSignatureError
except ImportError:  # the extra `fast` is not installed
    sodium = None  # type: ignore[assignment]

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022
# The y coordinates of the eight points of small order; the sign of x does not matter.
_SMALL_ORDER_Y = frozenset({0, 1, _P - 1, _ORDER_8, _P - _ORDER_8})
_WITHOUT_SIGN = (1 << 255) - 1

Sign = Callable[[bytes], bytes]


@lru_cache(maxsize=4096)
def is_safe_point(encoded: bytes) -> bool:
    """Whether `encoded` is the canonical encoding of a point on the curve that is not of small order."""
    return len(encoded) == 32 and _is_canonical(encoded) and _is_on_curve(encoded)


def is_canonical_signature(signature: bytes) -> bool:
    """Whether `signature` is R || S with a canonical R of no small order, and S below the order of the group."""
    return len(signature) == 64 and int.from_bytes(signature[32:], "little") < _L and _is_canonical(signature[:32])


def holds(signature: bytes, data: bytes, key: bytes) -> bool:
    """Whether a canonical `signature` is that of the safe point `key` over `data`."""
    return _HOLDS(signature, data, key)


def signer(seed: bytes) -> Sign:
    """The function that signs with the key of this seed of 32 bytes."""
    return _SIGNER(seed)


def public_bytes(seed: bytes) -> bytes:
    """The 32 bytes of the public key that belongs to a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def _is_canonical(encoded: bytes) -> bool:
    y = int.from_bytes(encoded, "little") & _WITHOUT_SIGN
    return y < _P and y not in _SMALL_ORDER_Y


def _is_on_curve(encoded: bytes) -> bool:
    """x² = (y² - 1) / (d y² + 1) must have a root: Euler's criterion on the product, which has the same character."""
    y = int.from_bytes(encoded, "little") & _WITHOUT_SIGN
    product = (y * y - 1) * (_D * y * y + 1) % _P
    return product == 0 or pow(product, (_P - 1) // 2, _P) == 1


def holds_by_cryptography(signature: bytes, data: bytes, key: bytes) -> bool:
    """`holds`, by OpenSSL."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def holds_by_sodium(signature: bytes, data: bytes, key: bytes) -> bool:
    """`holds`, by libsodium."""
    try:
        sodium.crypto_sign_open(signature + data, key)
    except BadSignatureError:
        return False
    return True


def signer_by_cryptography(seed: bytes) -> Sign:
    """`signer`, by OpenSSL."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign


def signer_by_sodium(seed: bytes) -> Sign:
    """`signer`, by libsodium."""
    secret = seed + public_bytes(seed)

    def sign(data: bytes) -> bytes:
        signed: bytes = sodium.crypto_sign(data, secret)
        return signed[:64]

    return sign


_HOLDS = holds_by_sodium if sodium else holds_by_cryptography
_SIGNER = signer_by_sodium if sodium else signer_by_cryptography
