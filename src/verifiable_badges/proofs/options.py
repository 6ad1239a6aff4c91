"""The members of a proof (VC Data Integrity 1.0 section 2.1): checked as far as they can be without a key."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verifiable_badges.dates import format_datetime, parse_datetime
from verifiable_badges.errors import InvalidDate, InvalidProof
from verifiable_badges.limits import MAX_PROOFS

DATA_INTEGRITY = "DataIntegrityProof"
_MEMBERS = frozenset(
    {"@context", "id", "type", "cryptosuite", "created", "expires", "verificationMethod", "proofPurpose", "domain"}
    | {"challenge", "nonce", "previousProof", "proofValue"}
)
_TEXTS = ("id", "verificationMethod", "proofPurpose", "challenge", "nonce")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def proofs_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The proofs of a document, one or a set. Raises `InvalidProof` if there is none, or anything else."""
    value = document.get("proof")
    entries = value if isinstance(value, list) else [value]
    proofs = [proof for proof in entries if isinstance(proof, dict)]
    if not proofs or len(proofs) != len(entries):
        raise InvalidProof("proof_missing", "The document is not signed.")
    return proofs


def suite_name(proof: Mapping[str, Any]) -> str:
    """The name of the suite; for proofs older than Data Integrity, their type."""
    kind = proof.get("type")
    return str(proof.get("cryptosuite") if kind == DATA_INTEGRITY else kind)


def new_options(
    *,
    cryptosuite: str,
    verification_method: str,
    created: datetime | None,
    purpose: str,
    identifier: str | None,
    expires: datetime | None,
    challenge: str | None,
    domain: str | Sequence[str] | None,
    nonce: str | None,
    previous_proof: str | Sequence[str] | None,
) -> dict[str, Any]:
    """The options of a new proof; what is None is left out."""
    members = {
        "id": identifier,
        "type": DATA_INTEGRITY,
        "cryptosuite": cryptosuite,
        "created": created and format_datetime(created),
        "expires": expires and format_datetime(expires),
        "verificationMethod": verification_method,
        "proofPurpose": purpose,
        "challenge": challenge,
        "domain": domain if domain is None or isinstance(domain, str) else list(domain),
        "nonce": nonce,
        "previousProof": (
            previous_proof if previous_proof is None or isinstance(previous_proof, str) else list(previous_proof)
        ),
    }
    return {name: value for name, value in members.items() if value is not None}


def checked_options(document: Mapping[str, Any], proof: Mapping[str, Any]) -> dict[str, Any]:
    """The proof without its value, every member of the form it must have. Raises `InvalidProof`.

    Dates are read, not judged: no clock is at hand here.
    """
    if not set(proof) <= _MEMBERS or ("cryptosuite" in proof) != (proof.get("type") == DATA_INTEGRITY):
        raise InvalidProof("proof_options", "The proof has members that do not belong to its kind.")
    for name in _TEXTS:
        if name in proof and not isinstance(proof[name], str):
            raise InvalidProof("proof_options", f"The member “{name}” of the proof is not a text.")
    if not isinstance(proof.get("verificationMethod"), str):
        raise InvalidProof("verification_method", "The proof does not say which key made it.")
    if "id" in proof and not _ADDRESS.fullmatch(proof["id"]):
        raise InvalidProof("proof_options", "The id of the proof is not an address.")
    texts_of(proof, "domain")
    if "@context" in proof and not _begins_with(document.get("@context"), proof["@context"]):
        raise InvalidProof("proof_context", "The proof is written in another vocabulary than the document.")
    for name in ("created", "expires"):
        try:
            if name in proof:
                parse_datetime(proof[name], "The date of the signature")
        except InvalidDate as error:
            raise InvalidProof("proof_date", error.message) from error
    return {name: value for name, value in proof.items() if name != "proofValue"}


@dataclass(frozen=True, slots=True)
class Expected:
    """What the caller expects a proof to be made for. None asks for nothing; one domain is a list of one."""

    purpose: str
    challenge: str | None = None
    domain: str | Sequence[str] | None = None

    def check(self, options: Mapping[str, Any]) -> None:
        """Whether a proof was made for that (section 4.4 steps 5 to 7). Raises `InvalidProof`."""
        if options.get("proofPurpose") != self.purpose:
            raise InvalidProof("proof_purpose", "The signature was made for another purpose.")
        if self.domain is not None:
            domains = {self.domain} if isinstance(self.domain, str) else set(self.domain)
            if set(texts_of(options, "domain")) != domains:
                raise InvalidProof("proof_domain", "The signature was made for somebody else to receive.")
        if self.challenge is not None and options.get("challenge") != self.challenge:
            raise InvalidProof("proof_challenge", "The signature does not answer the question that was asked.")


def texts_of(options: Mapping[str, Any], name: str) -> list[str]:
    """A member that is one text or several, as a list; empty if it is absent."""
    if name not in options:
        return []
    value = options[name]
    texts = value if isinstance(value, list) else [value]
    if not 0 < len(texts) <= MAX_PROOFS or not all(isinstance(text, str) and text for text in texts):
        raise InvalidProof("proof_options", f"The member “{name}” of the proof is not a text, nor a few texts.")
    return texts


def _begins_with(contexts: Any, beginning: Any) -> bool:
    """Contexts may have been added to a document that is signed (EdDSA Cryptosuites section 3.3.2), not placed before.

    A single context and a list of one are the same to readers; the proof's spelling is what was signed.
    """
    whole, part = (value if isinstance(value, list) else [value] for value in (contexts, beginning))
    return bool(part) and whole[: len(part)] == part
