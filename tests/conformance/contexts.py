"""What a credential of version 1.1 needs besides, and the resources that are at hand."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from verifiable_badges.jsonld import CREDENTIALS_V1, editions

DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"


def with_proof_context(credential: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a proof belong to credentials 2.0, but not to 1.1, which has to name them (Data Integrity 2.4)."""
    contexts = credential["@context"]
    if contexts[0] != CREDENTIALS_V1 or DATA_INTEGRITY in contexts:
        return dict(credential)
    return {**credential, "@context": [*contexts, DATA_INTEGRITY]}


def bundled_resource(address: str) -> bytes | None:
    """What lies at an address, if the engine has it: nothing is fetched here."""
    if address not in editions():
        return None
    return (files("verifiable_badges") / "contexts" / editions()[address][0].file).read_bytes()
