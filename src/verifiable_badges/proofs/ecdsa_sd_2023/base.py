"""A base proof in its document, as the holder has it: found, and looked at before it is stored or shown from."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from verifiable_badges.errors import InvalidDocument, InvalidKey, InvalidProof, InvalidSignature, Unsupported
from verifiable_badges.jsonld import Reading, choices, uses_disputed_terms
from verifiable_badges.keys import KeyKind, ResolvedKey, Resolver, resolve_key
from verifiable_badges.limits import check_tree
from verifiable_badges.proofs.ecdsa_sd_2023.proof_value import BaseProofValue
from verifiable_badges.proofs.ecdsa_sd_2023.signing import CRYPTOSUITE, separated, signed_data
from verifiable_badges.proofs.ecdsa_sd_2023.statements import Statements
from verifiable_badges.proofs.ecdsa_sd_2023.verifying import check_statements
from verifiable_badges.proofs.options import Expected, checked_options, proofs_of, suite_name
from verifiable_badges.proofs.suite import Editions, Unsecured

_Result = TypeVar("_Result")


def verify_base_proof(
    document: Mapping[str, Any], *, resolve: Resolver, purpose: str = "assertionMethod"
) -> ResolvedKey:
    """The issuer's key, if the base proof holds for the whole of `document`: for holders, not for verifiers.

    Errors as `data_integrity.verify_document`.
    """
    unsecured, proof, base = base_proof_of(document)
    options = checked_options(document, proof)
    Expected(purpose).check(options)
    key = resolve_key(options["verificationMethod"], resolve, purpose)
    if key.public.kind is not KeyKind.P256:
        raise InvalidKey("key_kind", "The key is not of the kind that this signature needs.")

    def attempt(chosen: Editions) -> None:
        mandatory, optional = separated(Statements(unsecured, base.hmac_key, chosen), base.mandatory_pointers)
        key.public.verify(base.base_signature, signed_data(unsecured, options, chosen, base.proof_key, mandatory))
        check_statements(base.proof_key, base.signatures, optional)

    under_some_edition(unsecured, attempt)
    return key


def base_proof_of(
    document: Mapping[str, Any], reading: Reading = Reading.BADGE
) -> tuple[Unsecured, dict[str, Any], BaseProofValue]:
    """What the base proof covers, the proof, and its value. Raises `InvalidProof` if there is not one of its kind."""
    check_tree(document)
    reading.check(document)
    proofs = [proof for proof in proofs_of(document) if suite_name(proof) == CRYPTOSUITE]
    if len(proofs) != 1:
        raise InvalidProof("base_proof_missing", "The document does not carry one signature to choose parts under.")
    proof = proofs[0]
    if "previousProof" in proof:
        raise Unsupported("proof_chain", "Parts cannot be chosen where the signature builds on another one.")
    unsecured = Unsecured({name: value for name, value in document.items() if name != "proof"}, reading)
    return unsecured, proof, BaseProofValue.decode(proof.get("proofValue"))


def under_some_edition(unsecured: Unsecured, attempt: Callable[[Editions], _Result]) -> _Result:
    """What `attempt` returns under the first choice of context editions with which it does not fail."""
    document, reading = unsecured.document, unsecured.reading
    urls = reading.context_urls(document)
    several = list(choices(urls))
    failure: InvalidDocument | InvalidSignature | None = None
    for chosen in several if uses_disputed_terms(document, urls) else several[:1]:
        try:
            return attempt(chosen)
        except (InvalidDocument, InvalidSignature) as error:
            failure = failure or error
    assert failure is not None  # there is at least one choice
    raise failure
