"""What verifiers have to accept and to refuse, sent as the suites for Data Integrity and the data model do."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.conformance.conftest import (
    ALICE,
    ALICE_KEY,
    ALICE_METHOD,
    EXAMPLES,
    V2,
    Client,
    credential,
    older_credential,
)
from verifiable_badges.jsonld import Reading
from verifiable_badges.keys.multibase import base64url_encode
from verifiable_badges.proofs.data_integrity import add_proof

CREATED = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)


def signed(document: dict[str, Any], **options: Any) -> dict[str, Any]:
    """The document signed by Alice, who is none of the server's issuers."""
    defaults = {"key": ALICE_KEY, "verification_method": ALICE_METHOD, "created": CREATED, "reading": Reading.GENERIC}
    return add_proof(document, **(defaults | options))


def presentation(*held: Any, **changes: Any) -> dict[str, Any]:
    """Alice's presentation, unsigned; `...` takes a member away."""
    document = {"@context": [V2], "type": ["VerifiablePresentation"], "holder": ALICE,
                "verifiableCredential": list(held)} | changes  # fmt: skip
    return {name: value for name, value in document.items() if value is not ...}


def shown(document: dict[str, Any], **options: Any) -> dict[str, Any]:
    """The presentation signed by Alice for somebody."""
    return signed(document, **({"purpose": "authentication", "challenge": "1235abcd6789"} | options))


def proof_without(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["proof"].pop(name)


def proof_with(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["proof"].update(changes)


BROKEN: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no proof": lambda document: document.pop("proof"),
    "proof null": lambda document: document.update(proof=None),
    "proof a text": lambda document: document.update(proof="z3FX"),
    "no proofs": lambda document: document.update(proof=[]),
    **{f"no {name}": proof_without(name)
       for name in ("type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue")},
    "unknown type": proof_with(type="UnknownProofType"),
    "unknown suite": proof_with(cryptosuite="UnknownCryptosuite"),
    "suite a list": proof_with(cryptosuite=["eddsa-rdfc-2022"]),
    "another suite": proof_with(cryptosuite="eddsa-jcs-2022"),
    "suite of another curve": proof_with(cryptosuite="ecdsa-rdfc-2019"),
    "key that is none": proof_with(verificationMethod="did:key:invalidVm"),
    "key of nobody": proof_with(verificationMethod="did:example:nobody#1"),
    "another purpose": proof_with(proofPurpose="authentication"),
    "purpose that is none": proof_with(proofPurpose="invalidPurpose"),
    "value null": proof_with(proofValue=None),
    "value in no base": lambda document: document["proof"].update(proofValue=document["proof"]["proofValue"][1:]),
    "value in another base": lambda document: document["proof"].update(
        proofValue="u" + document["proof"]["proofValue"][1:]),
    "value too short": proof_with(proofValue="z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh"),
    "created in words": proof_with(created="invalidDate"),
    "created without zone": proof_with(created="2025-01-02T03:04:05"),
    "another created": proof_with(created="2025-01-02T03:04:06Z"),
    "previous proof that is not there": proof_with(previousProof="urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"),
    "member added": lambda document: document.update(name="Another"),
    "undefined member added": lambda document: document.update(sailor=True),
    "relative address added": lambda document: document.update(evidence={"type": "https://e.org/#E", "id": "here"}),
    "subject changed": lambda document: document["credentialSubject"].update(name="Bob"),
    "type taken away": lambda document: document.pop("type"),
    "context taken away": lambda document: document.pop("@context"),
    "issuer taken away": lambda document: document.pop("issuer"),
}  # fmt: skip


@pytest.mark.parametrize("path", ["", "eddsa/", "p256/", "p384/"])
def test_others_credentials_are_verified_under_every_address(client: Client, path: str) -> None:
    body = {"verifiableCredential": signed(credential())}

    assert client.post(f"/vc-api/{path}credentials/verify", body) == (200, {"verified": True})


@pytest.mark.parametrize("make", [credential, older_credential], ids=["2.0", "1.1"])
@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_one_thing_wrong_is_found(client: Client, make: Callable[[], dict[str, Any]], change: Any) -> None:
    good = client.issued("eddsa", make())
    bad = copy.deepcopy(good)
    change(bad)

    assert client.verify(good) == (200, {"verified": True})
    status, answer = client.verify(bad)
    assert status == 400
    assert answer["verified"] is False
    assert answer["problemDetails"][0]["type"].startswith("https://")


def test_a_proof_without_date_is_accepted_and_one_that_ran_out_is_not(client: Client) -> None:
    assert client.verify(signed(credential(), created=None))[0] == 200
    assert client.verify(signed(credential(), expires=datetime(2100, 1, 1, tzinfo=UTC)))[0] == 200
    assert client.verify(signed(credential(), expires=datetime(2025, 6, 1, tzinfo=UTC)))[0] == 400


def test_purpose_domain_and_challenge_are_those_asked_for(client: Client) -> None:
    proved = signed(credential(), domain="domain.example", challenge="1235abcd6789")

    assert client.verify(proved, domain="domain.example", challenge="1235abcd6789")[0] == 200
    assert client.verify(proved, expectedProofPurpose="authentication")[0] == 400
    assert client.verify(proved, domain="other.example", challenge="1235abcd6789")[0] == 400
    assert client.verify(proved, domain="domain.example", challenge="other")[0] == 400
    assert client.verify(signed(credential()), challenge="1235abcd6789")[0] == 400


def test_in_a_chain_every_link_has_to_hold(client: Client) -> None:
    first = signed(credential(), identifier="urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544")
    both = signed(first, previous_proof=first["proof"]["id"])
    broken, cut = copy.deepcopy(both), copy.deepcopy(both)
    broken["proof"][0]["created"] = "2024-01-02T03:04:05Z"
    del cut["proof"][0]

    assert client.verify(both)[0] == 200
    assert client.verify(broken)[0] == 400
    assert client.verify(cut)[0] == 400


def test_status_is_asked_where_it_is_wanted(client: Client) -> None:
    away = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "3",
            "statusListCredential": "https://museum.example/status"}  # fmt: skip
    proved = signed(credential(credentialStatus=away))

    assert client.verify(proved)[0] == 200
    assert _problem(client.verify(proved, checks=["proof", "credentialStatus"])) == "STATUS_RETRIEVAL_ERROR"


