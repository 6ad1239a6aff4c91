"""Ada, who is invented, and the badge of which she does not always show her name."""

import json
import random

from tests.verifiable_badges.makers import NOW
from verifiable_badges.keys import KeyKind, SigningKey, did_key, did_key_method
from verifiable_badges.proofs.ecdsa_sd_2023 import badge_pointers, create_base_proof

NAME = "Ada Lovelace (invented)"
MUSEUM_KEY = SigningKey(bytes(range(1, 33)), KeyKind.P256)
METHOD = did_key_method(MUSEUM_KEY.public)
HIDDEN = ["/credentialSubject/identifier/1", "/credentialSubject/narrative"]
"""Where the learner's name stands."""


def badge(**changes) -> dict:
    """Ada's badge, unsigned: 4 kB with all that a badge may hold, lists whose order counts among it."""
    achievement = "https://museum.example/achievements/tides"
    value, rubric = f"{achievement}#value", f"{achievement}#rubric"
    document = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:3e2b5d2c-1111-4a2e-9c56-0b9b3f3c1b11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": did_key(MUSEUM_KEY.public),
            "type": ["Profile"],
            "name": "Museum of Tides (invented)",
            "url": "https://museum.example",
            "image": {"id": "https://museum.example/logo.png", "type": "Image", "caption": "A wave"},
        },
        "validFrom": "2026-05-01T00:00:00Z",
        "validUntil": "2027-05-01T00:00:00Z",
        "awardedDate": "2026-05-01T00:00:00Z",
        "name": "Sailor",
        "credentialSubject": {
            "id": "did:example:ada",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
                    "identityType": "emailAddress",
                    "salt": "Kosher",
                },
                {"type": "IdentityObject", "hashed": False, "identityHash": NAME, "identityType": "name"},
            ],
            "narrative": f"{NAME} measured four tides.",
            "result": [
                {"type": ["Result"], "resultDescription": value, "value": "B"},
                {"type": ["Result"], "resultDescription": rubric, "status": "Completed"},
            ],
            "source": {"id": "https://shipyard.example", "type": ["Profile"], "name": "Shipyard (invented)"},
            "achievement": {
                "id": achievement,
                "type": ["Achievement"],
                "achievementType": "Badge",
                "name": "Größe der Gezeiten",
                "description": "Has measured tides.",
                "criteria": {"narrative": "Measured four tides\n\tand explained the differences."},
                "alignment": [
                    {"type": ["Alignment"], "targetName": "Tides", "targetUrl": "https://example.org/skills/1"},
                    {"type": ["Alignment"], "targetName": "Tides", "targetUrl": "https://example.org/skills/1"},
                ],
                "resultDescription": [
                    {
                        "id": value,
                        "type": ["ResultDescription"],
                        "name": "Mark",
                        "resultType": "LetterGrade",
                        "allowedValue": ["A", "B", "A"],
                    },
                    {"id": rubric, "type": ["ResultDescription"], "name": "State", "resultType": "Status"},
                ],
                "tag": ["tides", "sea"],
            },
        },
        "evidence": [
            {"type": ["Evidence"], "name": "Photograph", "narrative": "Shows the gauge."},
            {"id": "https://museum.example/log", "type": ["Evidence"], "name": "Log"},
        ],
        "credentialStatus": {
            "id": "https://museum.example/status/1#77",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "77",
            "statusListCredential": "https://museum.example/status/1",
        },
    }
    return json.loads(json.dumps(document | changes))


def base_signed(document=None, pointers=None, seed=7) -> dict:
    """A badge with its base proof; by default Ada's, with what every badge must show."""
    document = badge() if document is None else document
    pointers = badge_pointers(document) if pointers is None else pointers
    proof = create_base_proof(
        document,
        key=MUSEUM_KEY,
        verification_method=METHOD,
        created=NOW,
        mandatory_pointers=pointers,
        random=random.Random(seed).randbytes,
    )
    return {**document, "proof": proof}
