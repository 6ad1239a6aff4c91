"""What each kind of credential and presentation asks for, and how it is written."""

import json
from dataclasses import replace

import pytest

from tests.verifiable_badges import strategies
from tests.verifiable_badges.makers import MUSEUM, NOW, credential, sign
from verifiable_badges import model
from verifiable_badges.errors import InvalidCredential, Unsupported
from verifiable_badges.model import (
    Association,
    ClrCredential,
    EndorsementCredential,
    EnvelopedVerifiableCredential,
    EnvelopedVerifiablePresentation,
    Profile,
    RelatedResource,
    Result,
    ResultDescription,
    RubricCriterionLevel,
    VerifiableCredential,
    VerifiablePresentation,
    credential_from_json,
)
from verifiable_badges.schemas import check_schema

V2 = "https://www.w3.org/ns/credentials/v2"


def endorsement(**changes) -> EndorsementCredential:
    made = EndorsementCredential(
        id="urn:uuid:7b8e2e4f-7f0e-4c3b-9c0b-0e9a5c9f1a11",
        name="The shipyard vouches for the museum",
        issuer=Profile("https://shipyard.example", name="Invented Shipyard"),
        valid_from=NOW,
        subject_id=MUSEUM,
        endorsement_comment="They know their knots.",
    )
    return replace(made, **changes)


def signed(made):
    return credential_from_json(json.loads(sign(made)))


def clr(**changes) -> ClrCredential:
    made = ClrCredential(
        id="urn:uuid:5f1f6e54-4a87-4a3e-8a4b-1f2b3c4d5e6f",
        name="All that was learned",
        issuer=credential().issuer,
        valid_from=NOW,
        subject_id=credential().subject_id,
        verifiable_credential=(signed(credential()), signed(endorsement())),
        association=(Association("isPartOf", "urn:a", "urn:b"),),
    )
    return replace(made, **changes)


@pytest.mark.parametrize("make", [credential, endorsement, clr])
def test_each_kind_fits_its_schema_and_can_be_signed(make):
    kind = {credential: "open_badge_3", endorsement: "endorsement", clr: "clr"}[make]

    check_schema(make().to_json(), kind)
    assert sign(make())


@pytest.mark.parametrize("make", [credential, endorsement, clr])
def test_each_kind_is_found_by_its_types(make):
    assert credential_from_json(make().to_json()) == make()


def test_an_open_badge_may_call_itself_either_name():
    document = credential().to_json() | {"type": ["VerifiableCredential", "OpenBadgeCredential"]}

    assert isinstance(credential_from_json(document), model.AchievementCredential)


def test_the_credentials_inside_a_clr_are_models_too():
    inner = ClrCredential.from_json(clr().to_json()).verifiable_credential

    assert [type(one) for one in inner] == [model.AchievementCredential, EndorsementCredential]


def test_a_clr_of_unsigned_badges_about_its_own_learner_is_not_signed():
    """What each badge says could be moved to another one under the CLR's signature."""
    with pytest.raises(Unsupported) as refusal:
        sign(clr(verifiable_credential=(credential(),)))

    assert refusal.value.code == "ambiguous_node"


def test_a_credential_of_another_kind_keeps_its_subject_as_it_is():
    document = {
        "@context": [V2],
        "type": ["VerifiableCredential", "https://example.org/Diploma"],
        "issuer": {"id": "did:example:issuer", "https://example.org/logo": "urn:logo"},
        "credentialSubject": {"id": "did:example:subject", "https://example.org/degree": {"level": 6}},
        "evidence": {"type": "https://example.org/Exam"},
        "confidenceMethod": {"type": "https://example.org/Face"},
    }
    read = credential_from_json(document)

    assert isinstance(read, VerifiableCredential)
    assert read.issuer_id == "did:example:issuer"
    assert read.credential_subject[0]["https://example.org/degree"] == {"level": 6}
    assert read.to_json() == document


@pytest.mark.parametrize("subject", [None, [], {}, [{}], "did:example:subject"])
def test_a_credential_that_says_nothing_is_none(subject):
    document = {"@context": [V2], "type": ["VerifiableCredential"], "issuer": "urn:a", "credentialSubject": subject}

    with pytest.raises(InvalidCredential):
        VerifiableCredential.from_json(document)


