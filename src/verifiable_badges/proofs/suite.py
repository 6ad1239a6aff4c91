"""What a Data Integrity cryptosuite is (VC Data Integrity 1.0 section 3), and the steps that nearly all of them share:
make the proof's options and the document canonical, hash both, sign the two hashes together."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from verifiable_badges.errors import InvalidKey, InvalidProof, VerifiableBadgesError
from verifiable_badges.jsonld import Edition, Reading, canonical_text
from verifiable_badges.jsonld.jcs import jcs
from verifiable_badges.keys import KeyKind, PublicKey
from verifiable_badges.keys.multibase import multibase_decode, multibase_encode

Editions = tuple[Edition, ...]


class Unsecured:
    """What a proof covers: a document without its proofs, or with those that the proof builds on.

    Its canonical N-Quads are made once for each choice of context editions, however many proofs ask for them.
    """

    def __init__(self, document: Mapping[str, Any], reading: Reading = Reading.BADGE) -> None:
        self.document = document
        self.reading = reading
        self._nquads: dict[tuple[Editions, str], bytes | VerifiableBadgesError] = {}

    def nquads(self, chosen: Editions, algorithm: str) -> bytes:
        """The canonical N-Quads under the `chosen` contexts, blank nodes told apart by `algorithm`.

        A document that has none, or needs too much work, is not tried again for its next proof.
        """
        if (chosen, algorithm) not in self._nquads:
            try:
                self._nquads[chosen, algorithm] = self._canonical(self.document, chosen, algorithm)
            except VerifiableBadgesError as error:
                self._nquads[chosen, algorithm] = error
        nquads = self._nquads[chosen, algorithm]
        if isinstance(nquads, VerifiableBadgesError):
            raise nquads
        return nquads

    def options_nquads(self, options: Mapping[str, Any], chosen: Editions, algorithm: str) -> bytes:
        """The same of a proof's options, which are read under the document's contexts, whatever they say themselves."""
        config = {name: value for name, value in options.items() if name != "@context"}
        if "@context" in self.document:
            config["@context"] = self.document["@context"]
        return self._canonical(config, chosen, algorithm)

    def _canonical(self, document: Mapping[str, Any], chosen: Editions, algorithm: str) -> bytes:
        return canonical_text(document, chosen, algorithm, self.reading).encode("utf-8")


class Cryptosuite(Protocol):
    """What `data_integrity` asks of a suite, the ordinary ones and those with procedures of their own."""

    @property
    def name(self) -> str:
        """The value of `cryptosuite`; for proofs older than Data Integrity, of their `type`."""

    @property
    def kinds(self) -> Collection[KeyKind]:
        """The kinds of key that may have made such a proof."""

    @property
    def reads_contexts(self) -> bool:
        """Whether the proof covers the graph that the contexts make of the document, and not the JSON itself."""

    def verify(
        self, unsecured: Unsecured, options: Mapping[str, Any], value: object, key: PublicKey, chosen: Editions
    ) -> None:
        """Return if `value`, the `proofValue`, proves `unsecured` and `options`, which are the rest of the proof.

        Raises `InvalidProof` if it is malformed, `InvalidSignature` if it does not hold, `InvalidDocument` if the
        document has no complete meaning under the `chosen` contexts; those are empty where contexts are not read.
        """


Transformation = Callable[[Unsecured, Mapping[str, Any], Editions, str], tuple[bytes, bytes]]
"""(what is covered, proof without its value, contexts, name of the hash) to (canonical proof options, document)."""


def rdfc(unsecured: Unsecured, options: Mapping[str, Any], chosen: Editions, algorithm: str) -> tuple[bytes, bytes]:
    """RDFC-1.0."""
    return unsecured.options_nquads(options, chosen, algorithm), unsecured.nquads(chosen, algorithm)


def plain_json(
    unsecured: Unsecured, options: Mapping[str, Any], chosen: Editions, algorithm: str
) -> tuple[bytes, bytes]:
    """RFC 8785. A proof that names contexts covers the document under those: others may have been added later."""
    context = {"@context": options["@context"]} if "@context" in options else {}
    return jcs(dict(options)), jcs({**unsecured.document, **context})


@dataclass(frozen=True, slots=True)
class HashingSuite:
    """A suite that signs hash(canonical options) || hash(canonical document), with one hash for each kind of key."""

    name: str
    transform: Transformation
    hashes: Mapping[KeyKind, str]
    signs: bool = True

    @property
    def kinds(self) -> Collection[KeyKind]:
        """See `Cryptosuite`."""
        return self.hashes.keys()

    @property
    def reads_contexts(self) -> bool:
        """See `Cryptosuite`."""
        return self.transform is rdfc

    def hash_data(
        self, unsecured: Unsecured, options: Mapping[str, Any], kind: KeyKind, chosen: Editions = ()
    ) -> bytes:
        """The bytes that are signed: 64 with SHA-256, 96 with SHA-384."""
        if kind not in self.hashes:
            raise InvalidKey("key_kind", "The key is not of the kind that this signature needs.")
        algorithm = self.hashes[kind]
        config, document = self.transform(unsecured, options, chosen, algorithm)
        return hashlib.new(algorithm, config).digest() + hashlib.new(algorithm, document).digest()

    def verify(
        self, unsecured: Unsecured, options: Mapping[str, Any], value: object, key: PublicKey, chosen: Editions
    ) -> None:
        """See `Cryptosuite`."""
        signature = decode_signature(value)
        key.verify(signature, self.hash_data(unsecured, options, key.kind, chosen))


def decode_signature(value: object) -> bytes:
    """The bytes of a `proofValue` that is a signature: base58btc, in its one spelling."""
    try:
        data = multibase_decode(value)
    except InvalidKey as error:
        raise InvalidProof("proof_value", "The signature is not written in the form that its kind demands.") from error
    if multibase_encode(data) != value:
        raise InvalidProof("proof_value", "The signature is not written in the form that its kind demands.")
    return data
