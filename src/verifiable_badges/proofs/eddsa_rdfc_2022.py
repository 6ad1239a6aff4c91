"""The cryptosuite `eddsa-rdfc-2022` (Data Integrity EdDSA Cryptosuites 1.0 section 3.2), the one of Open Badges."""

from verifiable_badges.keys import KeyKind
from verifiable_badges.proofs.suite import HashingSuite, rdfc

SUITE = HashingSuite("eddsa-rdfc-2022", rdfc, {KeyKind.ED25519: "sha256"})