def test_a_place_outside_the_list_is_called_by_its_name(client: Client) -> None:
    own = client.get("/vc-api/info")[1]["ed25519"]
    place = client.issued("eddsa", credential(issuer=own))["credentialStatus"] | {"statusListIndex": "99999999"}
    outside = client.issued("eddsa", credential(issuer=own, credentialStatus=place))

    assert client.verify(outside)[0] == 200
    assert _problem(client.verify(outside, checks=["proof", "credentialStatus"])) == "RANGE_ERROR"


def _problem(answer: tuple[int, Any]) -> str:
    """The name of what is wrong, of an answer that has to be a refusal."""
    assert answer[0] == 400
    return str(answer[1]["problemDetails"][0]["type"]).partition("#")[2]


@pytest.mark.parametrize(
    "body",
    [{}, {"verifiableCredential": "eyJ"}, {"verifiableCredential": {"type": ["NonconformingDocument"]}}, b"[]",
     {"credential": credential()}, {"verifiableCredential": signed(credential()), "options": {"checks": [4]}}],
)  # fmt: skip
def test_malformed_requests_are_refused(client: Client, body: Any) -> None:
    assert client.post("/vc-api/credentials/verify", body)[0] == 400


class TestEnvelopedCredential:
    @staticmethod
    def envelope(**changes: Any) -> dict[str, Any]:
        header = base64url_encode(b'{"alg":"EdDSA","typ":"vc+jwt","kid":"%s"}' % ALICE_METHOD.encode())
        claims = base64url_encode(
            b'{"@context":["%s"],"type":["VerifiableCredential"],"issuer":"%s","credentialSubject":{"id":"did:example:s"}}'
            % (V2.encode(), ALICE.encode())
        )
        signature = base64url_encode(ALICE_KEY.sign(f"{header}.{claims}".encode()))
        token = f"data:application/vc+jwt,{header}.{claims}.{signature}"
        return {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": token} | changes

    def test_is_verified(self, client: Client) -> None:
        assert client.verify(self.envelope()) == (200, {"verified": True})

    def test_is_verified_in_a_presentation(self, client: Client) -> None:
        assert client.verify_presentation(shown(presentation(self.envelope())))[0] == 200

    @pytest.mark.parametrize(
        "changes",
        [
            {"@context": []},
            {"@context": EXAMPLES},
            {"type": "VerifiableCredential"},
            {"type": None},
            {"id": "e30.e30.A"},
        ],
    )
    def test_is_refused_with_one_thing_wrong(self, client: Client, changes: dict[str, Any]) -> None:
        assert client.verify(self.envelope(**changes))[0] == 400

    def test_is_refused_with_one_letter_changed(self, client: Client) -> None:
        whole = self.envelope()
        place = len(whole["id"]) // 2
        letter = "A" if whole["id"][place] != "A" else "B"

        assert client.verify(whole | {"id": whole["id"][:place] + letter + whole["id"][place + 1 :]})[0] == 400


class TestPresentation:
    @pytest.mark.parametrize("path", ["", "eddsa/", "p384/"])
    def test_is_verified_with_all_it_holds(self, client: Client, path: str) -> None:
        body = {
            "verifiablePresentation": shown(presentation(signed(credential()), client.issued("p384", credential()))),
            "options": {"challenge": "1235abcd6789"},
        }

        assert client.post(f"/vc-api/{path}presentations/verify", body) == (200, {"verified": True})

    @pytest.mark.parametrize(
        "changes",
        [
            {"verifiableCredential": []},
            {"verifiableCredential": ..., "holder": ...},
            {"@context": [V2, EXAMPLES]},
            {"@context": [V2, {"Shown": "https://example.org/#Shown"}], "type": ["VerifiablePresentation", "Shown"]},
            {"id": "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544", "holder": {"id": ALICE}},
        ],
    )
    def test_may_be_as_the_data_model_allows(self, client: Client, changes: dict[str, Any]) -> None:
        assert client.verify_presentation(shown(presentation(**changes))) == (200, {"verified": True})

    @pytest.mark.parametrize(
        "changes",
        [
            {"@context": ...},
            {"@context": [EXAMPLES, V2]},
            {"@context": [EXAMPLES]},
            {"@context": [V2, "https://example.com"]},
            {"@context": [V2, "https ://not-a-url/contexts/example/v1"]},
            {"@context": [V2, 123192875]},
            {"type": ...},
            {"type": ["https://example.org/#Shown"]},
            {"holder": "nobody"},
            {"verifiableCredential": ["eyJhbGciOi"]},
            {"verifiableCredential": [credential(issuer="did:example:issuer")]},
            {"verifiableCredential": [signed(credential()) | {"type": []}]},
            {"verifiableCredential": [signed(credential()) | {"name": "Another"}]},
            {"proof": ...},
        ],
    )
    def test_is_refused_with_one_thing_wrong(self, client: Client, changes: dict[str, Any]) -> None:
        whole = shown(presentation(signed(credential()))) | changes
        bad = {name: value for name, value in whole.items() if value is not ...}

        assert client.verify_presentation(bad)[0] == 400

    def test_what_it_holds_has_to_hold_even_if_its_own_proof_does(self, client: Client) -> None:
        forged = signed(credential()) | {"name": "Another"}

        assert client.verify_presentation(shown(presentation(forged)))[0] == 400
        assert client.verify_presentation(shown(presentation(credential(issuer="did:example:issuer"))))[0] == 400

    @pytest.mark.parametrize("secure", [signed, lambda unsigned: unsigned], ids=["own proof", "presentation's proof"])
    def test_what_the_holder_says_of_himself_names_him_as_issuer(self, client: Client, secure: Any) -> None:
        def verdict(**changes: Any) -> int:
            issuer = changes.pop("issuer", ALICE)
            return client.verify_presentation(shown(presentation(secure(credential(issuer=issuer)), **changes)))[0]

        assert verdict() == 200
        assert verdict(holder={"id": ALICE}) == 200
        assert verdict(holder=...) == 400
        assert verdict(holder="did:example:alice") == 400
        assert verdict(issuer="did:example:alice") == 400

    def test_naming_somebody_as_holder_does_not_make_him_say_it(self, client: Client) -> None:
        bob = "did:key:z6MkhWqdDBPojHA7cprTGTt5yHv5yUi1B8cnXn8ReLumkw6E"

        assert client.verify_presentation(shown(presentation(credential(issuer=bob), holder=bob)))[0] == 400

    def test_answers_the_question_that_was_asked(self, client: Client) -> None:
        whole = shown(presentation(signed(credential())), domain="domain.example")

        assert client.verify_presentation(whole, challenge="1235abcd6789", domain="domain.example")[0] == 200
        assert client.verify_presentation(whole, challenge="another", domain="domain.example")[0] == 400
        assert client.verify_presentation(whole, challenge="1235abcd6789", domain="another.example")[0] == 400

    def test_is_no_statement(self, client: Client) -> None:
        assert client.verify_presentation(signed(presentation()))[0] == 400
