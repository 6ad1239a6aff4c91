"""The cryptosuite `ecdsa-rdfc-2019` (Data Integrity ECDSA Cryptosuites 1.0 section 3.2): the hash follows the curve."""

from verifiable_badges.keys import KeyKind
from verifiable_badges.proofs.suite import HashingSuite, rdfc

SUITE = HashingSuite("ecdsa-rdfc-2019", rdfc, {KeyKind.P256: "sha256", KeyKind.P384: "sha384"})
