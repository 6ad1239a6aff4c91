"""The command that the W3C's vc-jose-cose-test-suite calls, with the suite's own inputs."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from tests.verifiable_badges.makers import VECTORS
from verifiable_badges.__main__ import main
from verifiable_badges.jose import jws
from verifiable_badges.json_text import write
from verifiable_badges.keys import SigningKey
from verifiable_badges.keys.multibase import base64url_encode

SUITE = json.loads((VECTORS / "vc-jose-cose" / "suite.json").read_text())
# Without white space and in this order, the parts are the very bytes that were signed.
TOKENS = {
    case["name"]: f"{base64url_encode(write(case['header']))}.{base64url_encode(write(case['payload']))}.{case['rest']}"
    for case in SUITE["tokens"]
}


def run(folder: Path, act: str, text: str, key: str, feature: str, *more: str) -> tuple[int, dict]:
    (folder / "input").write_text(text)
    (folder / "key").write_text(json.dumps(SUITE["keys"][key]))
    files = ["--input", str(folder / "input"), "--key", str(folder / "key"), "--output", str(folder / "output")]
    code = main(["jose", act, *files, "--feature", feature, *more])
    return code, json.loads((folder / "output").read_text())


@pytest.mark.parametrize("case", SUITE["tokens"], ids=lambda case: case["name"])
def test_the_suites_tokens_get_the_results_it_expects(tmp_path, case):
    code, answer = run(tmp_path, "verify", TOKENS[case["name"]], case["key"], case["feature"])

    assert (answer["result"], code) == (case["expected"], 0 if case["expected"] == "success" else 1), answer


@pytest.mark.parametrize("case", SUITE["messages"], ids=lambda case: case["name"])
def test_the_suites_cose_messages_get_the_results_it_expects(tmp_path, case):
    """Number 30 is the same message in hex."""
    answer = run(tmp_path, "verify", case["data"], case["key"], case["feature"])[1]
    in_hex = run(tmp_path, "verify", b64decode(case["data"] + "==").hex(), case["key"], case["feature"])[1]

    assert answer["result"] == case["expected"], answer
    assert in_hex["result"] == "failure"


ISSUED = [
    ("27", "credential-minimal", "ed25519", "credential_cose", []),
    ("28", "presentation-multiple", "p384", "presentation_cose", []),
    ("1", "credential-minimal", "p256", "credential_jose", []),
    ("2", "credential-full", "p384", "credential_jose", []),
    ("17", "credential-minimal", "p384", "credential_sdjwt", ["credentialSubject.degree"]),
    (
        "18",
        "credential-nested-selective",
        "p521",
        "credential_sdjwt",
        [
            "credentialSubject.address.street",
            "credentialSubject.address.city",
            "credentialSubject.phoneNumbers[0]",
        ],
    ),
]


@pytest.mark.parametrize(("number", "name", "key", "feature", "hidden"), ISSUED)
def test_what_it_issues_it_verifies(tmp_path, number, name, key, feature, hidden):
    document = SUITE["documents"][name]

    code, issued = run(tmp_path, "issue", json.dumps(document), key, feature, "--sd", json.dumps(hidden))
    verified = run(tmp_path, "verify", issued["data"], key, feature)[1]
    another = "p256" if key == "ed25519" else "ed25519"
    by_another = run(tmp_path, "verify", issued["data"], another, feature)[1]

    assert (code, issued["result"]) == (0, "success")
    assert verified["result"] == "success"
    assert json.loads(verified["data"]) == document
    assert by_another["result"] == "failure"


def test_a_presentation_is_issued_however_damaged_what_it_shows_may_be(tmp_path):
    """Number 4 of the suite: the tokens inside end in dots. Whoever verifies it notices."""
    text = json.dumps(SUITE["documents"]["presentation-multiple"])

    issued = run(tmp_path, "issue", text, "p521", "presentation_jose")[1]

    assert issued["result"] == "success"
    assert run(tmp_path, "verify", issued["data"], "p521", "presentation_jose")[1]["result"] == "failure"


def test_a_presentation_hides_its_holder_and_credentials(tmp_path):
    """Number 19 of the suite. The credential's key cannot be found without a network, so it is left open."""
    credential = TOKENS["20. SD-JWT Basic Credential Verification"]
    envelope = {"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential"}
    document = {
        **SUITE["documents"]["presentation-multiple"],
        "verifiableCredential": [{**envelope, "id": f"data:application/vc+sd-jwt,{credential}"}],
    }
    hidden = '["holder", "verifiableCredential[0]"]'

    issued = run(tmp_path, "issue", json.dumps(document), "p384", "presentation_sdjwt", "--sd", hidden)[1]
    verified = run(tmp_path, "verify", issued["data"], "p384", "presentation_sdjwt")[1]

    assert verified["result"] == "success", verified
    assert json.loads(verified["data"]) == document
    assert issued["data"].count("~") == 3


def test_words_that_nobody_has_defined_are_not_issued(tmp_path):
    """Number 5 of the suite: `@vocab` gives the words a meaning, but none that anybody has agreed on."""
    text = json.dumps(SUITE["documents"]["credential-unknown-extensions"])

    code, answer = run(tmp_path, "issue", text, "p521", "credential_jose")

    assert (code, answer["result"]) == (1, "failure")
    assert "anotherBadOne" in answer["data"]


@pytest.mark.parametrize("feature", ["credential_jose", "presentation_jose", "credential_sdjwt", "presentation_sdjwt"])
def test_unsecured_documents_fail(tmp_path, feature):
    """Numbers 10 and 11 of the suite."""
    text = json.dumps(SUITE["documents"]["credential-minimal"])

    assert run(tmp_path, "verify", text, "ed25519", feature)[1]["result"] == "failure"


def test_a_feature_that_is_not_known_is_indeterminate(tmp_path):
    code, answer = run(tmp_path, "issue", "{}", "p256", "credential_smoke_signals")

    assert (code, answer["result"]) == (2, "indeterminate")


def test_open_badges_have_a_feature_of_their_own(tmp_path):
    text = json.dumps(SUITE["documents"]["credential-minimal"])

    issued = run(tmp_path, "issue", text, "ed25519", "credential_openbadges")[1]

    assert run(tmp_path, "verify", issued["data"], "ed25519", "credential_openbadges")[1]["result"] == "success"
    assert run(tmp_path, "verify", issued["data"], "ed25519", "credential_jose")[1]["result"] == "failure"


def test_time_counts_only_if_it_is_given(tmp_path):
    document = {**SUITE["documents"]["credential-minimal"], "exp": 1734397450}
    secret = SigningKey.from_jwk(SUITE["keys"]["ed25519"]["secretKeyJwk"])
    token = jws.sign(write(document), key=secret, header=jws.protected_header(secret.kind, typ="vc+jwt"))

    assert run(tmp_path, "verify", token, "ed25519", "credential_jose")[1]["result"] == "success"
    late = ["--now", "2026-01-01T00:00:00Z"]
    assert run(tmp_path, "verify", token, "ed25519", "credential_jose", *late)[1]["result"] == "failure"


def test_a_key_file_without_a_secret_does_not_sign(tmp_path, capsys):
    (tmp_path / "key").write_text(json.dumps(SUITE["keys"]["p256"]["publicKeyJwk"]))
    (tmp_path / "input").write_text(json.dumps(SUITE["documents"]["credential-minimal"]))
    files = ["--input", str(tmp_path / "input"), "--key", str(tmp_path / "key"), "--output", "-"]

    assert main(["jose", "issue", *files, "--feature", "credential_jose"]) == 1
    assert json.loads(capsys.readouterr().out)["result"] == "failure"
