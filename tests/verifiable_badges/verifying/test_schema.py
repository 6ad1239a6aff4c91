"""The schemas that a badge itself declares."""

import pytest

from tests.verifiable_badges.makers import World, codes, outcome
from tests.verifiable_badges.verifying.makers import as_bytes, badge_of, signed_json, unsigned_badge

OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def declaring(address, **changes):
    schema = {"id": address, "type": "1EdTechJsonSchemaValidator2019"}
    return as_bytes(signed_json(unsigned_badge(credentialSchema=[schema], **changes)))


def test_a_badge_that_fits_its_schema_passes():
    assert codes(World().verify(declaring(OB3)))["schema"] == "schema"


def test_a_badge_that_does_not_fit_the_schema_it_declares_fails():
    report = World().verify(
        declaring(OB3, evidence=[{"type": ["Evidence"], "genre": {"@value": "x", "@language": "en"}}])
    )

    assert codes(report)["schema"] == "schema"
    assert report.check("schema").detail["path"].startswith("evidence")
    assert report.verdict.value == "failed"


@pytest.mark.parametrize("address", ["https://museum.example/schema.json", "https://evil.example/x"])
def test_a_schema_that_is_not_known_only_informs(address):
    world = World()
    report = world.verify(declaring(address))

    assert outcome(report, "schema") == "could not be checked"
    assert report.verdict.value == "passed"
    assert world.asked == []


def test_a_badge_that_declares_none_is_not_asked():
    assert "schema" not in codes(World().verify(as_bytes(badge_of(1))))
