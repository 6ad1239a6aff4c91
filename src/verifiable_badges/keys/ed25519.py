"""The rules about Ed25519 on which libraries differ, decided once and strictly.

RFC 8032 section 5.1.7 asks for S < L and canonical points; OpenSSL and libsodium check different parts of it. We check
all of it before a library is asked, and refuse points of small order: a signature by such a key fits many messages.
"""

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022
# The y coordinates of the eight points of small order; the sign of x does not matter.
_SMALL_ORDER_Y = frozenset({0, 1, _P - 1, _ORDER_8, _P - _ORDER_8})


def is_safe_point(encoded: bytes) -> bool:
    """Whether `encoded` is the canonical encoding of a point on the curve that is not of small order."""
    if len(encoded) != 32:
        return False
    y = int.from_bytes(encoded, "little") & ((1 << 255) - 1)
    return y < _P and y not in _SMALL_ORDER_Y and _is_on_curve(y)


def is_canonical_signature(signature: bytes) -> bool:
    """Whether `signature` is R || S with R a safe point and S below the order of the group."""
    return len(signature) == 64 and int.from_bytes(signature[32:], "little") < _L and is_safe_point(signature[:32])


def _is_on_curve(y: int) -> bool:
    """x² = (y² - 1) / (d y² + 1) must have a root: Euler's criterion on the product, which has the same character."""
    product = (y * y - 1) * (_D * y * y + 1) % _P
    return product == 0 or pow(product, (_P - 1) // 2, _P) == 1
