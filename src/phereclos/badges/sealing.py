"""Sealing small secrets with a secret kept elsewhere than the database. Pure: the secret is an argument.

From one secret a separate key is derived for each purpose (HKDF, RFC 5869). A sealed value is bound to what it belongs
to: moved to another row it does not open (AES-GCM with associated data).
"""

from __future__ import annotations

import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
FORM = b"\x01"  # the first byte of every sealed value: how it was sealed


class SealBroken(Exception):
    """The value was sealed under another secret, for something else, or was changed; `str()` is one plain sentence."""


def seal(value: bytes, *, secret: str, purpose: str, belongs_to: str) -> bytes:
    nonce = os.urandom(NONCE)
    return FORM + nonce + AESGCM(_derived(secret, purpose)).encrypt(nonce, value, belongs_to.encode())


def unseal(sealed: bytes, *, secret: str, purpose: str, belongs_to: str) -> bytes:
    """The value. Raises SealBroken."""
    nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        if sealed[:1] != FORM:
            raise InvalidTag
        return AESGCM(_derived(secret, purpose)).decrypt(nonce, rest, belongs_to.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken(
            "KEY_SECRET is not the one this issuer's key was sealed with; set the old one again, nothing was signed."
        ) from error


def digest(value: str, *, secret: str, purpose: str) -> str:
    """A keyed digest, to find a value again without keeping it."""
    return hmac.new(_derived(secret, purpose), value.encode(), sha256).hexdigest()


def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"phereclos {purpose}".encode()).derive(secret.encode())
