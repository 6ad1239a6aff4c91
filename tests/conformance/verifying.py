"""`credentials/verify` and `presentations/verify` (VC-API sections 3.3 and 3.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.conformance.contexts import bundled_resource
from tests.conformance.issuing import Issuer
from tests.conformance.requests import member, texts
from verifiable_badges import Outcome
from verifiable_badges.credential_rules import (
    check_credential,
    check_envelope,
    check_presentation,
    check_related_resources,
    check_self_asserted,
)
from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidCredential, InvalidProof, InvalidStatusList, Unavailable
from verifiable_badges.jose.vc_jwt import credential_with_dates, decode_token, verify_token
from verifiable_badges.jsonld import Reading
from verifiable_badges.keys import ResolvedKey, Resolver
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.model import EnvelopedVerifiableCredential
from verifiable_badges.proofs.data_integrity import verify_every_proof
from verifiable_badges.status.checking import check_status
from verifiable_badges.structure import issuer_id


@dataclass(frozen=True, slots=True)
class Verifier:
    """Judges what is sent. Keys come from did:key, status lists from our own issuer: nothing is fetched."""

    issuer: Issuer

    def verify_credential(self, body: Mapping[str, Any], now: datetime) -> None:
        """Raises the engine's error for a credential that is not to be accepted."""
        credential, options = member(body, "verifiableCredential"), _Options.of(body, "assertionMethod")
        self._check_credential(credential, options, now)

    def verify_presentation(self, body: Mapping[str, Any], now: datetime) -> None:
        """Raises the engine's error for a presentation, or one of its credentials, that is not to be accepted."""
        presentation, options = member(body, "verifiablePresentation"), _Options.of(body, "authentication")
        check_presentation(presentation)
        keys = _check_proofs(presentation, options, now)
        held = presentation.get("verifiableCredential", [])
        for credential in held if isinstance(held, list) else [held]:
            if "proof" not in credential and "VerifiableCredential" in _kinds(credential):
                _check_covered(credential, presentation, keys)
                continue
            opened, own = self._check_credential(credential, _Options("assertionMethod", checks=options.checks), now)
            if own & keys:
                check_self_asserted(opened, presentation)

    def _check_credential(
        self, credential: dict[str, Any], options: _Options, now: datetime
    ) -> tuple[dict[str, Any], set[ResolvedKey]]:
        """The credential, taken out of its envelope, and the keys that signed it."""
        if "EnvelopedVerifiableCredential" in _kinds(credential):
            check_envelope(credential, "EnvelopedVerifiableCredential")
            credential, keys = _opened(credential)
        else:
            check_credential(credential)
            keys = _check_proofs(credential, options, now)
        check_related_resources(credential, bundled_resource)
        self._check_status(credential, options, now)
        return credential, keys

    def _check_status(self, credential: Mapping[str, Any], options: _Options, now: datetime) -> None:
        """Only where it is asked for: others' lists are out of reach."""
        if "credentialStatus" in options.checks and "credentialStatus" in credential:
            check = check_status(
                credential, resolve=unavailable, fetch_status=self._fetch, now=now, check_control=_whoever_signed
            )
            if check.outcome is Outcome.FAILED:
                raise InvalidStatusList(check.code, check.reason)

    def _fetch(self, address: str) -> bytes:
        if not self.issuer.base_url or address != self.issuer.status_address:
            raise Unavailable("status_list_offline", f"{address} was not asked, because no network is used here.")
        return self.issuer.status_list()


@dataclass(frozen=True, slots=True)
class _Options:
    """What a request asks for besides."""

    purpose: str
    challenge: str | None = None
    domain: list[str] | None = None
    checks: tuple[str, ...] = ()

    @classmethod
    def of(cls, body: Mapping[str, Any], purpose: str) -> _Options:
        options = member(body, "options", default={})
        challenge = texts(options, "challenge")
        return cls(
            (texts(options, "expectedProofPurpose") or [purpose])[0],
            challenge[0] if challenge else None,
            texts(options, "domain") or None,
            tuple(texts(options, "checks")),
        )


def _check_proofs(document: Mapping[str, Any], options: _Options, now: datetime) -> set[ResolvedKey]:
    """Every proof has to hold, and not to have run out. The keys that made them."""
    proved = verify_every_proof(
        document,
        resolve=unavailable,
        purpose=options.purpose,
        challenge=options.challenge,
        domain=options.domain,
        reading=Reading.GENERIC,
    )
    for proof in proved:
        if "expires" in proof.options and parse_datetime(proof.options["expires"]) < now:
            raise InvalidProof("proof_expired", "The signature was made for a time that is over.")
    return {proof.key for proof in proved}


def _check_covered(credential: dict[str, Any], presentation: Mapping[str, Any], keys: set[ResolvedKey]) -> None:
    """A credential without a proof is covered by the presentation's, if the holder says it and has signed that."""
    check_self_asserted(credential, presentation)
    if issuer_id(credential) not in {key.controller for key in keys}:
        raise InvalidProof("proof_missing", "A credential is signed neither by itself nor by its issuer as the holder.")


def _opened(envelope: Mapping[str, Any]) -> tuple[dict[str, Any], set[ResolvedKey]]:
    """The credential in a token that holds, and the key that signed it (VC Data Model 2.0 section 4.13.1)."""
    media_type, text = EnvelopedVerifiableCredential.from_json(envelope).opened()
    if "jwt" not in media_type:
        raise InvalidCredential("envelope", f"Envelopes of the kind {media_type[:40]} are not opened here.")
    token = decode_token(text)
    key = verify_token(token, resolve=unavailable)
    credential = credential_with_dates(token)
    check_credential(credential)
    return credential, {key}


def _whoever_signed(issuer: str, key: ResolvedKey, resolve: Resolver) -> None:
    """Foreign issuers are signed for here, so their lists are ours as well."""


def _kinds(document: Mapping[str, Any]) -> list[Any]:
    kinds = document.get("type")
    return kinds if isinstance(kinds, list) else [kinds]
