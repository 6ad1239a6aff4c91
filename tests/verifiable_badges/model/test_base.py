"""Every model: what is read is written again, and what cannot be read is named by its path."""

import copy
import json
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given

from tests.verifiable_badges import strategies
from tests.verifiable_badges.makers import VECTORS, credential
from verifiable_badges import model
from verifiable_badges.errors import InvalidCredential, InvalidDocument, LimitExceeded
from verifiable_badges.model import AchievementCredential, Profile, credential_from_json


@strategies.whole_documents(60)
@given(strategies.credentials(directions=True, extended=True, single=True, merged=True))
def test_what_is_read_is_written_again(document):
    before = copy.deepcopy(document)

    assert credential_from_json(document).to_json() == before
    assert document == before


@pytest.mark.parametrize("kind", ["open_badge", "endorsement", "clr"])
def test_with_every_optional_member_nothing_is_left_unmodelled(kind):
    document = strategies.one(kind, share=1, extended=True)

    def unmodelled(value):
        if isinstance(value, model.Model):
            return [*value.more] + [
                name for field in value.__dataclass_fields__ for name in unmodelled(getattr(value, field))
            ]
        return [name for item in value for name in unmodelled(item)] if isinstance(value, tuple) else []

    assert unmodelled(credential_from_json(document)) == []


def test_what_our_models_write_they_read_as_the_same():
    badge = credential()

    assert AchievementCredential.from_json(badge.to_json()) == badge


