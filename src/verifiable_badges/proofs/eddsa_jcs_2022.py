"""The cryptosuite `eddsa-jcs-2022` (Data Integrity EdDSA Cryptosuites 1.0 section 3.3): the JSON itself is signed."""

from verifiable_badges.keys import KeyKind
from verifiable_badges.proofs.suite import HashingSuite, plain_json

SUITE = HashingSuite("eddsa-jcs-2022", plain_json, {KeyKind.ED25519: "sha256"})
