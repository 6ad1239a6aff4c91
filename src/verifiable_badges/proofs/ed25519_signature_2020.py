"""`Ed25519Signature2020` (Data Integrity EdDSA Cryptosuites 1.0 section 3.4): older than Data Integrity, so the proof's
type is the name of the suite. To verify what others signed; nothing new is signed with it."""

from verifiable_badges.keys import KeyKind
from verifiable_badges.proofs.suite import HashingSuite, rdfc

SUITE = HashingSuite("Ed25519Signature2020", rdfc, {KeyKind.ED25519: "sha256"}, signs=False)
