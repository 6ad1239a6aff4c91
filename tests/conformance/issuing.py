"""`credentials/issue`: any credential is signed, under whatever issuer it names (VC-API section 3.2)."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.conformance.contexts import bundled_resource, with_proof_context
from tests.conformance.requests import member, texts
from verifiable_badges import issue
from verifiable_badges.credential_rules import check_credential, check_related_resources
from verifiable_badges.dates import parse_datetime
from verifiable_badges.jsonld import CREDENTIALS_V2, Reading
from verifiable_badges.keys import KeyKind, SigningKey, did_key, did_key_method
from verifiable_badges.model import BitstringStatusListCredential
from verifiable_badges.proofs.data_integrity import add_proof
from verifiable_badges.proofs.ecdsa_sd_2023 import create_base_proof, derive
from verifiable_badges.status import Shuffle, StatusList, entry
from verifiable_badges.status.bitstring import MIN_LENGTH

KEYS = {
    "ed25519": SigningKey.from_seed(bytes(range(32))),
    "p256": SigningKey(bytes(range(1, 33)), KeyKind.P256),
    "p384": SigningKey(bytes(range(1, 49)), KeyKind.P384),
}
"""Published here, hence of no worth."""
SUITES = {
    "eddsa": ("ed25519", "eddsa-rdfc-2022"),
    "p256": ("p256", "ecdsa-rdfc-2019"),
    "p384": ("p384", "ecdsa-rdfc-2019"),
    "eddsa-jcs": ("ed25519", "eddsa-jcs-2022"),
    "p256-jcs": ("p256", "ecdsa-jcs-2019"),
    "p384-jcs": ("p384", "ecdsa-jcs-2019"),
    "p256-sd": ("p256", "ecdsa-sd-2023"),
}
"""The part of the address that says who signs: key and cryptosuite."""
STATUS_PATH = "/vc-api/status/1"
PLACES = Shuffle(MIN_LENGTH, secret=b"published, as all of this is")


@dataclass(slots=True)
class Issuer:
    """Signs with the test keys. `base_url` is where its status list is found; "" for none."""

    base_url: str
    now: datetime
    _list: StatusList = field(default_factory=StatusList)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def status_address(self) -> str:
        return self.base_url.rstrip("/") + STATUS_PATH

    def issue(self, suite: str, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """The credential in a request, signed. Raises what the engine raises."""
        credential, options = member(body, "credential"), member(body, "options", default={})
        check_credential(credential)
        check_related_resources(credential, bundled_resource)
        key, cryptosuite = KEYS[SUITES[suite][0]], SUITES[suite][1]
        created = parse_datetime(options["created"]) if "created" in options else now
        challenge = texts(options, "challenge")
        complete = self._with_status(suite, with_proof_context(credential))
        if cryptosuite == "ecdsa-sd-2023":
            return _with_base_proof(complete, key, created, texts(options, "mandatoryPointers"))
        return add_proof(
            complete,
            key=key,
            verification_method=did_key_method(key.public),
            created=created,
            cryptosuite=cryptosuite,
            challenge=challenge[0] if challenge else None,
            domain=options["domain"] if texts(options, "domain") else None,
            reading=Reading.GENERIC,
        )

    def derive(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """What a holder chooses to show of a credential with a base proof (`credentials/derive`)."""
        credential, options = member(body, "verifiableCredential"), member(body, "options", default={})
        return derive(credential, selective_pointers=texts(options, "selectivePointers"), reading=Reading.GENERIC)

    def status_list(self) -> bytes:
        """The signed list, in which nothing is ever withdrawn."""
        key = KEYS["ed25519"]
        unsigned = BitstringStatusListCredential(
            id=self.status_address, issuer=did_key(key.public), valid_from=self.now, status_list=self._list
        )
        method = did_key_method(key.public)
        return issue(unsigned.to_json(), key=key, verification_method=method, created=self.now)

    def _with_status(self, suite: str, credential: dict[str, Any]) -> dict[str, Any]:
        wanted = suite == "eddsa" and self.base_url and "credentialStatus" not in credential
        if not wanted or credential["@context"][0] != CREDENTIALS_V2:
            return credential
        number = next(self._numbers) % len(self._list)
        return {**credential, "credentialStatus": entry(self.status_address, PLACES.place(number))}


def _with_base_proof(
    credential: Mapping[str, Any], key: SigningKey, created: datetime, pointers: Sequence[str]
) -> dict[str, Any]:
    method = did_key_method(key.public)
    proof = create_base_proof(
        credential,
        key=key,
        verification_method=method,
        created=created,
        mandatory_pointers=pointers,
        random=os.urandom,
        reading=Reading.GENERIC,
    )
    return {**credential, "proof": proof}
