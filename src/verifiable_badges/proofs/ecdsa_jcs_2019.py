"""The cryptosuite `ecdsa-jcs-2019` (Data Integrity ECDSA Cryptosuites 1.0 section 3.3): the hash follows the curve."""

from verifiable_badges.keys import KeyKind
from verifiable_badges.proofs.suite import HashingSuite, plain_json

SUITE = HashingSuite("ecdsa-jcs-2019", plain_json, {KeyKind.P256: "sha256", KeyKind.P384: "sha384"})