FORMS = [
    {"name": ""},
    {"name": None},
    {"endorsement": []},
    {"endorsement": None},
    {"type": "Profile"},
    {"type": ["Profile", "https://example.org/School"]},
    {"url": ["https://museum.example"]},
    {"otherIdentifier": {"type": "IdentifierEntry", "identifier": "7", "identifierType": "identifier"}},
    {"image": [{"id": "urn:b", "type": ["Image"]}]},
    {"image": {"id": "urn:b", "type": "Image", "https://example.org/width": 5}},
    {"name": [{"@value": "Museum", "@language": "en"}, {"@value": "Museum", "@language": "de"}]},
    {"https://example.org/founded": 1900, "more": {"written": []}},
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_that_json_ld_allows_is_kept(form):
    document = {"id": "urn:a", "type": ["Profile"]} | form

    assert Profile.from_json(document).to_json() == document


def test_a_subject_in_a_list_stays_in_its_list():
    document = credential().to_json()
    document["credentialSubject"] = [document["credentialSubject"]]

    assert AchievementCredential.from_json(document).to_json() == document


def test_a_date_is_written_as_it_was_until_it_is_replaced():
    document = credential().to_json() | {"validFrom": "2026-05-01T14:00:00.000+02:00"}
    badge = AchievementCredential.from_json(document)

    assert badge.valid_from == credential().valid_from
    assert badge.to_json() == document
    assert replace(badge, valid_from=badge.valid_until).to_json()["validFrom"] == "2027-02-28T12:00:00Z"


def test_unknown_members_are_kept_where_they_stood():
    document = credential().to_json() | {"https://example.org/a": {"b": [1]}}
    document["credentialSubject"]["https://example.org/c"] = None
    badge = AchievementCredential.from_json(document)

    assert badge.more == {"https://example.org/a": {"b": [1]}, "credentialSubject": {"https://example.org/c": None}}
    assert replace(badge, name="Changed").to_json() == document | {"name": "Changed"}


def test_what_a_model_gives_out_can_be_changed_without_changing_the_model():
    badge = credential(status={"type": "Other"})
    badge.to_json()["credentialStatus"]["type"] = "changed"
    read = AchievementCredential.from_json(badge.to_json() | {"https://example.org/a": []})
    read.to_json()["https://example.org/a"].append(1)

    assert badge.to_json()["credentialStatus"]["type"] == "Other"
    assert read.to_json()["https://example.org/a"] == []


def test_a_model_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        credential().name = "Other"


def test_members_are_written_in_the_order_of_the_standard():
    document = AchievementCredential.from_json(strategies.one("open_badge", share=1)).to_json()

    assert list(document)[:8] == ["@context", "id", "type", "name", "description", "image", "issuer", "validFrom"]
    assert list(document["credentialSubject"])[:2] == ["id", "type"]


ACHIEVEMENT = ("credentialSubject", "achievement")


@pytest.mark.parametrize(
    ("path", "value", "where", "code"),
    [
        (("credentialSubject",), None, "credentialSubject", "member_missing"),
        (("credentialSubject",), [], "credentialSubject", "member_type"),
        (("credentialSubject",), "did:example:1", "credentialSubject", "member_type"),
        (("type",), ["VerifiableCredential"], "type", "type_missing"),
        (("type",), None, "type", "member_missing"),
        (("@context",), [5], "@context[0]", "member_type"),
        (("id",), 5, "id", "member_type"),
        (("id",), None, "id", "member_missing"),
        (("issuer",), {"id": "urn:a"}, "issuer.type", "member_missing"),
        (("issuer",), 5, "issuer", "member_type"),
        (("validFrom",), 2026, "validFrom", "date_not_text"),
        (("validFrom",), "2026-05-01", "validFrom", "date_form"),
        (("evidence", 0), "https://example.org/picture", "evidence[0]", "member_type"),
        (("credentialSubject", "type"), "Subject", "credentialSubject.type", "type_missing"),
        (
            ("credentialSubject", "identifier"),
            {"type": "IdentityObject"},
            "credentialSubject.identifier.hashed",
            "",
        ),
        (("credentialSubject", "identifier", 0, "hashed"), "true", "credentialSubject.identifier[0].hashed", ""),
        (("credentialSubject", "creditsEarned"), True, "credentialSubject.creditsEarned", "member_type"),
        ((*ACHIEVEMENT, "criteria"), {}, "credentialSubject.achievement.criteria", "criteria_missing"),
        ((*ACHIEVEMENT, "criteria"), "https://example.org", "credentialSubject.achievement.criteria", "member_type"),
        ((*ACHIEVEMENT, "achievementType"), "Medal", "credentialSubject.achievement", "achievement_type"),
        ((*ACHIEVEMENT, "name"), {"en": "Sailor"}, "credentialSubject.achievement.name.@value", "member_missing"),
        (
            (*ACHIEVEMENT, "alignment", 1, "targetUrl"),
            ["a", "b"],
            "credentialSubject.achievement.alignment[1].targetUrl",
            "",
        ),
        (("credentialSchema",), [{"id": "urn:a"}], "credentialSchema[0].type", "member_missing"),
        (("relatedResource",), {"id": "urn:a"}, "relatedResource", "digest_missing"),
        (("validUntil",), "2020-01-01T00:00:00Z", "", "dates_reversed"),
    ],
)
def test_the_first_member_that_cannot_be_read_is_named(path, value, where, code):
    document = credential().to_json()
    AchievementCredential.from_json(document)
    place = document
    *steps, last = path
    for step in steps:
        place = place[step]
    place[last] = value

    with pytest.raises(InvalidCredential) as refusal:
        AchievementCredential.from_json(document)

    assert refusal.value.path == where
    assert refusal.value.code == (code or refusal.value.code)
    assert (
        not where or code in ("criteria_missing", "achievement_type", "digest_missing") or where in str(refusal.value)
    )


def test_the_sentence_names_place_and_trouble():
    with pytest.raises(InvalidCredential) as refusal:
        Profile.from_json({"id": "urn:a", "type": "Profile", "address": {"type": "Address", "geo": 5}})

    assert refusal.value.message == "“address.geo” must be an object."


@pytest.mark.parametrize("value", [None, [], "text", 5, True])
def test_what_is_no_object_is_no_credential(value):
    with pytest.raises(InvalidCredential):
        credential_from_json(value)


@pytest.mark.parametrize("context", [None, {}, {"a": 1}, [], [{"@vocab": "https://example.org/"}]])
def test_contexts_of_any_form_are_kept(context):
    document = credential().to_json() | {"@context": context}

    assert AchievementCredential.from_json(document).to_json() == document


@pytest.mark.parametrize("context", [5, True, [[]], ["https://www.w3.org/ns/credentials/v2", None]])
def test_contexts_of_no_form_are_refused(context):
    with pytest.raises(InvalidCredential) as refusal:
        AchievementCredential.from_json(credential().to_json() | {"@context": context})

    assert refusal.value.path.startswith("@context")


def test_depth_and_size_end_at_their_limits():
    deep = wide = {"id": "urn:a", "type": ["Profile"]}
    for _ in range(70):
        deep = {"id": "urn:a", "type": ["Profile"], "parentOrg": deep}

    with pytest.raises(LimitExceeded):
        Profile.from_json(deep)
    with pytest.raises(LimitExceeded):
        Profile.from_json(wide | {"endorsement": [{}] * 20_000})


def test_what_is_no_json_is_refused():
    with pytest.raises(InvalidDocument):
        Profile.from_json({"id": "urn:a", "type": ["Profile"], "name": b"bytes"})


def test_the_form_of_1_1_is_read_and_written_with_its_own_names():
    document = credential().to_json()
    document["@context"][0] = "https://www.w3.org/2018/credentials/v1"
    document["issuanceDate"] = document.pop("validFrom")
    document["expirationDate"] = document.pop("validUntil")
    badge = AchievementCredential.from_json(document)

    assert (badge.valid_from, badge.valid_until) == (credential().valid_from, credential().valid_until)
    assert badge.to_json() == document

    del document["issuanceDate"]
    with pytest.raises(InvalidCredential) as refusal:
        AchievementCredential.from_json(document)
    assert refusal.value.path == "issuanceDate"


def published():
    """Every credential among the vectors: of the cryptosuites' specifications and of 1EdTech's implementation guide."""
    for path in sorted(VECTORS.rglob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(document, dict) and "issuer" in document:
            yield pytest.param(document, id=str(path.relative_to(VECTORS)))


@pytest.mark.parametrize("document", list(published()))
def test_every_published_credential_is_read_and_written_again(document):
    read = credential_from_json(document)

    assert read.to_json() == document
    assert not read.more
