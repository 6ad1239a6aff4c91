"""Which parts of a badge can be left out: whatever is, a structurally valid badge remains."""

import pytest

from tests.verifiable_badges.proofs.ecdsa_sd_2023.learner import badge, base_signed
from verifiable_badges.errors import InvalidCredential
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.data_integrity import verify_document
from verifiable_badges.proofs.ecdsa_sd_2023 import HOLDERS_CHOICE, badge_pointers, derive
from verifiable_badges.structure import check_structure


def test_the_pointers_of_a_badge():
    assert badge_pointers(badge()) == (
        "/issuer",
        "/validFrom",
        "/validUntil",
        "/awardedDate",
        "/name",
        "/credentialStatus",
        "/credentialSubject/source",
        "/credentialSubject/achievement",
        "/credentialSubject/result/1",
    )


def test_the_barest_badge_is_valid_and_says_nothing_of_the_learner():
    barest = derive(base_signed(), selective_pointers=[])

    check_structure(barest)
    assert verify_document(barest, resolve=unavailable)
    assert set(barest["credentialSubject"]) == {"id", "type", "source", "achievement", "result"}


@pytest.mark.parametrize(
    "needed", ["/issuer", "/validUntil", "/credentialStatus", "/name", "/credentialSubject/achievement"]
)
def test_what_a_badge_needs_stays_mandatory_whatever_is_asked(needed):
    assert needed in badge_pointers(badge(), disclosable={needed})


def test_members_nobody_thought_of_are_mandatory():
    assert "/termsOfUse" in badge_pointers(badge(termsOfUse={"type": "X"}))
    assert "/credentialSubject/role" in badge_pointers(changed(role="Captain"))
    assert "/credentialSubject/role" not in badge_pointers(
        changed(role="Captain"), disclosable=HOLDERS_CHOICE | {"/credentialSubject/role"}
    )


def changed(**members):
    return badge(credentialSubject=badge()["credentialSubject"] | members)


def test_a_failure_cannot_be_shown_as_a_success():
    failed = {"type": ["Result"], "status": "Failed"}

    assert "/credentialSubject/result/0" in badge_pointers(changed(result=[failed]))
    assert "/credentialSubject/result" in badge_pointers(changed(result=failed))
    assert "/credentialSubject/result" in badge_pointers(badge(), disclosable=())


def without_id(identifiers):
    subject = changed(identifier=identifiers)["credentialSubject"]
    del subject["id"]
    return badge(credentialSubject=subject)


def test_a_subject_without_id_keeps_a_hashed_identifier():
    document = without_id(badge()["credentialSubject"]["identifier"][::-1])

    barest = derive(base_signed(document), selective_pointers=[])

    check_structure(barest)
    assert [identity["identityType"] for identity in barest["credentialSubject"]["identifier"]] == ["emailAddress"]


@pytest.mark.parametrize("identifiers", [badge()["credentialSubject"]["identifier"][1:], [], None])
def test_a_subject_known_by_its_name_only_cannot_hide_it(identifiers):
    with pytest.raises(InvalidCredential) as error:
        badge_pointers(without_id(identifiers))
    assert error.value.code == "subject_unnamed"


def test_a_subject_in_a_list_of_one():
    document = badge(credentialSubject=[badge()["credentialSubject"]])

    pointers = badge_pointers(document)

    assert "/credentialSubject/0/achievement" in pointers
    assert "/credentialSubject/0/result/1" in pointers
    assert "/credentialSubject/0/identifier" not in pointers
    assert verify_document(derive(base_signed(document, pointers), selective_pointers=[]), resolve=unavailable)


@pytest.mark.parametrize("subject", [None, "did:example:ada", [], [{"id": "urn:a"}, {"id": "urn:b"}]])
def test_a_badge_without_one_subject(subject):
    with pytest.raises(InvalidCredential):
        badge_pointers(badge(credentialSubject=subject))
