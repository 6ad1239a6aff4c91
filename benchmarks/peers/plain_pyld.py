"""PyLD as its README uses it, with `cryptography`: what somebody writes who follows the cryptosuite's text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld

from benchmarks.peers.orders import Work, serve

_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def prepare(setup: dict[str, Any]) -> tuple[str, Mapping[str, Work]]:
    contexts = setup["contexts"]
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(setup["seed"]))
    public = private.public_key()

    def load(url: str, _: dict[str, Any]) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "contentType": "application/ld+json", "document": contexts[url]}

    def digest(document: dict[str, Any]) -> bytes:
        options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
        return hashlib.sha256(jsonld.normalize(document, options).encode()).digest()

    def hashes(document: dict[str, Any], proof: dict[str, Any]) -> bytes:
        return digest({"@context": document["@context"], **proof}) + digest(document)

    def issue(text: str) -> str:
        document = json.loads(text)
        proof = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": setup["created"],
            "verificationMethod": setup["method"],
            "proofPurpose": "assertionMethod",
        }
        signature = private.sign(hashes(document, proof))
        return json.dumps({**document, "proof": {**proof, "proofValue": "z" + _base58(signature)}}, ensure_ascii=False)

    def verify(text: str) -> bool:
        document = json.loads(text)
        proof = document.pop("proof")
        signature = _from_base58(proof.pop("proofValue")[1:])
        try:
            public.verify(signature, hashes(document, proof))
        except InvalidSignature:
            return False
        return True

    works: dict[str, Work] = {"issue": issue, "verify": verify, "verify_unknown": verify}
    return f"PyLD {version('PyLD')} with cryptography {version('cryptography')}", works


def _base58(data: bytes) -> str:
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = _LETTERS[rest] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def _from_base58(text: str) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + _LETTERS.index(letter)
    return number.to_bytes(64, "big")


if __name__ == "__main__":
    serve(prepare)
