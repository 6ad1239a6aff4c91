"""Data Integrity proofs of every suite known here, alone, in sets and in chains (VC Data Integrity 1.0 section 4).

A suite is a module of its own with a `SUITE`; nothing here depends on which one it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from verifiable_badges.errors import (
    InvalidDocument,
    InvalidKey,
    InvalidProof,
    InvalidSignature,
    LimitExceeded,
    Unsupported,
    VerifiableBadgesError,
)
from verifiable_badges.jsonld import Edition, Reading, choices, uses_disputed_terms
from verifiable_badges.keys import PublicKey, ResolvedKey, Resolver, SigningKey, resolve_key
from verifiable_badges.keys.multibase import multibase_encode
from verifiable_badges.limits import MAX_PROOFS, check_tree
from verifiable_badges.proofs import (
    ecdsa_jcs_2019,
    ecdsa_rdfc_2019,
    ecdsa_sd_2023,
    ed25519_signature_2020,
    eddsa_jcs_2022,
    eddsa_rdfc_2022,
)
from verifiable_badges.proofs.chains import previous_places, without_later_proofs
from verifiable_badges.proofs.options import (
    DATA_INTEGRITY,
    Expected,
    checked_options,
    new_options,
    proofs_of,
    suite_name,
    texts_of,
)
from verifiable_badges.proofs.suite import Cryptosuite, Editions, HashingSuite, Unsecured

SUITES: Mapping[str, Cryptosuite] = {
    module.SUITE.name: module.SUITE
    for module in (eddsa_rdfc_2022, eddsa_jcs_2022, ecdsa_rdfc_2019, ecdsa_jcs_2019, ecdsa_sd_2023)
}
"""Every suite of `DataIntegrityProof`, by its `cryptosuite`."""

OLDER_SUITES: Mapping[str, Cryptosuite] = {ed25519_signature_2020.SUITE.name: ed25519_signature_2020.SUITE}
"""Suites older than Data Integrity, by the `type` of their proofs."""


@dataclass(frozen=True, slots=True)
class VerifiedProof:
    """A proof that holds: the key with its controller, the proof's options, the contexts it holds under.

    `contexts` is empty for suites that cover the JSON itself.
    """

    key: ResolvedKey
    options: Mapping[str, Any]
    contexts: tuple[Edition, ...]


def create_proof(
    document: Mapping[str, Any],
    *,
    key: SigningKey,
    verification_method: str,
    created: datetime | None,
    cryptosuite: str = "eddsa-rdfc-2022",
    purpose: str = "assertionMethod",
    identifier: str | None = None,
    expires: datetime | None = None,
    challenge: str | None = None,
    domain: str | Sequence[str] | None = None,
    nonce: str | None = None,
    previous_proof: str | Sequence[str] | None = None,
    reading: Reading = Reading.BADGE,
) -> dict[str, Any]:
    """The proof to place under `proof` in `document`, which is left as it was (section 4.2).

    Raises `InvalidDocument` if anything of the document would not be covered by the signature, `Unsupported` for a
    suite that does not sign, `InvalidKey` for a key of another kind than the suite's, `InvalidProof` if
    `previous_proof` names a proof that the document does not carry.
    """
    suite = SUITES.get(cryptosuite)
    if not isinstance(suite, HashingSuite) or not suite.signs:
        raise Unsupported("cryptosuite", f"Signatures of the kind {cryptosuite[:60]} are not made here.")
    check_tree(document)
    options = new_options(
        cryptosuite=cryptosuite,
        verification_method=verification_method,
        created=created,
        purpose=purpose,
        identifier=identifier,
        expires=expires,
        challenge=challenge,
        domain=domain,
        nonce=nonce,
        previous_proof=previous_proof,
    )
    if not suite.reads_contexts and "@context" in document:
        options = {**options, "@context": document["@context"]}
    checked_options(document, options)
    proofs = proofs_of(document) if "proof" in document else []
    unsecured = Unsecured(without_later_proofs(document, options, proofs), reading)
    chosen: Editions = ()
    if suite.reads_contexts:
        reading.check(unsecured.document)
        chosen = next(choices(reading.context_urls(unsecured.document)))
    signature = key.sign(suite.hash_data(unsecured, options, key.kind, chosen))
    return {**options, "proofValue": multibase_encode(signature)}


def add_proof(document: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """`document` with one proof more, which becomes part of a set if there is one already (section 4.3).

    Takes what `create_proof` takes, and fails as it does.
    """
    proof = create_proof(document, **options)
    existing = proofs_of(document) if "proof" in document else []
    return {**document, "proof": [*existing, proof] if existing else proof}


def verify_document(
    document: Mapping[str, Any],
    *,
    resolve: Resolver,
    purpose: str = "assertionMethod",
    challenge: str | None = None,
    domain: str | Sequence[str] | None = None,
    reading: Reading = Reading.BADGE,
) -> VerifiedProof:
    """What a proof in `document` proves; of several proofs, the first one that holds with all it builds on.

    `challenge` and `domain` are what the caller has asked for; None asks for nothing. `reading` says how much of
    JSON-LD the document may use, if the suite reads it as such.
    Raises `InvalidSignature` or `InvalidProof` if none holds, `InvalidKey` if the key is not for this purpose or suite,
    `InvalidDocument` if the document has two readings, and the children of `CannotDecide` where it was not found out.
    Dates in the proof and key are returned, not judged: no clock is read here.
    """
    verifier = _Verifier(document, resolve, Expected(purpose, challenge, domain), reading)
    failure: VerifiableBadgesError | None = None
    for place in range(len(verifier.proofs)):
        try:
            return verifier.verify(place)
        except VerifiableBadgesError as error:
            # What is wrong with a known kind of proof says more than that another kind is not known.
            if failure is None or failure.code == "proof_type":
                failure = error
    assert failure is not None  # there is at least one proof
    raise failure


def verify_every_proof(
    document: Mapping[str, Any],
    *,
    resolve: Resolver,
    purpose: str = "assertionMethod",
    challenge: str | None = None,
    domain: str | Sequence[str] | None = None,
    reading: Reading = Reading.BADGE,
) -> list[VerifiedProof]:
    """What the proofs in `document` prove; all of them have to hold (section 4.5). Errors as `verify_document`."""
    verifier = _Verifier(document, resolve, Expected(purpose, challenge, domain), reading)
    return [verifier.verify(place) for place in range(len(verifier.proofs))]


class _Verifier:
    """One document with its proofs. What several of them cover is made canonical once."""

    def __init__(self, document: Mapping[str, Any], resolve: Resolver, expected: Expected, reading: Reading) -> None:
        check_tree(document)
        self.proofs = proofs_of(document)
        if len(self.proofs) > MAX_PROOFS:
            raise LimitExceeded("too_many_proofs", f"The document carries more than {MAX_PROOFS} signatures.")
        self._document = document
        self._resolve = resolve
        self._expected = expected
        self._reading = reading
        self._covered: dict[frozenset[str], _Covered] = {}
        self._known: dict[int, VerifiedProof | VerifiableBadgesError] = {}

    def verify(self, place: int, above: frozenset[int] = frozenset()) -> VerifiedProof:
        """The proof at `place` with those it builds on; `above` are the ones that build on it. Each is tried once."""
        if place not in self._known:
            try:
                self._known[place] = self._verify(place, above)
            except VerifiableBadgesError as error:
                self._known[place] = error
        known = self._known[place]
        if isinstance(known, VerifiableBadgesError):
            raise known
        return known

    def _verify(self, place: int, above: frozenset[int]) -> VerifiedProof:
        proof = self.proofs[place]
        suite = _suite_of(proof)
        options = checked_options(self._document, proof)
        self._expected.check(options)
        for previous in previous_places(options, self.proofs):
            if previous in above | {place}:
                raise InvalidProof("proof_chain", "The signatures build on each other in a circle.")
            self.verify(previous, above | {place})
        resolved = resolve_key(options["verificationMethod"], self._resolve, self._expected.purpose)
        if resolved.public.kind not in suite.kinds:
            raise InvalidKey("key_kind", "The key is not of the kind that this signature needs.")
        covered = self._what_is_covered(options)
        chosen = covered.edition_that_holds(suite, options, proof.get("proofValue"), resolved.public)
        return VerifiedProof(resolved, options, chosen)

    def _what_is_covered(self, options: Mapping[str, Any]) -> "_Covered":
        names = frozenset(texts_of(options, "previousProof"))
        if names not in self._covered:
            self._covered[names] = _Covered(
                Unsecured(without_later_proofs(self._document, options, self.proofs), self._reading)
            )
        return self._covered[names]


def _suite_of(proof: Mapping[str, Any]) -> Cryptosuite:
    name = suite_name(proof)
    suite = (SUITES if proof.get("type") == DATA_INTEGRITY else OLDER_SUITES).get(name)
    if suite is None:
        raise Unsupported("proof_type", f"The signature is of a kind that is not known here: {name[:60]}")
    return suite


class _Covered:
    """What one or several proofs of a document cover."""

    def __init__(self, unsecured: Unsecured) -> None:
        self._unsecured = unsecured

    @cached_property
    def _choices(self) -> list[Editions]:
        """The choices of context editions that can make a difference. Raises `InvalidDocument` for a second reading."""
        document, reading = self._unsecured.document, self._unsecured.reading
        reading.check(document)
        urls = reading.context_urls(document)
        several = list(choices(urls))
        return several if uses_disputed_terms(document, urls) else several[:1]

    def edition_that_holds(
        self, suite: Cryptosuite, options: Mapping[str, Any], value: object, key: PublicKey
    ) -> Editions:
        """The choice of context editions under which a proof holds; addresses are not enough to name it."""
        failure: VerifiableBadgesError | None = None
        for chosen in self._choices if suite.reads_contexts else [()]:
            try:
                suite.verify(self._unsecured, options, value, key, chosen)
                return chosen
            except (InvalidDocument, InvalidSignature) as error:
                failure = error
        assert failure is not None  # there is at least one choice
        raise failure
