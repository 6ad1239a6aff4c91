"""Documents against 1EdTech's published JSON schemas: what fits, and how the first place that does not is named."""

import copy
import json

import pytest

from tests.verifiable_badges import strategies
from tests.verifiable_badges.makers import VECTORS, credential
from verifiable_badges.errors import InvalidCredential, LimitExceeded, Unsupported, VerifiableBadgesError
from verifiable_badges.schemas import KINDS, check_schema
from verifiable_badges.schemas.bundle import schemas

MAKERS = {"open_badge_3": "open_badge", "endorsement": "endorsement", "clr": "clr", "profile": "profile"}
DELETE = object()


def document(kind="open_badge_3", **knobs):
    return strategies.one(MAKERS[kind], **{"share": 1, "languages": False, **knobs})


def with_change(path, value):
    """A whole badge in which one place was changed or deleted."""
    changed = document()
    place = changed
    *steps, last = path
    for step in steps:
        place = place[step]
    if value is DELETE:
        del place[last]
    else:
        place[last] = value
    return changed


def test_there_is_a_schema_for_each_kind_and_none_was_changed():
    assert set(KINDS) == {"open_badge_3", "endorsement", "profile", "clr"}
    assert all(schema.load()["$id"] in schema.urls for schema in schemas())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_whole_documents_fit(kind, seed):
    check_schema(document(kind, seed=seed), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_single_values_without_their_list_fit(kind):
    check_schema(document(kind, single=True, many=1), kind)


@pytest.mark.parametrize(("path", "kind"), [("obv3p0", "open_badge_3"), ("clrv2p0", "clr")])
def test_the_documents_of_the_implementation_guide_fit(path, kind):
    check_schema(json.loads((VECTORS / "ob3-impl-guide" / path / "document.json").read_bytes()), kind)


def test_what_our_models_write_fits():
    check_schema(credential().to_json(), "open_badge_3")


ACHIEVEMENT = ("credentialSubject", "achievement")


@pytest.mark.parametrize(
    ("path", "value", "where", "says"),
    [
        (("id",), DELETE, "", "The document has no member “id”."),
        (("issuer",), 5, "issuer", "must be an object or a text"),
        (("validFrom",), "yesterday", "validFrom", "must be a date and time with its time zone"),
        (("validFrom",), "2026-01-01T00:00:00", "validFrom", "must be a date and time with its time zone"),
        (("validUntil",), "2026-02-30T00:00:00Z", "validUntil", "must be a date and time with its time zone"),
        (("issuer",), {"id": "urn:a", "type": ["Organization"]}, "issuer.type", "must name the type Profile"),
        (
            ("credentialSubject", "source", "dateOfBirth"),
            "1990-02-30",
            "credentialSubject.source.dateOfBirth",
            "must be a date that exists",
        ),
        (("credentialSubject",), [], "credentialSubject", "must be an object"),
        (("credentialSubject", "type"), [], "credentialSubject.type", "must have at least 1 entry"),
        (("credentialSubject", "result", 0), {}, "credentialSubject.result[0]", "has no member “type”"),
        (("credentialSubject", "creditsEarned"), "3", "credentialSubject.creditsEarned", "must be a number"),
        (
            ("credentialSubject", "identifier", 0, "hashed"),
            1,
            "credentialSubject.identifier[0].hashed",
            "true or false",
        ),
        ((*ACHIEVEMENT, "name"), None, "credentialSubject.achievement.name", "must be a text or an object"),
        ((*ACHIEVEMENT, "name"), {"@value": "a"}, "credentialSubject.achievement.name", "must be a plain text"),
        (
            (*ACHIEVEMENT, "criteria"),
            "https://a.example",
            "credentialSubject.achievement.criteria",
            "must be an object",
        ),
        ((*ACHIEVEMENT, "achievementType"), "Medal", "credentialSubject.achievement.achievementType", "must be one of"),
        ((*ACHIEVEMENT, "image"), {"id": "urn:a"}, "credentialSubject.achievement.image", "has no member “type”"),
        ((*ACHIEVEMENT, "inLanguage"), "german", "credentialSubject.achievement.inLanguage", "in the form"),
        ((*ACHIEVEMENT, "image", "width"), 5, "credentialSubject.achievement.image", "does not allow there"),
    ],
)
def test_the_first_place_that_breaks_the_schema_is_named(path, value, where, says):
    check_schema(document(), "open_badge_3")

    with pytest.raises(InvalidCredential) as refusal:
        check_schema(with_change(path, value), "open_badge_3")

    assert (refusal.value.code, refusal.value.path) == ("schema", where)
    assert says in refusal.value.message


def test_an_endorsement_inside_a_badge_is_checked_too():
    badge = document()
    del badge["endorsement"][0]["name"]

    with pytest.raises(InvalidCredential) as refusal:
        check_schema(badge, "open_badge_3")

    assert refusal.value.path == "endorsement[0]"


def test_a_badge_in_the_form_of_1_1_is_not_judged_by_a_schema_for_2_0():
    badge = document()
    badge["@context"] = ["https://www.w3.org/2018/credentials/v1", *badge["@context"][1:]]

    with pytest.raises(Unsupported) as refusal:
        check_schema(badge, "open_badge_3")
    assert refusal.value.code == "schema_edition"


def test_a_kind_without_schema_is_not_judged():
    with pytest.raises(Unsupported):
        check_schema(document(), "diploma")


def test_what_is_no_object_breaks_every_schema():
    for value in ([], "text", None, 5):
        with pytest.raises(InvalidCredential):
            check_schema(value, "profile")


def nested(levels):
    profile = {"id": "urn:a", "type": ["Profile"]}
    for _ in range(levels):
        profile = {"id": "urn:a", "type": ["Profile"], "parentOrg": profile}
    return profile


def test_depth_ends_at_the_limit_and_not_in_a_foreign_error():
    check_schema(nested(60), "profile")

    with pytest.raises(LimitExceeded):
        check_schema(nested(70), "profile")


@pytest.mark.parametrize("wrong", [{"x": 1}, 5, [], None, {"type": ["Alignment"], "targetName": 5, "targetUrl": 5}])
def test_thousands_of_wrong_parts_give_one_error(wrong):
    badge = document(share=0)
    badge["credentialSubject"]["achievement"]["alignment"] = [copy.deepcopy(wrong) for _ in range(2_500)]

    with pytest.raises(VerifiableBadgesError) as refusal:
        check_schema(badge, "open_badge_3")

    assert refusal.value.path.startswith("credentialSubject.achievement.alignment[0]")
