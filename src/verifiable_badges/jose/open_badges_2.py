"""Assertions of Open Badges 2.0 as signed tokens (Open Badges 2.0 section 4.3)."""

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.jose import jws
from verifiable_badges.jose.claims import write_claims
from verifiable_badges.keys import PublicKey, SigningKey
from verifiable_badges.keys.pem import public_key_to_pem
from verifiable_badges.model.open_badges_2 import Assertion, CryptographicKey


def sign_assertion(assertion: Assertion, *, key: SigningKey) -> str:
    """The assertion as a token, to be baked or sent. Most readers of 2.0 know RS256 only, so take an RSA key for them.

    Its verification is `signed_by(…)`: the address of the key, which `key_document` publishes and the issuer's profile
    names as `public_key`. Raises `InvalidCredential` for an assertion that is to be hosted instead.
    """
    if not assertion.verification.creator:
        raise InvalidCredential("verification_method", "The badge does not say with which key it is signed.")
    return jws.sign(write_claims(assertion.to_json()), key=key, header=jws.protected_header(key.kind))


def key_document(public: PublicKey, *, id: str, owner: str) -> CryptographicKey:
    """What lies at the address `id` of a key: the key, and the id of the issuer whose it is."""
    return CryptographicKey(id, owner=owner, public_key_pem=public_key_to_pem(public))
