"""The schemas a credential declares: checked where they are bundled, never fetched, and said so."""

from tests.verifiable_badges import strategies
from verifiable_badges.schemas import declared_schemas

OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/schema/{}/ob_v3p0_achievementcredential_schema.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json"


def declaring(*entries, kind="open_badge", **knobs):
    document = strategies.one(kind, **{"share": 0, "languages": False, **knobs})
    return document | {"credentialSchema": list(entries)}


def entry(address, kind="1EdTechJsonSchemaValidator2019"):
    return {"id": address, "type": kind}


def outcomes(document):
    return [(found.outcome.value, found.code) for found in declared_schemas(document)]


def test_both_addresses_of_1edtech_are_known():
    document = declaring(entry(OB3.format("json")), entry(OB3.format("json-ld")))

    assert outcomes(document) == [("passed", "schema")] * 2


def test_a_clr_is_checked_against_the_schema_of_clrs():
    assert outcomes(declaring(entry(CLR), kind="clr")) == [("passed", "schema")]


def test_a_badge_that_breaks_its_schema_fails_and_says_where():
    document = declaring(entry(OB3.format("json")))
    del document["credentialSubject"]["achievement"]["criteria"]

    [found] = declared_schemas(document)

    assert (found.outcome.value, found.path) == ("failed", "credentialSubject.achievement")
    assert found.reason == "“credentialSubject.achievement” has no member “criteria”."


def test_a_badge_that_declares_the_schema_of_something_else_fails():
    assert outcomes(declaring(entry(CLR))) == [("failed", "schema")]


def test_a_schema_that_is_not_bundled_could_not_be_checked():
    document = declaring(entry("https://school.example/schema.json", "JsonSchema"), entry(OB3.format("json")))

    assert outcomes(document) == [("could not be checked", "schema_unknown"), ("passed", "schema")]


def test_one_schema_may_stand_without_its_list():
    document = declaring()
    document["credentialSchema"] = entry(OB3.format("json"))

    assert outcomes(document) == [("passed", "schema")]


def test_without_a_declared_schema_there_is_nothing_to_check():
    document = declaring()
    del document["credentialSchema"]

    assert declared_schemas(document) == []


def test_entries_that_name_no_schema_fail():
    for wrong in (5, None, {}, {"id": OB3}, {"type": "JsonSchema"}, {"id": 5, "type": "JsonSchema"}, entry("", "")):
        assert outcomes(declaring(wrong)) == [("failed", "schema_unnamed")]


def test_the_ninth_schema_is_not_checked_any_more():
    found = outcomes(declaring(*[entry(OB3.format("json"))] * 9))

    assert found == [("passed", "schema")] * 8 + [("could not be checked", "schema_unknown")]


def test_the_older_form_of_badges_could_not_be_checked():
    document = declaring(entry(OB3.format("json")))
    document["@context"] = ["https://www.w3.org/2018/credentials/v1", *document["@context"][1:]]

    assert outcomes(document) == [("could not be checked", "schema_edition")]
