"""openbadgeslib: its two functions for any document. Its classes do more work, and cannot say all that a badge can."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from openbadgeslib.ob3 import OB3VerificationError, add_data_integrity_proof, verify_data_integrity_proof

from benchmarks.peers.orders import Work, serve


def prepare(setup: dict[str, Any]) -> tuple[str, Mapping[str, Work]]:
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(setup["seed"]))
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    created = datetime.fromisoformat(setup["created"])
    contexts = setup["contexts"]

    def issue(text: str) -> str:
        signed = add_data_integrity_proof(
            json.loads(text), secret, setup["method"], created=created, extra_contexts=contexts
        )
        return json.dumps(signed, ensure_ascii=False)

    def verify(text: str) -> bool:
        try:
            verify_data_integrity_proof(json.loads(text), public, extra_contexts=contexts)
        except OB3VerificationError:
            return False
        return True

    works: dict[str, Work] = {"issue": issue, "verify": verify, "verify_unknown": verify}
    return f"openbadgeslib {version('openbadgeslib')}", works


if __name__ == "__main__":
    serve(prepare)
