"""The cryptosuite `ecdsa-sd-2023` (Data Integrity ECDSA Cryptosuites 1.0 section 3.5): badges of which the holder shows
a part.

The issuer makes a *base proof* and gives it to the holder. From it the holder derives, as often as wanted, a document
with the mandatory parts and those chosen, whose *derived proof* anybody verifies with `verify_document`.
"""

from verifiable_badges.proofs.ecdsa_sd_2023.badges import HOLDERS_CHOICE, badge_pointers
from verifiable_badges.proofs.ecdsa_sd_2023.base import verify_base_proof
from verifiable_badges.proofs.ecdsa_sd_2023.deriving import derive
from verifiable_badges.proofs.ecdsa_sd_2023.signing import CRYPTOSUITE, create_base_proof
from verifiable_badges.proofs.ecdsa_sd_2023.verifying import SUITE

__all__ = [
    "CRYPTOSUITE",
    "HOLDERS_CHOICE",
    "SUITE",
    "badge_pointers",
    "create_base_proof",
    "derive",
    "verify_base_proof",
]
