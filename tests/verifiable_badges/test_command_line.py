"""python -m verifiable_badges, offline."""

import json
import stat

import pytest

from tests.verifiable_badges.makers import MUSEUM_WEB, NOW, credential, png, sign
from verifiable_badges.__main__ import main
from verifiable_badges.keys import SigningKey, did_key
from verifiable_badges.model import Profile

TODAY = NOW.isoformat().replace("+00:00", "Z")


@pytest.fixture
def folder(tmp_path):
    """A key, a picture and an unsigned badge of that key."""
    assert main(["key", str(tmp_path / "key")]) == 0
    key = SigningKey.from_seed(bytes.fromhex((tmp_path / "key").read_text()))
    (tmp_path / "badge.json").write_text(json.dumps(credential(issuer=Profile(did_key(key.public))).to_json()))
    (tmp_path / "picture.png").write_bytes(png())
    return tmp_path


def signed_in(folder, capfdbinary):
    capfdbinary.readouterr()
    code = main(["issue", str(folder / "badge.json"), "--key", str(folder / "key"), "--created", TODAY])
    (folder / "signed.json").write_bytes(capfdbinary.readouterr().out)
    return code


def test_from_key_to_verified_picture(folder, capfdbinary):
    assert signed_in(folder, capfdbinary) == 0
    assert main(["bake", *(str(folder / name) for name in ("picture.png", "signed.json", "badge.png"))]) == 0
    assert main(["verify", str(folder / "badge.png"), "--now", TODAY, "--recipient", "a@example.com"]) == 0
    assert main(["unbake", str(folder / "badge.png")]) == 0
    assert (folder / "signed.json").read_bytes() in capfdbinary.readouterr().out


def test_a_key_file_is_for_its_owner_alone_and_never_overwritten(folder, capfd):
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
    assert main(["key", str(folder / "key")]) == 2
    assert "File exists" in capfd.readouterr().err


def test_a_changed_badge_is_bad(folder, capfdbinary):
    signed_in(folder, capfdbinary)
    (folder / "forged.json").write_bytes((folder / "signed.json").read_bytes().replace(b"Sailor", b"Tailor"))

    assert main(["verify", str(folder / "forged.json"), "--now", TODAY, "--json"]) == 1
    report = json.loads(capfdbinary.readouterr().out)
    assert report["verdict"] == "failed"


def test_a_web_issuer_could_not_be_checked_offline(tmp_path, capfd):
    (tmp_path / "badge.json").write_bytes(sign(credential(issuer=Profile(MUSEUM_WEB)), method=f"{MUSEUM_WEB}#k"))

    assert main(["verify", str(tmp_path / "badge.json"), "--now", TODAY]) == 2
    assert "no network is used here" in capfd.readouterr().out


def test_what_cannot_be_signed_is_said_in_a_sentence(folder, capfd):
    document = credential().to_json() | {"favourite": "x"}
    (folder / "badge.json").write_text(json.dumps(document))

    assert main(["issue", str(folder / "badge.json"), "--key", str(folder / "key")]) == 2
    assert capfd.readouterr().err == "The vocabulary does not know the member “favourite”.\n"


@pytest.mark.parametrize("arguments", [["verify", "nowhere.png"], ["unbake", "nowhere.png", "--json"]])
def test_a_missing_file_is_said_in_a_sentence(arguments, capfd):
    assert main(arguments) == 2
    captured = capfd.readouterr()
    assert "No such file" in captured.out + captured.err
