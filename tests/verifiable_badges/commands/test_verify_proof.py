"""verify-proof: the proof of any document, with the document on standard input."""

import io
import json
import sys

import pytest

from tests.verifiable_badges.makers import MUSEUM_KEY, NOW, VECTORS, credential
from verifiable_badges.__main__ import main
from verifiable_badges.dates import format_datetime
from verifiable_badges.jsonld import Reading
from verifiable_badges.keys import did_key_method
from verifiable_badges.keys.did import did_jwk
from verifiable_badges.proofs.data_integrity import add_proof

SIGNED = sorted((VECTORS / "eddsa").rglob("signed*.json")) + sorted((VECTORS / "ecdsa").rglob("signed*.json"))
METHOD = did_key_method(MUSEUM_KEY.public)


@pytest.fixture
def run(monkeypatch, capfd):
    def run(document, *arguments):
        data = document if isinstance(document, bytes) else json.dumps(document).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        code = main(["verify-proof", "--json", *arguments])
        return code, json.loads(capfd.readouterr().out)

    return run


@pytest.mark.parametrize("path", SIGNED, ids=lambda path: path.stem)
def test_published_documents_are_good(run, path):
    code, answer = run(path.read_bytes())

    assert (code, answer["verified"]) == (0, True)


@pytest.mark.parametrize("path", SIGNED, ids=lambda path: path.stem)
def test_published_documents_with_another_beginning_are_bad(run, path):
    document = json.loads(path.read_bytes())
    code, answer = run({**document, "validFrom": "2019-12-04T00:00:00Z"})

    assert (code, answer["error"]) == (1, "signature")


def test_of_several_proofs_all_must_hold(run):
    document = json.loads((VECTORS / "eddsa" / "proof-set-chain" / "signedProofSet2.json").read_bytes())
    document["proof"][0]["created"] = "2020-01-01T00:00:00Z"

    assert run(document)[0] == 1


def test_a_proof_that_is_over_is_bad(run):
    signed = add_proof(
        credential().to_json(), key=MUSEUM_KEY, verification_method=METHOD, created=NOW, expires=NOW.replace(year=2027)
    )

    assert run(signed, "--now", format_datetime(NOW))[0] == 0
    assert run(signed, "--now", "2028-01-01T00:00:00Z")[1]["error"] == "proof_expired"


def test_a_presentation_answers_its_question(run):
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": METHOD.partition("#")[0],
    }
    signed = add_proof(
        document,
        key=MUSEUM_KEY,
        verification_method=METHOD,
        created=NOW,
        purpose="authentication",
        challenge="c-1",
        domain=["https://a.example", "https://b.example"],
    )
    asked = ("--purpose", "authentication", "--challenge", "c-1")
    domains = ("--domain", "https://b.example", "--domain", "https://a.example")

    assert run(signed, *asked, *domains)[0] == 0
    assert run(signed, *asked[:2], "--challenge", "c-2")[1]["error"] == "proof_challenge"
    assert run(signed, *asked, "--domain", "https://a.example")[1]["error"] == "proof_domain"
    assert run(signed)[1]["error"] == "proof_purpose"


def test_what_is_not_known_here_could_not_be_checked(run):
    document = json.loads((VECTORS / "eddsa" / "eddsa-rdfc-2022" / "signedDataInt.json").read_bytes())

    assert run({**document, "proof": {**document["proof"], "cryptosuite": "bbs-2023"}})[0] == 2
    assert run({**document, "proof": {**document["proof"], "verificationMethod": "did:web:a.example#k"}})[0] == 2


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"proof": {}}', b'{"a": 1, "a": 2}'])
def test_what_is_no_signed_document_is_not_good(run, data):
    assert run(data)[0] in (1, 2)


def test_keys_that_travel_in_their_name_are_resolved_without_a_network(run):
    did = did_jwk(MUSEUM_KEY.public)
    signed = add_proof(credential().to_json(), key=MUSEUM_KEY, verification_method=f"{did}#0", created=NOW)

    assert run(signed) == (0, {"verified": True, "verificationMethods": [f"{did}#0"]})


def test_words_of_its_own_are_allowed_unless_the_document_is_to_be_a_badge(run):
    document = credential().to_json()
    document["@context"].append({"colour": "https://example.org/colour"})
    signed = add_proof(
        {**document, "colour": "red"},
        key=MUSEUM_KEY,
        verification_method=METHOD,
        created=NOW,
        reading=Reading.GENERIC,
    )

    assert run(signed)[0] == 0
    assert run(signed, "--badge")[1]["error"] == "context_inline"
    assert run({**signed, "colour": "blue"})[0] == 1
