"""The holder's half (Data Integrity ECDSA Cryptosuites 1.0 section 3.5.5): from a base proof to a document that says
what the issuer demands and what the holder chooses."""

from collections.abc import Mapping, Sequence
from typing import Any

from verifiable_badges.errors import InvalidDocument, InvalidSignature
from verifiable_badges.jsonld import Reading
from verifiable_badges.proofs.ecdsa_sd_2023.base import base_proof_of, under_some_edition
from verifiable_badges.proofs.ecdsa_sd_2023.pointers import check_pointers, select
from verifiable_badges.proofs.ecdsa_sd_2023.proof_value import BaseProofValue, DerivedProofValue
from verifiable_badges.proofs.ecdsa_sd_2023.signing import separated
from verifiable_badges.proofs.ecdsa_sd_2023.statements import Statements, label_bytes
from verifiable_badges.proofs.ecdsa_sd_2023.verifying import check_statements, revealed_statements
from verifiable_badges.proofs.options import checked_options
from verifiable_badges.proofs.suite import Editions, Unsecured


def derive(
    document: Mapping[str, Any], *, selective_pointers: Sequence[str], reading: Reading = Reading.BADGE
) -> dict[str, Any]:
    """A new document to show: what the issuer demands and what the JSON pointers select, with its derived proof.

    `document` carries one base proof; other proofs of it are left out, since they hold for the whole document only.
    Whether the issuer's own signature holds is not looked at, which takes the issuer's key (`verify_base_proof` does);
    the signatures of what is revealed are.

    Raises `InvalidProof` if there is no base proof or a malformed one, `InvalidSignature` if it is for another
    document, `InvalidDocument` for pointers that lead nowhere or cut a list, and if nothing at all is selected.
    """
    unsecured, proof, base = base_proof_of(document, reading)
    checked_options(document, proof)
    pointers = [*base.mandatory_pointers, *check_pointers(selective_pointers)]
    revealed = select(unsecured.document, pointers)
    if not revealed:
        raise InvalidDocument("nothing_selected", "Nothing of the document was selected to be shown.")

    def attempt(chosen: Editions) -> DerivedProofValue:
        value = disclosed(Statements(unsecured, base.hmac_key, chosen), base, pointers)
        _, optional = revealed_statements(Unsecured(revealed, reading), value, chosen)
        check_statements(base.proof_key, value.signatures, optional)
        return value

    value = under_some_edition(unsecured, attempt)
    return {**revealed, "proof": {**proof, "proofValue": value.encode()}}


def disclosed(statements: Statements, base: BaseProofValue, pointers: Sequence[str]) -> DerivedProofValue:
    """Section 3.5.5 from step 5 on: `pointers` are the mandatory and the selected ones together."""
    mandatory, optional = separated(statements, base.mandatory_pointers)
    if len(optional) != len(base.signatures):
        raise InvalidSignature("statements", "The document makes more or fewer statements than were signed.")
    shown = statements.part(pointers)
    mandatory_lines = frozenset(mandatory)
    shown_in_order = [line for line in statements.lines if line in shown.lines]
    return DerivedProofValue(
        base_signature=base.base_signature,
        proof_key=base.proof_key,
        signatures=tuple(
            signature for line, signature in zip(optional, base.signatures, strict=True) if line in shown.lines
        ),
        labels={
            int(name.removeprefix("c14n")): label_bytes(statements.labels[node])
            for node, name in shown.canonical_names().items()
        },
        mandatory_indexes=tuple(index for index, line in enumerate(shown_in_order) if line in mandatory_lines),
    )
