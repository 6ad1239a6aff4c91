"""Presentations: who shows what, to whom and when."""

import pytest

from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM, MUSEUM_KEY, NOW, World, codes, credential
from tests.verifiable_badges.verifying.makers import (
    CHALLENGE,
    DOMAIN,
    LEARNER,
    LEARNER_KEY,
    as_bytes,
    badge_of,
    other_credential,
    presentation,
    record,
    signed_json,
)
from verifiable_badges import verify
from verifiable_badges.jose.presentation import issue_presentation
from verifiable_badges.jose.vc_jwt import Profile, issue_token
from verifiable_badges.jsonld import CREDENTIALS_V1, CREDENTIALS_V2
from verifiable_badges.keys import did_document, did_key_method
from verifiable_badges.policy import IssuerKnown, PurposeIs


def judged(document, *, challenge=CHALLENGE, domain=DOMAIN, documents=None, **options):
    world = World(documents)
    data = document.encode() if isinstance(document, str) else as_bytes(document)
    return verify(
        data, resolve=world.resolve, fetch=world.fetch_status, now=NOW, challenge=challenge, domain=domain, **options
    )


def inner(report):
    return [check.code for check in report.checks if check.name == "credentials"]


def token_of(document, profile=Profile.VC_JOSE_COSE):
    return issue_token(document, key=MUSEUM_KEY, kid=did_key_method(MUSEUM_KEY.public), profile=profile)


def envelope(token, kind="EnvelopedVerifiableCredential", media_type="application/vc+jwt"):
    return {"@context": [CREDENTIALS_V2], "id": f"data:{media_type},{token}", "type": kind}


def test_a_presentation_of_two_credentials_passes():
    report = judged(presentation(badge_of(1), signed_json(other_credential())))

    assert report.verdict.value == "passed", codes(report)
    assert report.kind == "presentation"
    assert [check.name for check in report.checks] == [
        "readable", "structure", "proof", "holder", "challenge", "credentials", "credentials"]  # fmt: skip
    assert [part.kind for part in report.parts] == ["open_badge_3", "credential"]


def test_expectations_are_about_the_presentation():
    report = judged(presentation(badge_of(1)), expectations=[PurposeIs("authentication"), IssuerKnown([LEARNER])])

    assert codes(report)["purpose"] == "purpose"
    assert codes(report)["issuer_known"] == "issuer_known"


@pytest.mark.parametrize(
    ("asked", "code"),
    [({"challenge": "another"}, "proof_challenge"), ({"domain": "https://x.example"}, "proof_domain")],
)
def test_a_presentation_made_for_somebody_else_or_another_time_fails(asked, code):
    report = judged(presentation(badge_of(1)), **asked)

    assert codes(report)["proof"] == code
    assert report.verdict.value == "failed"


def test_who_asked_for_nothing_is_told_that_it_may_be_an_old_one():
    report = judged(presentation(badge_of(1)), challenge=None, domain=None)

    assert codes(report)["challenge"] == "challenge_not_asked"
    assert report.verdict.value == "passed"


def test_a_proof_for_making_statements_shows_nothing():
    document = signed_json({"@context": [CREDENTIALS_V2], "type": ["VerifiablePresentation"]}, LEARNER_KEY)

    assert codes(judged(document, challenge=None, domain=None))["proof"] == "proof_purpose"


def test_somebody_else_than_the_holder_fails():
    report = judged(presentation(badge_of(1), key=FORGER_KEY, holder=LEARNER))

    assert codes(report)["holder"] == "holder_mismatch"


def test_without_a_holder_only_a_key_is_known():
    report = judged(presentation(badge_of(1), holder=None))

    assert codes(report)["holder"] == "holder_unnamed"
    assert report.verdict.value == "passed"


def test_a_holder_with_a_web_identity_is_asked_for_his_authentication_keys():
    shipyard = "did:web:shipyard.example"
    document = did_document(shipyard, [LEARNER_KEY.public], LEARNER_KEY.public)
    shown = presentation(badge_of(1), holder=shipyard)
    making_statements = {name: value for name, value in document.items() if name != "authentication"}

    assert codes(judged(shown, documents={shipyard: making_statements}))["holder"] == "holder_mismatch"
    with_authentication = document | {"authentication": document["assertionMethod"]}
    assert codes(judged(shown, documents={shipyard: with_authentication}))["holder"] == "holder"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"holder": {"name": "Ada"}}, "address"),
        ({"@context": ["https://www.w3.org/ns/credentials/examples/v2", CREDENTIALS_V2]}, "context"),
    ],
)
def test_the_rules_of_the_data_model(changes, code):
    report = judged(presentation(badge_of(1)) | changes)

    assert codes(report)["structure"] == code
    assert report.verdict.value == "failed"


