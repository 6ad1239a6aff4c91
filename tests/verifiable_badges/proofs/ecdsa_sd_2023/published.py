"""The published cases of ecdsa-sd-2023: a residence card and a work permit, with every stage of their proofs."""

import json

from tests.verifiable_badges.makers import VECTORS
from verifiable_badges.jsonld import all_context_urls, choices
from verifiable_badges.keys import SigningKey
from verifiable_badges.proofs.suite import Unsecured

FOLDER = VECTORS / "ecdsa"
KEYS = json.loads((FOLDER / "ecdsa-sd-2023/SDKeyMaterial.json").read_text())
ISSUER_KEY = SigningKey.from_multibase(KEYS["baseKeyPair"]["secretKeyMultibase"])
PROOF_KEY = SigningKey.from_multibase(KEYS["proofKeyPair"]["secretKeyMultibase"])
HMAC_KEY = bytes.fromhex(KEYS["hmacKeyString"])


class Case:
    """One of the two, by the name of its folder."""

    def __init__(self, folder, pointers):
        self._folder = FOLDER / "ecdsa-sd-2023" / folder
        # Not prCredUnsigned.json: its description is not the one that was signed.
        self.unsigned = {name: value for name, value in self.stage("addSignedSDBase").items() if name != "proof"}
        self.mandatory = json.loads((FOLDER / f"{pointers}Mandatory.json").read_text())
        self.selective = json.loads((FOLDER / f"{pointers}Selective.json").read_text())
        self.unsecured = Unsecured(self.unsigned)
        self.chosen = next(choices(all_context_urls(self.unsigned)))

    def stage(self, name):
        return json.loads((self._folder / f"{name}.json").read_text())

    def text(self, name):
        return (self._folder / f"{name}.txt").read_text()


CASES = {
    "residence card": Case("prc", "prCred"),
    "work permit": Case("employ", "employ"),
}


def published_random(n):
    """The randomness with which the published proofs come out: the HMAC key, then the key of the statements."""
    if n == 32:
        return HMAC_KEY
    return (int.from_bytes(PROOF_KEY.secret, "big") - 1).to_bytes(n, "big")


def lines_of(group):
    """The published form of an ordered map of statements."""
    return [line for _, line in group["value"]]