@pytest.mark.parametrize(
    ("issuer", "found"), [("urn:a", "urn:a"), (Profile("urn:b"), "urn:b"), ({"id": "urn:c"}, "urn:c"), ({"id": 5}, "")]
)
def test_an_issuer_is_known_by_its_id(issuer, found):
    assert VerifiableCredential(issuer=issuer, credential_subject=({"id": "urn:s"},)).issuer_id == found


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"subject_id": "", "identifiers": ()}, "subject_unnamed"),
        ({"valid_until": NOW.replace(year=2000)}, "dates_reversed"),
        (
            {"related_resource": (RelatedResource.of("urn:a", b"a"), RelatedResource.of("urn:a", b"b"))},
            "resource_twice",
        ),
    ],
)
def test_a_badge_that_contradicts_the_standard_cannot_be_made(changes, code):
    with pytest.raises(InvalidCredential) as refusal:
        credential(**changes)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "make",
    [
        lambda: Association("isUncleOf", "urn:a", "urn:b"),
        lambda: Result(status="Passed"),
        lambda: ResultDescription("urn:a", "Grade", "Stars"),
    ],
)
def test_words_outside_of_the_vocabulary_are_refused(make):
    with pytest.raises(InvalidCredential):
        make()


def test_results_are_described_in_the_achievement_and_given_in_the_subject():
    levels = (RubricCriterionLevel("urn:level:1", "With help"), RubricCriterionLevel("urn:level:2", "Alone"))
    described = ResultDescription("urn:r", "Knots", "RubricCriterionLevel", rubric_criterion_level=levels)
    badge = credential(
        achievement=replace(credential().achievement, result_description=(described,)),
        result=(Result(result_description="urn:r", achieved_level="urn:level:2"),),
        term="Summer 2026",
        credits_earned=0,
    )
    document = badge.to_json()

    check_schema(document, "open_badge_3")
    assert document["credentialSubject"]["result"][0]["achievedLevel"] == "urn:level:2"
    assert document["credentialSubject"]["creditsEarned"] == 0


@pytest.mark.parametrize("name", ["id", "name"])
@pytest.mark.parametrize("make", [endorsement, clr])
def test_id_and_name_are_needed_except_in_the_form_of_1_1(make, name):
    document = make().to_json()
    del document[name]
    with pytest.raises(InvalidCredential) as refusal:
        type(make()).from_json(document)
    assert refusal.value.path == name

    document["@context"][0] = "https://www.w3.org/2018/credentials/v1"
    document["issuanceDate"] = document.pop("validFrom")
    assert type(make()).from_json(document).to_json() == document


def test_several_status_entries_keep_their_order():
    entries = ({"type": "One", "id": "urn:1"}, {"type": "Two", "id": "urn:2"})
    document = credential(status=entries).to_json()

    assert document["credentialStatus"] == list(entries)
    assert [one.type for one in model.AchievementCredential.from_json(document).status] == ["One", "Two"]


def test_a_presentation_shows_credentials_and_envelopes():
    token = "eyJhbGciOiJFZERTQSJ9.e30.AA"
    shown = VerifiablePresentation(
        holder="did:example:holder", verifiable_credential=(credential(), EnvelopedVerifiableCredential.of(token))
    )
    document = shown.to_json()

    assert document["type"] == ["VerifiablePresentation"]
    assert document["verifiableCredential"][1]["id"] == f"data:application/vc+jwt,{token}"
    assert VerifiablePresentation.from_json(document) == shown
    assert VerifiablePresentation.from_json(document).verifiable_credential[1].opened() == ("application/vc+jwt", token)


def test_a_token_alone_may_stand_in_a_presentation_of_1_1():
    document = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": "VerifiablePresentation",
        "verifiableCredential": ["a.b.c"],
    }

    assert VerifiablePresentation.from_json(document).to_json() == document


@pytest.mark.parametrize("address", ["https://example.org/a.jwt", "data:application/vc+jwt,", "data:,a", ""])
def test_an_envelope_without_token_is_refused(address):
    with pytest.raises(InvalidCredential):
        EnvelopedVerifiablePresentation(id=address).opened()


def test_an_enveloped_presentation_is_opened():
    envelope = EnvelopedVerifiablePresentation(id="data:application/vp+jwt;charset=utf-8,a%2Eb.c")

    assert envelope.opened() == ("application/vp+jwt", "a.b.c")
    assert EnvelopedVerifiablePresentation.from_json(envelope.to_json()) == envelope


def test_an_endorsed_profile_carries_the_endorsement():
    document = credential(issuer=Profile(MUSEUM, endorsement=(endorsement(),))).to_json()

    assert credential_from_json(document).issuer.endorsement[0] == endorsement()
    assert strategies.one("endorsement", share=0)["type"] == document["issuer"]["endorsement"][0]["type"]
