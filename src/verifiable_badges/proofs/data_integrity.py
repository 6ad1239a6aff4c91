"""What all Data Integrity cryptosuites share (VC Data Integrity 1.0 sections 2.1 and 4.3): choosing the proof, its
options, its key. Each suite adds its transformation, hash and signature in a module of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidDate, InvalidProof, LimitExceeded, Unsupported
from verifiable_badges.jsonld import Edition
from verifiable_badges.keys import ResolvedKey, Resolver, resolve_key
from verifiable_badges.limits import MAX_PROOFS

_OPTIONS = frozenset(
    {"@context", "id", "type", "cryptosuite", "created", "expires", "verificationMethod", "proofPurpose", "domain"}
    | {"challenge", "nonce"}
)


@dataclass(frozen=True, slots=True)
class VerifiedProof:
    """A proof whose signature holds: the key with its controller, the proof's options, the contexts it holds under."""

    key: ResolvedKey
    options: Mapping[str, Any]
    contexts: tuple[Edition, ...]


def select_proofs(document: Mapping[str, Any], cryptosuite: str) -> list[dict[str, Any]]:
    """The proofs of this suite. Raises `InvalidProof` if there is no proof, `Unsupported` if all are of others."""
    value = document.get("proof")
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MAX_PROOFS:
        raise LimitExceeded("too_many_proofs", f"The document carries more than {MAX_PROOFS} signatures.")
    proofs = [proof for proof in entries if isinstance(proof, dict)]
    if not proofs or len(proofs) != len(entries):
        raise InvalidProof("proof_missing", "The document is not signed.")
    fitting = [proof for proof in proofs if _suite(proof) == cryptosuite]
    if not fitting:
        raise Unsupported("proof_type", f"The signature is of a kind that is not known here: {_suite(proofs[0])[:60]}")
    return fitting


def check_options(document: Mapping[str, Any], proof: Mapping[str, Any], purpose: str) -> dict[str, Any]:
    """The proof without its value, its members checked. Raises `InvalidProof`."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if "previousProof" in options:
        raise Unsupported("proof_chain", "The signature builds on another one, which is not handled here.")
    if not set(options) <= _OPTIONS:
        raise InvalidProof("proof_options", "The proof has members that do not belong to its kind.")
    if "@context" in options and options["@context"] != document.get("@context"):
        raise InvalidProof("proof_context", "The proof is written in another vocabulary than the document.")
    if options.get("proofPurpose") != purpose:
        raise InvalidProof("proof_purpose", "The signature was made for another purpose.")
    for name in ("created", "expires"):
        try:
            if name in options:
                parse_datetime(options[name], "The date of the signature")
        except InvalidDate as error:
            raise InvalidProof("proof_date", error.message) from error
    return options


def resolve_method(proof: Mapping[str, Any], resolve: Resolver, purpose: str) -> ResolvedKey:
    """The key that the proof names."""
    method = proof.get("verificationMethod")
    if not isinstance(method, str):
        raise InvalidProof("verification_method", "The proof does not say which key made it.")
    return resolve_key(method, resolve, purpose)


def _suite(proof: Mapping[str, Any]) -> str:
    """The name of the suite; for proofs older than Data Integrity, their type."""
    kind = proof.get("type")
    return str(proof.get("cryptosuite")) if kind == "DataIntegrityProof" else str(kind)
