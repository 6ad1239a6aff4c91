"""Verifying a credential with one proof of the common form, by shape or by a direct walk.

Only what holds is answered here. What does not, or is unusual, is judged anew by the general path, which says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.fast.knowledge import KNOWLEDGE
from verifiable_badges.fast.looking import Look, look
from verifiable_badges.fast.proofs import options_hash, options_of
from verifiable_badges.keys import KeyKind, ResolvedKey, Resolver, ed25519, resolve_key
from verifiable_badges.keys.multibase import base58_decode
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.data_integrity import VerifiedProof


@dataclass(frozen=True, slots=True)
class Proven:
    """A credential in compact form whose signature holds."""

    proof: VerifiedProof
    _unsecured: Mapping[str, Any]
    _look: Look

    @property
    def has_structure(self) -> bool:
        """Whether it is known to be a whole badge as well; False says nothing."""
        return self._look.has_structure

    def learn(self) -> None:
        """Take notice of a whole badge that was signed by the issuer it names; who else does is not worth the room."""
        shape = self._look.shape
        if self._look.is_new:
            KNOWLEDGE.learn(self._unsecured)
        elif shape is not None and not shape.is_badge:
            shape.is_badge = shape.has_fit_structure(self._look.values)


def prove(credential: Mapping[str, Any], resolve: Resolver) -> Proven | None:
    """What is proven of a credential made of exact JSON types; None if the general path must say."""
    proof: Any = credential.get("proof")
    options = options_of(proof)
    if options is None or options["proofPurpose"] != "assertionMethod":
        return None
    try:
        parse_datetime(options["created"])
        start = options_hash(credential.get("@context"), options)
        unsecured = {name: value for name, value in credential.items() if name != "proof"}
        seen = look(unsecured) if start else None
        if start is None or seen is None:
            return None
        key = _key(options["verificationMethod"], resolve)
        if not _holds(proof["proofValue"], start + seen.digest, key):
            return None
    except VerifiableBadgesError:
        return None
    return Proven(VerifiedProof(key, options, seen.editions), unsecured, seen)


def _key(method: str, resolve: Resolver) -> ResolvedKey:
    return _did_key(method) if method.startswith("did:key:") else resolve_key(method, resolve)


@lru_cache(maxsize=1024)
def _did_key(method: str) -> ResolvedKey:
    """The key of a did:key, which nobody has to be asked for."""
    return resolve_key(method, unavailable)


def _holds(value: str, data: bytes, key: ResolvedKey) -> bool:
    """Base58 has one spelling for each value, so that its length and letters are all there is to check."""
    if key.public.kind is not KeyKind.ED25519 or value[:1] != "z":
        return False
    signature = base58_decode(value[1:])
    return ed25519.is_canonical_signature(signature) and ed25519.holds(signature, data, key.public.raw)
