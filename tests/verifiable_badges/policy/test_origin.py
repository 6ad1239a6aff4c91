"""Who stands behind a badge, and what it was signed for."""

import pytest

from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM, World, codes, credential, outcome
from tests.verifiable_badges.verifying.makers import as_bytes, badge_of, endorsement, signed_json
from verifiable_badges.keys import did_key
from verifiable_badges.policy import AllOf, AnyOf, EndorsedBy, Facts, IssuerKnown, PurposeIs, RecipientIs
from verifiable_badges.report import Check, Outcome

SHIPYARD = did_key(FORGER_KEY.public)


def endorsed(*endorsements):
    document = credential().to_json()
    document["endorsement"] = list(endorsements)
    return as_bytes(signed_json(document))


def judged(data, *expectations):
    return World().verify(data, expectations=expectations)


def test_a_badge_endorsed_by_somebody_you_named_passes():
    report = judged(endorsed(endorsement(MUSEUM)), EndorsedBy([SHIPYARD, "did:web:x.example"]))

    assert codes(report)["endorsed_by"] == "endorsed_by"
    assert report.verdict.value == "passed"


def test_an_endorsement_by_somebody_else_or_none_fails():
    assert (
        codes(judged(endorsed(endorsement(MUSEUM)), EndorsedBy(["did:web:x.example"])))["endorsed_by"] == "not_endorsed"
    )
    assert codes(judged(endorsed(), EndorsedBy([SHIPYARD])))["endorsed_by"] == "not_endorsed"


def test_a_forged_endorsement_counts_for_nothing():
    forged = endorsement(MUSEUM)
    forged["credentialSubject"]["endorsementComment"] = "Best of all."

    assert codes(judged(endorsed(forged), EndorsedBy([SHIPYARD])))["endorsed_by"] == "not_endorsed"


def test_an_endorsement_of_something_else_counts_for_nothing():
    report = judged(endorsed(endorsement("did:web:another-museum.example")), EndorsedBy([SHIPYARD]))

    assert codes(report)["endorsements"] == "endorsement_elsewhere"
    assert codes(report)["endorsed_by"] == "not_endorsed"


def test_an_endorsement_that_could_not_be_checked_leaves_it_open():
    status = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "1",
              "statusListCredential": "https://shipyard.example/1"}  # fmt: skip

    report = judged(endorsed(endorsement(MUSEUM, credentialStatus=status)), EndorsedBy([SHIPYARD]))

    assert codes(report)["endorsed_by"] == "endorsed_by_unchecked"
    assert report.verdict is Outcome.UNKNOWN


def test_the_purpose_of_a_badge_is_to_make_statements():
    data = as_bytes(badge_of(1))

    assert outcome(judged(data, PurposeIs("assertionMethod")), "purpose") == "passed"
    assert codes(judged(data, PurposeIs("authentication")))["purpose"] == "purpose_other"
    unsigned = as_bytes({name: value for name, value in badge_of(1).items() if name != "proof"})
    assert codes(judged(unsigned, PurposeIs("assertionMethod")))["purpose"] == "purpose_no_proof"


class Fixed:
    """An expectation whose answer is known."""

    def __init__(self, outcome, code="x", needed=True):
        self.check = Check("x", outcome, code, "x", needed=needed)

    def judge(self, credential, facts=None):
        return self.check


PASSED, FAILED, UNKNOWN = Fixed(Outcome.PASSED), Fixed(Outcome.FAILED), Fixed(Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("expectation", "expected"),
    [
        (AnyOf(FAILED, UNKNOWN, PASSED), Outcome.PASSED),
        (AnyOf(FAILED, UNKNOWN), Outcome.UNKNOWN),
        (AnyOf(FAILED, Fixed(Outcome.FAILED, "y")), Outcome.FAILED),
        (AllOf(PASSED, PASSED), Outcome.PASSED),
        (AllOf(PASSED, UNKNOWN), Outcome.UNKNOWN),
        (AllOf(PASSED, UNKNOWN, FAILED), Outcome.FAILED),
        (AllOf(PASSED, Fixed(Outcome.UNKNOWN, needed=False)), Outcome.PASSED),
        (AnyOf(AllOf(PASSED, FAILED), AllOf(PASSED, PASSED)), Outcome.PASSED),
    ],
)
def test_expectations_combine(expectation, expected):
    assert expectation.judge({}, Facts()).outcome is expected


def test_combined_expectations_in_a_report():
    ask = AnyOf(IssuerKnown(["did:web:x.example"]), AllOf(IssuerKnown([MUSEUM]), RecipientIs("a@example.com")))

    assert codes(judged(as_bytes(badge_of(1)), ask))["all_of"] == "all_met"
    fails = judged(as_bytes(badge_of(1)), AnyOf(RecipientIs("b@example.com"), RecipientIs("c@example.com")))
    assert codes(fails)["recipient"] == "recipient_other"


@pytest.mark.parametrize("combination", [AnyOf, AllOf])
def test_nothing_to_expect_is_the_callers_mistake(combination):
    with pytest.raises(ValueError, match="expect"):
        combination()
