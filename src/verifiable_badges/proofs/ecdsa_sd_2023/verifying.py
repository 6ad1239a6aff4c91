"""The verifier's half (Data Integrity ECDSA Cryptosuites 1.0 sections 3.5.7 and 3.5.13)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from verifiable_badges.errors import InvalidSignature
from verifiable_badges.keys import KeyKind, PublicKey
from verifiable_badges.proofs.ecdsa_sd_2023.proof_value import DerivedProofValue
from verifiable_badges.proofs.ecdsa_sd_2023.signing import CRYPTOSUITE, signed_data
from verifiable_badges.proofs.ecdsa_sd_2023.statements import ALGORITHM, blank_names, label_text, relabelled
from verifiable_badges.proofs.suite import Editions, Unsecured


@dataclass(frozen=True, slots=True)
class SelectiveDisclosureSuite:
    """Verifies derived proofs: `Cryptosuite` says how it is asked. A base proof is refused, it is not for showing."""

    name: str = CRYPTOSUITE
    kinds: Collection[KeyKind] = (KeyKind.P256,)
    reads_contexts: bool = True

    def verify(
        self, unsecured: Unsecured, options: Mapping[str, Any], value: object, key: PublicKey, chosen: Editions
    ) -> None:
        """See `Cryptosuite`. The issuer's signature comes first: work for strangers ends there."""
        proof = DerivedProofValue.decode(value)
        mandatory, optional = revealed_statements(unsecured, proof, chosen)
        key.verify(proof.base_signature, signed_data(unsecured, options, chosen, proof.proof_key, mandatory))
        check_statements(proof.proof_key, proof.signatures, optional)


SUITE = SelectiveDisclosureSuite()


def revealed_statements(
    unsecured: Unsecured, proof: DerivedProofValue, chosen: Editions
) -> tuple[list[str], list[str]]:
    """The mandatory and the other statements of a revealed document, under the names they were signed with."""
    labels = {f"c14n{number}": label_text(label) for number, label in proof.labels.items()}
    nquads = unsecured.nquads(chosen, ALGORITHM).decode("utf-8")
    if labels.keys() != blank_names(nquads):
        raise InvalidSignature("labels", "The signature is for a document with another number of parts.")
    lines = relabelled(nquads, labels)
    if proof.mandatory_indexes and proof.mandatory_indexes[-1] >= len(lines):
        raise InvalidSignature("statements", "The document makes fewer statements than were signed.")
    indexes = frozenset(proof.mandatory_indexes)
    mandatory = [line for index, line in enumerate(lines) if index in indexes]
    return mandatory, [line for index, line in enumerate(lines) if index not in indexes]


def check_statements(proof_key: PublicKey, signatures: Collection[bytes], statements: Collection[str]) -> None:
    """Whether each statement has its signature. Raises `InvalidSignature`."""
    if len(signatures) != len(statements):
        raise InvalidSignature("statements", "The document makes more or fewer statements than were signed.")
    for signature, statement in zip(signatures, statements, strict=True):
        proof_key.verify(signature, statement.encode("utf-8"))
