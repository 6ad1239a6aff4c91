"""What several checks come to, and how a report is written."""

import pytest

from tests.verifiable_badges.makers import World, signed
from verifiable_badges.report import Check, Outcome, Report, verdict


def check(outcome, needed=True):
    return Check("x", outcome, "x", "x", needed=needed)


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([], Outcome.UNKNOWN),
        ([check(Outcome.PASSED)], Outcome.PASSED),
        ([check(Outcome.PASSED), check(Outcome.UNKNOWN)], Outcome.UNKNOWN),
        ([check(Outcome.PASSED), check(Outcome.UNKNOWN, needed=False)], Outcome.PASSED),
        ([check(Outcome.UNKNOWN), check(Outcome.FAILED)], Outcome.FAILED),
    ],
)
def test_the_verdict_of_several_checks(checks, expected):
    assert verdict(checks) is expected
    assert Report(tuple(checks), "x").verdict is expected


def test_checks_that_stand_in_many_reports_cannot_be_written_into():
    found = World().verify(signed()).check("structure")

    with pytest.raises(TypeError):
        found.detail["x"] = 1
    assert found.to_json()["detail"] == {}
