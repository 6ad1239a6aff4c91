"""The cryptosuite `eddsa-rdfc-2022` (Data Integrity EdDSA Cryptosuites 1.0 section 3.2).

What is signed is SHA-256(canonical proof options) || SHA-256(canonical document), both under the document's contexts.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from verifiable_badges.dates import format_datetime
from verifiable_badges.errors import InvalidDocument, InvalidKey, InvalidProof, InvalidSignature, VerifiableBadgesError
from verifiable_badges.jsonld import (
    Edition,
    all_context_urls,
    canonical_text,
    check_compact_form,
    choices,
    uses_disputed_terms,
)
from verifiable_badges.keys import KeyKind, PublicKey, Resolver, SigningKey
from verifiable_badges.keys.multibase import multibase_decode, multibase_encode
from verifiable_badges.limits import check_tree
from verifiable_badges.proofs.data_integrity import VerifiedProof, check_options, resolve_method, select_proofs

CRYPTOSUITE = "eddsa-rdfc-2022"


def create_proof(
    document: Mapping[str, Any],
    *,
    key: SigningKey,
    verification_method: str,
    created: datetime,
    purpose: str = "assertionMethod",
) -> dict[str, Any]:
    """The proof to place under `proof` in `document`, which is left as it was (section 3.2.1).

    Raises `InvalidDocument` if anything of the document would not be covered by the signature.
    """
    check_tree(document)
    check_compact_form(document)
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": format_datetime(created),
        "verificationMethod": verification_method,
        "proofPurpose": purpose,
    }
    signature = key.sign(hash_data(document, options))
    return {**options, "proofValue": multibase_encode(signature)}


def verify_proof(document: Mapping[str, Any], *, resolve: Resolver, purpose: str = "assertionMethod") -> VerifiedProof:
    """What a valid proof in `document` proves (section 3.2.2); of several proofs, any one that holds.

    Raises `InvalidSignature` or `InvalidProof` if none holds, `InvalidKey` if the key is not for this purpose,
    `InvalidDocument` if the document has two readings, and the children of `CannotDecide` where it was not found out.
    Dates in the proof and key are returned, not judged: no clock is read here.
    """
    check_tree(document)
    check_compact_form(document)
    proofs = select_proofs(document, CRYPTOSUITE)
    verifier = _Verifier(document, resolve, purpose)
    failure: VerifiableBadgesError | None = None
    for proof in proofs:
        try:
            return verifier.verify(proof)
        except VerifiableBadgesError as error:
            failure = failure or error
    assert failure is not None  # select_proofs gives at least one or raises
    raise failure


def hash_data(
    document: Mapping[str, Any], options: Mapping[str, Any], chosen: tuple[Edition, ...] | None = None
) -> bytes:
    """The 64 bytes that are signed (section 3.2.4). `options` is the proof without its value."""
    unsecured = _unsecured(document)
    chosen = chosen or next(choices(all_context_urls(unsecured)))
    config = {**options, "@context": document["@context"]}
    return _digest(config, chosen) + _digest(unsecured, chosen)


def _unsecured(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "proof"}


def _digest(document: Mapping[str, Any], chosen: tuple[Edition, ...]) -> bytes:
    return hashlib.sha256(canonical_text(document, chosen).encode("utf-8")).digest()


class _Verifier:
    """One document with its proofs: however many there are, the document is made canonical once per edition."""

    def __init__(self, document: Mapping[str, Any], resolve: Resolver, purpose: str) -> None:
        self._document = document
        self._unsecured = _unsecured(document)
        self._resolve = resolve
        self._purpose = purpose
        urls = all_context_urls(self._unsecured)
        self._choices = list(choices(urls))
        if not uses_disputed_terms(self._unsecured, urls):
            del self._choices[1:]
        self._digests: dict[tuple[Edition, ...], bytes] = {}

    def verify(self, proof: dict[str, Any]) -> VerifiedProof:
        options = check_options(self._document, proof, self._purpose)
        signature = _signature(proof.get("proofValue"))
        resolved = resolve_method(proof, self._resolve, self._purpose)
        if resolved.public.kind is not KeyKind.ED25519:
            raise InvalidKey("key_kind", "The key is not of the kind that this signature needs.")
        return VerifiedProof(resolved, options, self._edition_that_holds(options, resolved.public, signature))

    def _edition_that_holds(
        self, options: Mapping[str, Any], public: PublicKey, signature: bytes
    ) -> tuple[Edition, ...]:
        """The choice of context editions under which the signature holds; addresses are not enough to name it."""
        failure: VerifiableBadgesError | None = None
        for chosen in self._choices:
            try:
                config = {**options, "@context": self._document["@context"]}
                public.verify(signature, _digest(config, chosen) + self._document_digest(chosen))
                return chosen
            except (InvalidDocument, InvalidSignature) as error:
                failure = error
        assert failure is not None  # there is at least one choice
        raise failure

    def _document_digest(self, chosen: tuple[Edition, ...]) -> bytes:
        if chosen not in self._digests:
            self._digests[chosen] = _digest(self._unsecured, chosen)
        return self._digests[chosen]


def _signature(value: object) -> bytes:
    """Only base58btc in its one spelling, only 64 bytes."""
    try:
        data = multibase_decode(value)
        if isinstance(value, str) and value.startswith("z") and multibase_encode(data) == value and len(data) == 64:
            return data
    except InvalidKey as error:
        raise InvalidProof("proof_value", "The signature is not written in the form that its kind demands.") from error
    raise InvalidProof("proof_value", "The signature is not written in the form that its kind demands.")
