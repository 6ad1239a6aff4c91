"""Signing a credential: once. The bytes that come out are kept for ever and never written anew."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from verifiable_badges.credential_rules import check_credential
from verifiable_badges.errors import InvalidCredential
from verifiable_badges.fast.issuing import Batch, Signer, issue_by_shape
from verifiable_badges.fast.proofs import SUITE
from verifiable_badges.json_text import parse, write
from verifiable_badges.keys import SigningKey
from verifiable_badges.proofs.data_integrity import create_proof
from verifiable_badges.proofs.ecdsa_sd_2023 import badge_pointers, create_base_proof
from verifiable_badges.structure import types


def issue(
    credential: Mapping[str, Any],
    *,
    key: SigningKey,
    verification_method: str,
    created: datetime,
    cryptosuite: str = "eddsa-rdfc-2022",
) -> bytes:
    """The signed credential as JSON bytes: UTF-8, letters as they are, members in the given order, the proof last.

    Refuses what a verifier would have to refuse: `InvalidDocument` for undefined terms, relative addresses and other
    data the signature would not cover, `UnknownContext` for contexts that are not bundled, `InvalidCredential` for a
    document that is already signed or breaks the data model (`credential_rules`). Who may sign what is the caller's to
    decide.
    """
    _check_unsigned(credential)
    if cryptosuite == SUITE:
        signed = issue_by_shape(credential, key=key, verification_method=verification_method, created=created)
        if signed is not None:
            return signed
    return issue_generally(
        credential, key=key, verification_method=verification_method, created=created, cryptosuite=cryptosuite
    )


def issue_generally(credential: Mapping[str, Any], **options: Any) -> bytes:
    """What `issue` gives, always by the general path: slower, and the judge of the others."""
    _check_unsigned(credential)
    check_credential(credential)
    return _written(credential, create_proof(credential, **options))


def issue_many(
    credential: Mapping[str, Any],
    awards: Iterable[Mapping[str, Any]],
    *,
    key: SigningKey,
    verification_method: str,
    created: datetime,
) -> Iterator[bytes]:
    """One signed credential for each of `awards`, as `issue` would sign it; memory does not grow with their number.

    An award gives other values at some places of `credential`, named by JSON pointers (RFC 6901):
    `{"/id": "urn:uuid:…", "/credentialSubject/id": "did:key:…"}`. A place that has no value yet becomes a new member.
    Awards of the same places in the same order are quickest. Raises what `issue` raises when it comes to the award, and
    `InvalidCredential` for a place that is not there; those before it are then signed.
    """
    options: dict[str, Any] = {"key": key, "verification_method": verification_method, "created": created}
    batch = Batch(
        credential,
        Signer(credential.get("@context"), **options),
        judge=partial(issue_generally, **options),
        issue=partial(issue, **options),
    )
    return map(batch.sign, awards)


def issue_base(
    credential: Mapping[str, Any],
    *,
    key: SigningKey,
    verification_method: str,
    created: datetime,
    random: Callable[[int], bytes],
    mandatory_pointers: Sequence[str] | None = None,
) -> bytes:
    """The credential with a base proof of `ecdsa-sd-2023`, from which its holder derives what to show. For nobody else.

    `random(n)` gives n bytes. By default the holder may leave out what `badge_pointers` allows. Errors as `issue` and
    `create_base_proof`.
    """
    _check_unsigned(credential)
    check_credential(credential)
    proof = create_base_proof(
        credential,
        key=key,
        verification_method=verification_method,
        created=created,
        mandatory_pointers=badge_pointers(credential) if mandatory_pointers is None else mandatory_pointers,
        random=random,
    )
    return _written(credential, proof)


def _check_unsigned(credential: Mapping[str, Any]) -> None:
    if "proof" in credential:
        raise InvalidCredential("already_signed", "The credential is signed already; it is never signed again.")
    if "VerifiableCredential" not in types(credential):
        raise InvalidCredential("not_a_credential", "Only a credential can be issued.")


def _written(credential: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    signed = write({**credential, "proof": proof})
    parse(signed)  # what we could not read back ourselves is never handed out
    return signed