def test_an_unsigned_presentation_fails():
    document = presentation(badge_of(1))
    del document["proof"]

    report = judged(document)

    assert codes(report)["proof"] == "proof_missing"
    assert codes(report)["holder"] == "holder_no_proof"
    assert report.verdict.value == "failed"


def test_a_forged_credential_inside_fails():
    forged = badge_of(1)
    forged["name"] = "Captain"

    report = judged(presentation(badge_of(2), forged))

    assert inner(report) == ["credential", "credential_signature"]
    assert report.verdict.value == "failed"


@pytest.mark.parametrize("value", ["https://museum.example/badge/1", 7, None, ["x"]])
def test_something_else_than_a_credential_inside_fails(value):
    document = presentation()
    document["verifiableCredential"] = [value]

    assert inner(judged(document)) == ["credential_form"]


def test_a_record_in_a_presentation_is_judged_to_its_last_credential():
    report = judged(presentation(signed_json(record(badge_of(1)))))

    assert report.verdict.value == "passed"
    assert report.parts[0].parts[0].kind == "open_badge_3"


# --- what the holder says of himself ----------------------------------------------------------------------------------


def test_what_the_holder_says_of_himself_is_signed_with_the_presentation():
    report = judged(presentation(other_credential(issuer=LEARNER)))

    assert report.verdict.value == "passed", codes(report)
    assert inner(report) == ["credential"]


@pytest.mark.parametrize(
    "shown",
    [
        presentation(other_credential(issuer=MUSEUM)),
        presentation(other_credential(issuer=LEARNER), holder=None),
        presentation(other_credential(issuer=LEARNER), holder=MUSEUM),
        presentation(other_credential(issuer=MUSEUM), holder=MUSEUM),
    ],
    ids=["another issuer", "no holder", "another holder", "in another's name"],
)
def test_what_the_holder_says_of_others_needs_their_signature(shown):
    assert judged(shown).verdict.value == "failed"


# --- envelopes and tokens ---------------------------------------------------------------------------------------------


def test_a_credential_in_an_envelope_is_opened():
    report = judged(presentation(envelope(token_of(credential().to_json()))))

    assert report.verdict.value == "passed", [(check.name, check.code, check.reason) for check in report.checks]
    assert report.parts[0].kind == "open_badge_3"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (envelope("e30.e30.AAAA"), "credential_proof"),
        (envelope("no token"), "envelope"),
        (envelope("e30.e30.AAAA", media_type="application/vc+cose"), "envelope_kind"),
        ({**envelope("e30.e30.AAAA"), "id": "e30.e30.AAAA"}, "envelope"),
        ({**envelope("e30.e30.AAAA"), "@context": []}, "context"),
    ],
)
def test_envelopes_that_hold_nothing(value, code):
    document = presentation()
    document["verifiableCredential"] = [value]

    found = inner(judged(document))

    assert len(found) == 1
    assert found[0].startswith(code) or found[0].startswith("credential_")
    assert judged(document).verdict.value != "passed"


def test_a_presentation_as_a_token_answers_the_challenge():
    document = {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "holder": LEARNER,
        "verifiableCredential": [envelope(token_of(credential().to_json()))],
    }
    token = issue_presentation(
        document, key=LEARNER_KEY, kid=did_key_method(LEARNER_KEY.public), challenge=CHALLENGE, domain=DOMAIN
    )

    report = judged(token)
    assert report.verdict.value == "passed", [(check.name, check.code, check.reason) for check in report.checks]
    assert report.kind == "presentation"
    assert judged(token, challenge="another").verdict.value == "failed"

    wrapped = envelope(token, "EnvelopedVerifiablePresentation", "application/vp+jwt")
    assert judged(wrapped).verdict.value == "passed"


def test_version_1_1_lets_tokens_stand_as_they_are():
    token = token_of(credential(subject_id=LEARNER).to_json(), Profile.OPEN_BADGES)
    newer = presentation()
    newer["verifiableCredential"] = [token]

    assert inner(judged(newer)) == ["credential_form"]
    older = {
        "@context": [CREDENTIALS_V1, "https://w3id.org/security/data-integrity/v2"],
        "verifiableCredential": [token],
    }
    report = judged({"type": ["VerifiablePresentation"], **older})
    assert inner(report) == ["credential"]


def test_a_presentation_in_a_presentation_is_refused():
    document = presentation()
    document["verifiableCredential"] = [presentation(badge_of(1))]

    assert inner(judged(document)) == ["presentation_inside"]
