"""PyJWT: the credential as claims of a JWT (Open Badges 3.0 section 8.2.4), EdDSA."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.peers.orders import Work, seconds, serve


def prepare(setup: dict[str, Any]) -> tuple[str, Mapping[str, Work]]:
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(setup["seed"]))
    public = private.public_key()
    header = {"typ": "JWT", "kid": setup["method"]}

    def issue(text: str) -> str:
        credential = json.loads(text)
        claims = {**credential, "iss": credential["issuer"]["id"], "jti": credential["id"]}
        claims |= {"sub": credential["credentialSubject"]["id"]}
        claims |= {"nbf": seconds(credential["validFrom"]), "exp": seconds(credential["validUntil"])}
        return jwt.encode(claims, private, algorithm="EdDSA", headers=header)

    def verify(text: str) -> bool:
        try:
            claims = jwt.decode(text, public, algorithms=["EdDSA"])
        except jwt.InvalidTokenError:
            return False
        return bool(claims["iss"] == claims["issuer"]["id"])

    return f"PyJWT {version('PyJWT')} with cryptography", {"jwt_issue": issue, "jwt_verify": verify}


if __name__ == "__main__":
    serve(prepare)
