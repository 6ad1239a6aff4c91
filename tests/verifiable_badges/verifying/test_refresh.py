"""A newer edition of a badge is asked for once, if the caller wants it."""

import pytest

from tests.verifiable_badges.makers import FORGER_KEY, NOW, World, codes
from tests.verifiable_badges.verifying.makers import as_bytes, signed_json, unsigned_badge
from verifiable_badges import verify
from verifiable_badges.errors import Unavailable
from verifiable_badges.keys import did_key

AT = "https://museum.example/refresh/1"


def refreshable(**changes):
    return unsigned_badge(refreshService={"id": AT, "type": "1EdTechCredentialRefresh"}) | changes


def judged(document, answer, **world):
    asked = []

    def refresh(address):
        asked.append(address)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, bytes) else as_bytes(answer)

    eyes = World(**world)
    report = verify(as_bytes(document), resolve=eyes.resolve, fetch=eyes.fetch_status, now=NOW, refresh=refresh)
    return report, asked


OLD, NEW = refreshable(), refreshable(name="Sailor, newer", validFrom="2026-05-03T00:00:00Z")


def test_the_newer_edition_is_judged():
    report, asked = judged(signed_json(OLD), signed_json(NEW))

    assert report.verdict.value == "passed", [(check.name, check.code, check.reason) for check in report.checks]
    assert codes(report)["refresh"] == "refreshed"
    assert report.credential["name"] == "Sailor, newer"
    assert asked == [AT]


def test_a_newer_edition_that_has_ended_fails():
    ended = NEW | {"validFrom": OLD["validFrom"], "validUntil": "2026-05-02T00:00:00Z"}

    report, _ = judged(signed_json(OLD), signed_json(ended))

    assert codes(report)["expiry"] == "expired"


def test_nobody_is_asked_unless_the_caller_wants_it():
    report = World().verify(as_bytes(signed_json(OLD)))

    assert "refresh" not in codes(report)


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (Unavailable("unreachable", "It does not answer."), "unreachable"),
        (b"<html>", "other_kind"),
        (signed_json(NEW | {"id": "urn:uuid:2"}), "refresh_other"),
        (signed_json(NEW | {"validFrom": "2020-01-01T00:00:00Z"}), "refresh_older"),
        (signed_json(NEW, FORGER_KEY), "refresh_not_genuine"),
        (signed_json(NEW | {"issuer": {"id": did_key(FORGER_KEY.public), "type": ["Profile"]}}, FORGER_KEY),
         "refresh_not_genuine"),
        (NEW, "refresh_not_genuine"),
    ],
)  # fmt: skip
def test_what_goes_wrong_changes_nothing(answer, cause):
    report, _ = judged(signed_json(OLD), answer)

    assert report.verdict.value == "passed"
    assert report.check("refresh").detail == {"cause": cause}
    assert report.credential["name"] == "Sailor"


def test_a_forged_badge_sends_nobody_anywhere():
    forged = signed_json(OLD) | {"name": "Captain"}

    report, asked = judged(forged, signed_json(NEW))

    assert asked == []
    assert report.verdict.value == "failed"


@pytest.mark.parametrize(
    "service",
    [
        {"id": AT, "type": "https://museum.example/words#Refresh"},
        {"id": "file:///etc/passwd", "type": "1EdTechCredentialRefresh"},
    ],
)
def test_other_services_and_addresses_are_not_asked(service):
    _, asked = judged(signed_json(refreshable(refreshService=service)), signed_json(NEW))

    assert asked == []
