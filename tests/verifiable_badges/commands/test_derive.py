"""The holder's command: showing a part of a badge."""

import json

import pytest

from tests.verifiable_badges.makers import NOW
from tests.verifiable_badges.proofs.ecdsa_sd_2023.learner import NAME, badge
from verifiable_badges.__main__ import main
from verifiable_badges.keys import SigningKey, did_key

TODAY = NOW.isoformat().replace("+00:00", "Z")


@pytest.fixture
def signed(tmp_path, capfdbinary):
    """A badge that a new P-256 key has signed, as a file."""
    assert main(["key", str(tmp_path / "key"), "--kind", "P-256"]) == 0
    key = SigningKey.from_multibase((tmp_path / "key").read_text().strip())
    document = badge(issuer={"id": did_key(key.public), "type": ["Profile"]})
    del document["credentialStatus"]
    (tmp_path / "badge.json").write_text(json.dumps(document))
    capfdbinary.readouterr()
    arguments = ["--key", str(tmp_path / "key"), "--created", TODAY, "--cryptosuite", "ecdsa-sd-2023"]
    assert main(["issue", str(tmp_path / "badge.json"), *arguments]) == 0
    (tmp_path / "signed.json").write_bytes(capfdbinary.readouterr().out)
    return tmp_path / "signed.json"


def test_what_is_shown_is_good_and_holds_no_name(signed, tmp_path):
    shown = tmp_path / "shown.json"

    assert main(["derive", str(signed), str(shown), "/evidence", "/credentialSubject/identifier/0"]) == 0
    assert main(["verify", str(shown), "--now", TODAY, "--recipient", "a@example.com"]) == 0
    assert NAME in signed.read_text()
    assert NAME not in shown.read_text()


def test_the_base_proof_itself_is_not_for_showing(signed, capfdbinary):
    assert main(["verify", str(signed), "--now", TODAY, "--json"]) == 1
    assert b"base_proof" in capfdbinary.readouterr().out


@pytest.mark.parametrize("pointer", ["/nowhere", "evidence"])
def test_what_is_not_there_cannot_be_shown(signed, tmp_path, pointer, capfdbinary):
    assert main(["derive", str(signed), str(tmp_path / "shown.json"), pointer]) == 2
    assert not (tmp_path / "shown.json").exists()
    assert capfdbinary.readouterr().err


def test_the_issuer_says_what_must_be_shown(signed, tmp_path, capfdbinary):
    capfdbinary.readouterr()
    arguments = ["--key", str(tmp_path / "key"), "--cryptosuite", "ecdsa-sd-2023", "--mandatory", "/issuer"]
    assert main(["issue", str(tmp_path / "badge.json"), *arguments]) == 0
    signed.write_bytes(capfdbinary.readouterr().out)

    assert main(["derive", str(signed), str(tmp_path / "shown.json")]) == 0
    assert set(json.loads((tmp_path / "shown.json").read_text())) == {"@context", "id", "type", "issuer", "proof"}


def test_a_key_of_another_kind_does_not_sign_so(signed, tmp_path, capfdbinary):
    assert main(["key", str(tmp_path / "edkey")]) == 0
    arguments = ["--key", str(tmp_path / "edkey"), "--cryptosuite", "ecdsa-sd-2023"]

    assert main(["issue", str(tmp_path / "badge.json"), *arguments]) == 2
    assert b"P-256" in capfdbinary.readouterr().err
