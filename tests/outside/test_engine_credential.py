"""What the engine signs, shown to two independent implementations (no site, no network)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.outside.checkers import DIGITAL_BAZAAR, VERIFIER_CORE, verdicts
from tests.outside.letters import with_one_letter_changed
from verifiable_badges.issuing import issue
from verifiable_badges.json_text import parse
from verifiable_badges.keys import SigningKey

pytestmark = pytest.mark.node
both = pytest.mark.parametrize("checker", [DIGITAL_BAZAAR, VERIFIER_CORE])


@pytest.fixture(scope="module")
def credential() -> Any:
    key = SigningKey.from_seed(bytes(range(32)))
    did = f"did:key:{key.public.multibase}"
    unsigned = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:3e2b5d2c-1111-4a2e-9c56-0b9b3f3c1b11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": did, "type": ["Profile"], "name": "Museum of Tides (invented)"},
        "validFrom": "2026-10-01T00:00:00Z",
        "name": "Sailor",
        "credentialSubject": {
            "id": "urn:uuid:3e2b5d2c-1111-4a2e-9c56-0b9b3f3c1b12",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:3e2b5d2c-1111-4a2e-9c56-0b9b3f3c1b13",
                "type": ["Achievement"],
                "name": "Größe der Gezeiten",
                "description": "Has measured tides.",
                "criteria": {"narrative": "Measured four tides and explained the differences."},
            },
        },
    }
    method = f"{did}#{key.public.multibase}"
    return parse(issue(unsigned, key=key, verification_method=method, created=datetime(2026, 10, 1, tzinfo=UTC)))


@both
def test_accepts_what_the_engine_signed(checker: str, credential: Any) -> None:
    assert verdicts(checker, [credential]) == [{"verified": True, "errors": []}]


@both
def test_refuses_it_with_one_letter_changed_wherever_that_is(checker: str, credential: Any) -> None:
    places, changed = zip(*with_one_letter_changed(credential), strict=True)

    accepted = [place for place, found in zip(places, verdicts(checker, changed), strict=True) if found["verified"]]

    assert accepted == []
