"""The issuer's half (Data Integrity ECDSA Cryptosuites 1.0 sections 3.5.1, 3.5.8 to 3.5.12): the base proof.

Each statement that the holder may leave out is signed by itself, with a key made for this one proof. The issuer's own
key signs that key together with the proof's options and the statements that must always be shown.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from verifiable_badges.errors import InvalidKey, LimitExceeded
from verifiable_badges.jsonld import Reading, all_context_urls, canonical_text, choices
from verifiable_badges.keys import KeyKind, PublicKey, SigningKey
from verifiable_badges.limits import check_tree
from verifiable_badges.proofs.ecdsa_sd_2023.pointers import check_pointers
from verifiable_badges.proofs.ecdsa_sd_2023.proof_value import MAX_STATEMENTS, BaseProofValue, key_bytes
from verifiable_badges.proofs.ecdsa_sd_2023.statements import ALGORITHM, Statements
from verifiable_badges.proofs.options import checked_options, new_options
from verifiable_badges.proofs.suite import Editions, Unsecured

CRYPTOSUITE = "ecdsa-sd-2023"


def create_base_proof(
    document: Mapping[str, Any],
    *,
    key: SigningKey,
    verification_method: str,
    created: datetime | None,
    mandatory_pointers: Sequence[str],
    random: Callable[[int], bytes],
    purpose: str = "assertionMethod",
    reading: Reading = Reading.BADGE,
) -> dict[str, Any]:
    """The proof to place under `proof` in `document`, which is left as it was. It is for the holder alone.

    What the JSON pointers in `mandatory_pointers` select will be in whatever the holder shows, with the `id` and `type`
    of each object on the way; `badge_pointers` gives those of a badge. `random(n)` gives n bytes, for the HMAC key and
    the key of the single statements: pass `os.urandom` outside tests. `reading` says how much of JSON-LD is allowed.

    Raises `InvalidKey` for a key that is not P-256, `InvalidDocument` for pointers that lead nowhere and for anything
    that would not be covered by the signature, `LimitExceeded` for more than `MAX_STATEMENTS` statements.
    """
    if key.kind is not KeyKind.P256:
        raise InvalidKey("key_kind", "The key is not of the kind that this signature needs: it takes P-256.")
    check_tree(document)
    reading.check(document)
    pointers = check_pointers(mandatory_pointers)
    options = new_options(
        cryptosuite=CRYPTOSUITE,
        verification_method=verification_method,
        created=created,
        purpose=purpose,
        identifier=None,
        expires=None,
        challenge=None,
        domain=None,
        nonce=None,
        previous_proof=None,
    )
    checked_options(document, options)
    unsecured = Unsecured({name: value for name, value in document.items() if name != "proof"}, reading)
    chosen = next(choices(all_context_urls(unsecured.document, reading)))
    hmac_key, proof_key = random(32), SigningKey.generate(random, KeyKind.P256)
    mandatory, optional = separated(Statements(unsecured, hmac_key, chosen), pointers)
    if len(optional) > MAX_STATEMENTS:
        raise LimitExceeded("too_many_statements", f"More than {MAX_STATEMENTS} statements would have to be signed.")
    to_sign = signed_data(unsecured, options, chosen, proof_key.public, mandatory)
    signatures = tuple(proof_key.sign(line.encode("utf-8")) for line in optional)
    value = BaseProofValue(key.sign(to_sign), proof_key.public, hmac_key, signatures, pointers)
    return {**options, "proofValue": value.encode()}


def separated(statements: Statements, mandatory_pointers: Sequence[str]) -> tuple[list[str], list[str]]:
    """The mandatory statements and the others, each in order (section 3.5.9)."""
    chosen = statements.part(mandatory_pointers).lines
    mandatory = [line for line in statements.lines if line in chosen]
    return mandatory, [line for line in statements.lines if line not in chosen]


def signed_data(
    unsecured: Unsecured, options: Mapping[str, Any], chosen: Editions, proof_key: PublicKey, mandatory: Sequence[str]
) -> bytes:
    """The bytes that the issuer's own key signs (sections 3.5.1, 3.5.10 and 3.5.11)."""
    config = {**options, "@context": unsecured.document["@context"]}
    canonical_config = canonical_text(config, chosen, ALGORITHM, unsecured.reading)
    proof_hash = hashlib.new(ALGORITHM, canonical_config.encode("utf-8")).digest()
    mandatory_hash = hashlib.new(ALGORITHM, "".join(mandatory).encode("utf-8")).digest()
    return proof_hash + key_bytes(proof_key) + mandatory_hash
