"""Proofs of `eddsa-rdfc-2022` with the five members that nearly all have: hashed, made and verified by template.

The options of such a proof are five quads with one blank node; only the date and the address of the key vary.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from verifiable_badges.fast.programs import Program, compile_program, mark
from verifiable_badges.fast.terms import Surprise, is_plain_address
from verifiable_badges.fast.walking import Walk

SUITE = "eddsa-rdfc-2022"
_MEMBERS = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}


def options_of(proof: Any) -> dict[str, str] | None:
    """The options of a proof of the common form, None for any other."""
    if type(proof) is not dict or proof.keys() != _MEMBERS or not all(type(value) is str for value in proof.values()):
        return None
    if proof["type"] != "DataIntegrityProof" or proof["cryptosuite"] != SUITE:
        return None
    return {name: value for name, value in proof.items() if name != "proofValue"}


def options_hash(contexts: Any, options: Mapping[str, str]) -> bytes | None:
    """SHA-256 of the canonical options under the document's contexts; None for addresses and contexts of other forms.

    `created` must have been read as a date, so that it needs no escape.
    """
    if type(contexts) is not list:
        return None
    try:
        return _hash(tuple(contexts), options["proofPurpose"], options["created"], options["verificationMethod"])
    except (Surprise, TypeError):
        return None


@lru_cache(maxsize=1024)
def _hash(contexts: tuple[str, ...], purpose: str, created: str, method: str) -> bytes | None:
    """Many documents are signed by one key in one second."""
    if not method.startswith(("did:", "https://")) or not is_plain_address(method):
        return None
    program = _program(contexts, purpose)
    return None if program is None else program.digest([created.encode(), method.encode()])


@lru_cache(maxsize=64)
def _program(contexts: tuple[str, ...], purpose: str) -> Program | None:
    marked = {
        "@context": list(contexts),
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": mark(0),
        "verificationMethod": mark(1),
        "proofPurpose": purpose,
    }
    Walk({**marked, "verificationMethod": "did:key:z6Mk"})  # `did:` must not be a prefix under these contexts
    return compile_program(Walk(marked), 2)
