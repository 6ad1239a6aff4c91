"""What issuers have to do and to refuse, sent as the suites for the data model, Data Integrity and status lists do."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest

from tests.conformance.conftest import BASE_URL, EXAMPLES, V2, Client, credential, older_credential
from verifiable_badges.keys import PublicKey
from verifiable_badges.keys.multibase import base64url_decode, multibase_decode

KINDS = {
    "eddsa": ("ed25519", "eddsa-rdfc-2022", 64), "p256": ("p256", "ecdsa-rdfc-2019", 64),
    "p384": ("p384", "ecdsa-rdfc-2019", 96), "eddsa-jcs": ("ed25519", "eddsa-jcs-2022", 64),
    "p256-jcs": ("p256", "ecdsa-jcs-2019", 64), "p384-jcs": ("p384", "ecdsa-jcs-2019", 96),
}  # fmt: skip
STATUS = {
    "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "3",
    "statusListCredential": "https://museum.example/status",
}  # fmt: skip
RESOURCE = {
    "id": V2, "mediaType": "application/ld+json",
    "digestSRI": "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU",
    "digestMultibase": "uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ",
}  # fmt: skip
NAMES: dict[str, Any] = {
    "text": "Dog",
    "in a language": {"@value": "Dog", "@language": "en"},
    "with a direction": {"@value": "كلب", "@language": "ar", "@direction": "rtl"},
    "in several languages": [{"@value": "Dog", "@language": "en"}, {"@value": "Chien", "@language": "fr"}],
}
GOOD: dict[str, dict[str, Any]] = {
    "least": {},
    "no id": {"id": ...},
    "a DID as id": {"id": "did:example:credential"},
    "examples": {"@context": [V2, EXAMPLES]},
    "word of its own": {
        "@context": [V2, {"ExampleCredential": "https://example.org/#ExampleCredential"}],
        "type": ["VerifiableCredential", "ExampleCredential"],
    },
    "type as address": {"type": ["VerifiableCredential", "https://example.org/#ExampleCredential"]},
    "type last": {"type": ["https://example.org/#A", "https://example.org/#B", "VerifiableCredential"]},
    "foreign issuer": {"issuer": "https://vc.example/issuers/5678"},
    "issuer as object": {"issuer": {"id": "did:example:issuer"}},
    "two subjects": {"credentialSubject": [{"id": "did:example:a"}, {"id": "did:example:other:b"}]},
    "milliseconds": {"validFrom": "2023-02-23T21:41:38.123Z", "validUntil": "2043-02-23T21:41:38.321Z"},
    "time zone": {"validFrom": "2023-02-23T21:41:38-05:00"},
    "far future": {"validFrom": "3023-02-23T21:41:38Z"},
    "another status": {
        "@context": [V2, {"StatusList2017": "https://example.org/#StatusList2017"}],
        "credentialStatus": {"id": "did:example:status", "type": "StatusList2017"},
    },
    "schemas": {"credentialSchema": [
        {"id": "https://example.org/schema.json", "type": "JsonSchema"},
        {"id": "did:example:schema", "type": "https://example.org/#Schema"}]},
    "refresh services": {"refreshService": [
        {"id": "did:example:refresh", "type": "https://example.org/#Refresh"}, {"type": "https://example.org/#Other"}]},
    "terms of use": {"termsOfUse": [{"type": "https://example.org/#Terms"},
                                    {"id": "did:example:terms", "type": "https://example.org/#Terms"}]},
    "evidence": {"evidence": {"type": "https://example.org/#Evidence"}},
    "related resource": {"relatedResource": [RESOURCE]},
    "related resource out of reach": {"relatedResource": {
        "id": "https://example.org/film", "digestMultibase": "uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw"}},
    **{f"name {kind}": {"name": name} for kind, name in NAMES.items()},
    **{f"description {kind}": {"description": name} for kind, name in NAMES.items()},
    **{f"issuer's name {kind}": {"issuer": {"id": "did:example:issuer", "name": name}} for kind, name in NAMES.items()},
}  # fmt: skip
BAD: dict[str, Any] = {
    "undefined member": {"sailor": True},
    "undefined member within": {"credentialSubject": {"id": "did:example:a", "sailor": True}},
    "undefined type": {"type": ["VerifiableCredential", "ExampleCredential"]},
    "undefined type, vocabulary emptied": {
        "@context": [V2, {"@vocab": None}], "type": ["VerifiableCredential", "ExampleCredential"]},
    "type that means no address": {
        "@context": [V2, {"Example": "https ://not-a-url#Example"}], "type": ["VerifiableCredential", "Example"]},
    "protected word redefined": {"@context": [V2, {"VerifiableCredential": "https://example.org/#Bad"}]},
    "protected type redefined": {"@context": [V2, {"type": "https://example.org/#type"}]},
    "relative id": {"credentialSubject": {"id": "subject"}},
    "relative type": {"evidence": {"type": "evidence/1"}},
    "misplaced status entry": {"statusEntry": STATUS | {"statusListIndex": True}},
    "status at place true": {"credentialStatus": STATUS | {"statusListIndex": True}},
    "status at place -1": {"credentialStatus": STATUS | {"statusListIndex": "-1"}},
    "status without list": {"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
                                                 "statusListIndex": "3"}},
    "status without type": {"credentialStatus": {"id": "did:example:status"}},
    "status of type 2": {"credentialStatus": {"id": "did:example:status", "type": 2}},
    "no context": {"@context": ...},
    "context a number": {"@context": 4},
    "contexts of all sorts": {"@context": [{"foo": True}, 4, False, None]},
    "contexts in another order": {"@context": [EXAMPLES, V2]},
    "context with a hole": {"@context": [V2, "https ://not-a-url/contexts/example/v1"]},
    "context out of reach": {"@context": [V2, "https://example.com"]},
    "context a number besides": {"@context": [V2, 123192875]},
    "no type": {"type": ...},
    "type a number": {"type": 4},
    "types of all sorts": {"type": [None, True, 4, []]},
    "type of something else": {"type": ["https://example.org/#A"]},
    "id null": {"id": None},
    "id a word": {"id": "not-a-url"},
    "ids": {"id": ["did:example:a", "did:example:b"]},
    "subject's ids": {"credentialSubject": {"id": ["did:example:a", "did:example:b"]}},
    "no issuer": {"issuer": ...},
    "issuer null": {"issuer": None},
    "issuer a number": {"issuer": 4},
    "issuer a word": {"issuer": "not-a-url"},
    "issuer of id null": {"issuer": {"id": None}},
    "issuer of id a word": {"issuer": {"id": "not-a-url"}},
    "no subject": {"credentialSubject": ...},
    "subject a number": {"credentialSubject": 4},
    "subject null": {"credentialSubject": None},
    "subject empty": {"credentialSubject": {}},
    "one subject of two empty": {"credentialSubject": [{"id": "did:example:a"}, {}]},
    "begin in words": {"validFrom": "last week"},
    "end without zone": {"validUntil": "2043-02-23T21:41:38"},
    "end before begin": {"validFrom": "2024-02-23T21:41:38Z", "validUntil": "2023-02-23T21:41:38Z"},
    "name with more": {"name": {"@value": "Dog", "@language": "en", "url": "did:example:dog"}},
    "description with more": {"description": {"@value": "Dog", "@language": "en", "url": "did:example:dog"}},
    "issuer's name with more": {"issuer": {"id": "did:example:a", "name": {"@value": "A", "x": "y"}}},
    "language that is none": {"name": {"@value": "Dog", "@language": "no language"}},
    "schema without id": {"credentialSchema": {"type": "JsonSchema"}},
    "schema without type": {"credentialSchema": {"id": "did:example:schema"}},
    "schema of id 4": {"credentialSchema": {"id": 4, "type": "JsonSchema"}},
    "refresh without type": {"refreshService": {"id": "did:example:refresh"}},
    "terms without type": {"termsOfUse": {"id": "did:example:terms"}},
    "evidence without type": {"evidence": {"id": "did:example:evidence"}},
    "related resource a text": {"relatedResource": [V2]},
    "related resource without id": {"relatedResource": {"digestSRI": RESOURCE["digestSRI"]}},
    "related resource without digest": {"relatedResource": {"id": V2}},
    "related resource twice": {"relatedResource": [RESOURCE, RESOURCE]},
    "related resource of another digest": {"relatedResource": RESOURCE | {"digestSRI": "sha384-" + "A" * 64}},
    "related resource of another hash": {"relatedResource": {"id": V2, "digestMultibase": "u" + "A" * 43}},
    "related resource of no hash": {"relatedResource": {
        "id": "https://example.org/film", "digestMultibase": "uZTQ0MjM1NiAgcmVwb3J0cc5jZWxhdGVkLXJlc291cmNlLmpzb24K"}},
}  # fmt: skip
suites = pytest.mark.parametrize("suite", KINDS)


def test_info_names_a_did_key_of_each_kind(client: Client) -> None:
    status, answer = client.get("/vc-api/info")

    assert status == 200
    assert [answer[kind][:12] for kind in ("ed25519", "p256", "p384")] == [
        "did:key:z6Mk", "did:key:zDna", "did:key:z82L",
    ]  # fmt: skip


@suites
@pytest.mark.parametrize("make", [credential, older_credential], ids=["2.0", "1.1"])
def test_both_versions_are_signed_with_the_key_that_info_names(client: Client, suite: str, make: Any) -> None:
    key, cryptosuite, length = KINDS[suite]
    unsigned = make()

    signed = client.issued(suite, unsigned)

    proof = signed["proof"]
    assert {name: value for name, value in signed.items() if name not in ("proof", "@context", "credentialStatus")} == {
        name: value for name, value in unsigned.items() if name != "@context"
    }
    assert signed["@context"][: len(unsigned["@context"])] == unsigned["@context"]
    assert (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) == (
        "DataIntegrityProof", cryptosuite, "assertionMethod",
    )  # fmt: skip
    assert proof["verificationMethod"].startswith(client.get("/vc-api/info")[1][key] + "#")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", proof["created"])
    assert proof["proofValue"].startswith("z")
    assert len(multibase_decode(proof["proofValue"])) == length
    assert PublicKey.from_multibase(proof["verificationMethod"].partition("#")[2]).raw
    assert client.verify(signed) == (200, {"verified": True})


def test_the_words_of_a_proof_are_added_to_version_1_1_only_where_they_are_missing(client: Client) -> None:
    words = "https://w3id.org/security/data-integrity/v2"

    assert client.issued("p256", older_credential())["@context"][-1] == words
    first, *own = older_credential()["@context"]
    named = older_credential(**{"@context": [first, words, *own]})
    assert client.issued("p256", named)["@context"] == named["@context"]


@suites
@pytest.mark.parametrize("changes", GOOD.values(), ids=GOOD)
def test_what_the_data_model_allows_is_signed_and_verified(client: Client, suite: str, changes: dict[str, Any]) -> None:
    signed = client.issued(suite, credential(**changes))

    assert client.verify(signed) == (200, {"verified": True})


@pytest.mark.parametrize("suite", ["eddsa", "p256", "p384"])
@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_what_it_does_not_allow_is_refused_with_a_reason(client: Client, suite: str, changes: dict[str, Any]) -> None:
    status, answer = client.issue(suite, credential(**changes))

    assert status in (400, 422)
    assert answer["problemDetails"][0]["type"].startswith("https://")
    assert answer["problemDetails"][0]["detail"]


@pytest.mark.parametrize(
    "changes",
    [{"issuanceDate": "2024"}, {"issuanceDate": None}, {"expirationDate": 7}, {"sailor": True}, {"type": []}],
)
def test_version_1_1_has_its_rules_too(client: Client, changes: dict[str, Any]) -> None:
    assert client.issue("p384", older_credential(**changes))[0] in (400, 422)


@pytest.mark.parametrize(
    "body",
    [{}, [], {"verifiableCredential": credential()}, {"credential": None}, {"credential": [credential()]},
     {"credential": credential(), "options": 4}, {"credential": credential(), "options": {"created": "today"}},
     {"credential": credential(), "options": {"domain": 4}},
     b"", b"{", b'{"credential":{},"credential":{}}', b"\xff"],
)  # fmt: skip
def test_malformed_requests_are_refused(client: Client, body: Any) -> None:
    status, answer = client.post("/vc-api/eddsa/credentials/issue", body)

    assert status == 400
    assert answer["problemDetails"]


def test_what_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/")[0] == 404
    assert client.issue("rsa", credential())[0] == 404
    assert client.post("/vc-api/credentials/issue", {"credential": credential()})[0] == 404
    assert client.post("/vc-api/eddsa/presentations/issue", {})[0] == 404


def test_options_go_into_the_proof(client: Client) -> None:
    options = {"created": "2024-01-02T03:04:05Z", "challenge": "1235abcd6789", "domain": "domain.example"}

    signed = client.issued("eddsa", credential(), **options)

    assert options == {name: signed["proof"][name] for name in options}
    assert client.verify(signed, challenge="1235abcd6789", domain="domain.example")[0] == 200
    assert client.verify(signed, challenge="another", domain="domain.example")[0] == 400
    assert client.verify(signed, domain="another.example")[0] == 400


def test_a_signed_credential_gets_a_second_proof(client: Client) -> None:
    twice = client.issued("p256", client.issued("eddsa", credential()))

    assert [proof["cryptosuite"] for proof in twice["proof"]] == ["eddsa-rdfc-2022", "ecdsa-rdfc-2019"]
    assert client.verify(twice) == (200, {"verified": True})


def test_a_holder_shows_a_part_of_what_was_signed_for_that(client: Client) -> None:
    unsigned = credential(name="Sailor", validFrom="2024-01-02T03:04:05Z")
    base = client.issued("p256-sd", unsigned, mandatoryPointers=["/issuer"])
    request = {"verifiableCredential": base, "options": {"selectivePointers": ["/credentialSubject"]}}
    status, answer = client.post("/vc-api/p256-sd/credentials/derive", request)

    assert base["proof"]["cryptosuite"] == "ecdsa-sd-2023"
    assert status == 201
    shown = answer["verifiableCredential"]
    assert "name" not in shown
    assert "validFrom" not in shown
    assert shown["credentialSubject"] == unsigned["credentialSubject"]
    assert client.verify(shown) == (200, {"verified": True})
    assert client.verify(shown | {"issuer": "did:example:other"})[0] == 400
    assert client.issue("p256-sd", unsigned, mandatoryPointers=["/sailor"])[0] == 400


@pytest.mark.parametrize("make", [credential, older_credential], ids=["2.0", "1.1"])
def test_parts_are_shown_of_credentials_that_bring_words_of_their_own(client: Client, make: Any) -> None:
    boats = {"@id": "urn:example:boats", "@context": {"knots": "urn:example:knots"}}
    words = {"Voyage": {"@id": "urn:example:Voyage", "@context": {"boats": boats}}}
    subject = {"id": "did:example:subject", "type": "Voyage", "boats": [{"knots": 5.5}, {"knots": 7}, {"knots": 8}]}
    unsigned = make(credentialSubject=subject)
    unsigned["@context"] = [unsigned["@context"][0], words]
    always = ["/issuer"] if "issuanceDate" not in unsigned else ["/issuer", "/issuanceDate"]
    base = client.issued("p256-sd", unsigned, mandatoryPointers=always)
    request = {"verifiableCredential": base, "options": {"selectivePointers": ["/credentialSubject/boats/1"]}}

    status, answer = client.post("/vc-api/credentials/derive", request)

    assert status == 201
    shown = answer["verifiableCredential"]
    assert shown["credentialSubject"] == subject | {"boats": [{"knots": 7}]}
    assert client.verify(shown) == (200, {"verified": True})
    assert client.verify(base)[0] == 400


class TestStatusList:
    def test_eddsa_gives_version_2_0_a_place_in_a_list_that_it_serves(self, client: Client) -> None:
        signed = client.issued("eddsa", credential(issuer=client.get("/vc-api/info")[1]["ed25519"]))
        entry = signed["credentialStatus"]
        address = entry["statusListCredential"]
        status, listed = client.get(address.removeprefix(BASE_URL))

        assert set(entry) == {"id", "type", "statusPurpose", "statusListIndex", "statusListCredential"}
        assert entry["type"] == "BitstringStatusListEntry"
        assert str(int(entry["statusListIndex"])) == entry["statusListIndex"]
        assert entry["id"] != address
        assert address.startswith(BASE_URL + "/")
        assert status == 200
        assert listed["id"] == address
        assert listed["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
        assert set(listed["credentialSubject"]) == {"id", "type", "encodedList", "statusPurpose"}
        assert listed["credentialSubject"]["encodedList"].startswith("u")
        assert len(gzip.decompress(base64url_decode(listed["credentialSubject"]["encodedList"][1:]))) >= 16_384
        assert client.verify(listed) == (200, {"verified": True})
        assert client.verify(signed, checks=["proof", "credentialStatus"]) == (200, {"verified": True})

    def test_is_found_whether_or_not_a_proxy_takes_the_public_path_away(self, client: Client) -> None:
        address = client.issued("eddsa", credential())["credentialStatus"]["statusListCredential"]

        whole = client.get(address.removeprefix("https://engine.example"))
        assert whole[0] == 200
        assert whole == client.get(address.removeprefix(BASE_URL))

    def test_places_differ(self, client: Client) -> None:
        places = [client.issued("eddsa", credential())["credentialStatus"]["statusListIndex"] for _ in range(5)]

        assert len(set(places)) == 5

    def test_others_get_none(self, client: Client, unreachable_client: Client) -> None:
        own = {"@context": [V2, {"S": "https://example.org/#S"}], "credentialStatus": {"type": "S"}}

        assert client.issued("eddsa", credential(**own))["credentialStatus"] == {"type": "S"}
        assert "credentialStatus" not in client.issued("p256", credential())
        assert "credentialStatus" not in client.issued("eddsa", older_credential())
        assert "credentialStatus" not in unreachable_client.issued("eddsa", credential())
        assert unreachable_client.get("/vc-api/status/1")[0] == 404
