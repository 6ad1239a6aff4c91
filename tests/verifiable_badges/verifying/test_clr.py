"""Learner records: the whole, then each credential in it by its own proof."""

import pytest

from tests.verifiable_badges.makers import FORGER_KEY, LIST, MUSEUM_KEY, World, codes, credential, outcome, status_list
from tests.verifiable_badges.verifying.makers import as_bytes, badge_of, other_credential, record, signed_json
from verifiable_badges.jose.vc_jwt import Profile, issue_token
from verifiable_badges.keys import did_key_method
from verifiable_badges.status import entry


def verify(document, **world):
    return World(**world).verify(as_bytes(document))


def inner(report):
    return [check.code for check in report.checks if check.name == "credentials"]


def test_a_record_passes_with_a_report_on_each_credential():
    report = verify(signed_json(record(badge_of(1), badge_of(2))))

    assert report.verdict.value == "passed", codes(report)
    assert report.kind == "clr"
    assert inner(report) == ["credential", "credential"]
    assert [part.kind for part in report.parts] == ["open_badge_3", "open_badge_3"]
    assert report.to_json()["parts"][1]["verdict"] == "passed"


def test_a_forged_credential_fails_the_record_even_if_the_record_is_signed():
    forged = badge_of(1)
    forged["credentialSubject"]["achievement"]["name"] = "Captain"

    report = verify(signed_json(record(badge_of(2), forged)))

    assert outcome(report, "proof") == "passed"
    assert inner(report) == ["credential", "credential_signature"]
    assert report.verdict.value == "failed"


def test_one_changed_letter_in_an_inner_credential_breaks_the_outer_signature_too():
    whole = signed_json(record(badge_of(1)))
    whole["credentialSubject"]["verifiableCredential"][0]["name"] = "Captain"

    assert codes(verify(whole))["proof"] == "signature"


def test_an_unsigned_credential_in_a_record_fails():
    unsigned = badge_of(1)
    del unsigned["proof"]

    assert inner(verify(signed_json(record(unsigned)))) == ["credential_proof_missing"]


def test_a_withdrawn_credential_fails_the_record():
    withdrawn = credential(status=entry(LIST, 7)).to_json()

    report = verify(signed_json(record(signed_json(withdrawn))), lists={LIST: status_list([7])})

    assert inner(report) == ["credential_revoked"]


def test_a_silent_status_server_of_an_inner_credential_leaves_the_record_open():
    report = verify(signed_json(record(signed_json(credential(status=entry(LIST, 7))))))

    assert inner(report) == ["credential_unreachable"]
    assert report.verdict.value == "could not be checked"


def test_a_credential_in_an_envelope_is_opened():
    token = issue_token(
        credential().to_json(), key=MUSEUM_KEY, kid=did_key_method(MUSEUM_KEY.public), profile=Profile.VC_JOSE_COSE
    )
    envelope = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": f"data:application/vc+jwt,{token}",
        "type": ["EnvelopedVerifiableCredential"],
    }

    report = verify(signed_json(record(envelope)))

    assert report.verdict.value == "passed", [(check.name, check.code, check.reason) for check in report.checks]
    assert report.parts[0].credential["name"] == "Sailor"


def test_other_credentials_may_stand_in_a_record():
    report = verify(signed_json(record(signed_json(other_credential()))))

    assert inner(report) == ["credential"]
    assert report.parts[0].check("structure").code == "not_a_badge"


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ({"verifiableCredential": []}, "record_empty"),
        ({"type": ["AchievementSubject"]}, "type_missing"),
        ({"association": [{"type": "Association", "associationType": "isPartOf", "sourceId": "urn:x:1",
                           "targetId": "https://museum.example/achievements/1"}]}, "association_unknown"),
        ({"association": [{"type": "Association", "sourceId": "urn:x:1", "targetId": "urn:x:2"}]}, "association"),
        ({"achievement": [{"type": ["Achievement"], "id": "urn:x:1", "name": "Knots"}]},
         "achievement_description_missing"),
        ({"identifier": [{"type": "IdentityObject", "hashed": "no", "identityHash": "x"}]}, "identity"),
    ],
)  # fmt: skip
def test_required_parts(subject, code):
    report = verify(record(badge_of(1)) | {"credentialSubject": record(badge_of(1))["credentialSubject"] | subject})

    assert codes(report)["structure"] == code


def test_associations_may_speak_of_achievements_of_the_record_and_of_its_credentials():
    one = {"type": ["Achievement"], "id": "urn:x:1", "name": "All knots", "description": "All",
           "criteria": {"narrative": "All"}}  # fmt: skip
    link = {"type": "Association", "associationType": "isChildOf",
            "sourceId": "https://museum.example/achievements/1", "targetId": "urn:x:1"}  # fmt: skip

    report = verify(signed_json(record(badge_of(1), achievement=[one], association=[link])))

    assert report.verdict.value == "passed", codes(report)


def test_the_vocabulary_of_records_stands_second():
    document = record(badge_of(1))
    document["@context"].pop(1)

    assert codes(verify(document))["structure"] == "context_order"


def test_a_stranger_cannot_sign_a_record_in_the_museums_name():
    assert codes(verify(signed_json(record(badge_of(1)), FORGER_KEY)))["issuer"] == "issuer_mismatch"
