"""A badge from the running site, shown to two independent implementations that know nothing of us."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.journeys.crawling import Address
from tests.outside.checkers import DIGITAL_BAZAAR, VERIFIER_CORE, verdicts
from tests.outside.letters import with_one_letter_changed

pytestmark = [pytest.mark.browser, pytest.mark.node]
both = pytest.mark.parametrize("checker", [DIGITAL_BAZAAR, VERIFIER_CORE])


@pytest.fixture(scope="module")
def credential(site: str, found: list[Address]) -> Any:
    """The signed document behind an award's page that a stranger found by following links."""
    page = next(address for address in found if address.name == "badges:award" and address.is_public)
    return httpx.get(f"{site}{page.path.rstrip('/')}.json", timeout=60).raise_for_status().json()


@both
def test_accepts_a_badge_of_the_running_site(checker: str, credential: Any, site: str) -> None:
    assert verdicts(checker, [credential], site=site) == [{"verified": True, "errors": []}]


@both
def test_refuses_it_with_one_letter_changed_wherever_that_is(checker: str, credential: Any, site: str) -> None:
    places, changed = zip(*with_one_letter_changed(credential), strict=True)

    accepted = [
        place for place, told in zip(places, verdicts(checker, changed, site=site), strict=True) if told["verified"]
    ]

    assert len(places) > 10
    assert accepted == []
