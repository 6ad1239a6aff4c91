"""joserfc: the credential as claims of a JWT (Open Badges 3.0 section 8.2.4), EdDSA."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from benchmarks.peers.orders import Work, seconds, serve


def prepare(setup: dict[str, Any]) -> tuple[str, Mapping[str, Work]]:
    private, public = OKPKey.import_key(setup["jwk"]), OKPKey.import_key(setup["public_jwk"])
    header = {"alg": "EdDSA", "typ": "JWT", "kid": setup["method"]}

    def issue(text: str) -> str:
        credential = json.loads(text)
        claims = {**credential, "iss": credential["issuer"]["id"], "jti": credential["id"]}
        claims |= {"sub": credential["credentialSubject"]["id"]}
        claims |= {"nbf": seconds(credential["validFrom"]), "exp": seconds(credential["validUntil"])}
        return jwt.encode(header, claims, private, algorithms=["EdDSA"])

    def verify(text: str) -> bool:
        try:
            token = jwt.decode(text, public, algorithms=["EdDSA"])
        except JoseError:
            return False
        return bool(token.claims["iss"] == token.claims["issuer"]["id"])

    return f"joserfc {version('joserfc')}", {"jwt_issue": issue, "jwt_verify": verify}


if __name__ == "__main__":
    serve(prepare)
