"""What the environment may say, and what it is told when it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from phereclos import configuration, mail_url
from phereclos.configuration import ConfigurationError

GOOD = {"SECRET_KEY": "s" * 40, "KEY_SECRET": "k" * 40}


def read(tmp_path: Path, **more: str) -> configuration.Configuration:
    return configuration.read({"DATA_DIR": str(tmp_path), **GOOD, **more})


def test_a_bare_environment_serves_this_machine_only(tmp_path: Path) -> None:
    found = read(tmp_path)

    assert found.public_url == "http://127.0.0.1:8000"
    assert found.is_loopback
    assert not found.debug
    assert not found.demonstration


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "eighty", "write a number from 1 to 65535"),
        ("PORT", "70000", "write a number from 1 to 65535"),
        ("PORT", "²", "write a number from 1 to 65535"),
        ("PORT", "9" * 5000, "write a number from 1 to 65535"),
        ("DEBUG", "maybe", "write 1 for yes or 0 for no"),
        ("PUBLIC_URL", "cluster.example.org", "https://cluster.example.org"),
        ("PUBLIC_URL", "https://cluster.example.org/path", "without a path"),
        ("PUBLIC_URL", "http://u:p@[::1", "without a path"),
        ("PUBLIC_URL", "http://u:p@127.0.0.1", "without a path"),
        ("PUBLIC_URL", "http://127.0.0.1:abc", "without a path"),
        ("PUBLIC_URL", "https://cluster.example.org#x", "without a path"),
        ("SECRET_KEY", "short", "SECRET_KEY is missing or shorter"),
        ("KEY_SECRET", "s" * 40, "use two different secrets"),
    ],
)
def test_a_bad_value_gets_one_sentence_that_says_what_to_write(
    tmp_path: Path, name: str, value: str, says: str
) -> None:
    with pytest.raises(ConfigurationError, match=says) as caught:
        read(tmp_path, **{name: value})

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("switch", ["DEBUG", "DEMONSTRATION"])
def test_unsafe_switches_refuse_a_public_address(tmp_path: Path, switch: str) -> None:
    assert read(tmp_path, **{switch: "1"})

    with pytest.raises(ConfigurationError, match=switch):
        read(tmp_path, PUBLIC_URL="https://cluster.example.org", **{switch: "1"})


@pytest.mark.parametrize("switch", ["DEBUG", "DEMONSTRATION"])
@pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.0.2.1"])
def test_unsafe_switches_refuse_to_listen_beyond_this_machine(tmp_path: Path, switch: str, bind: str) -> None:
    assert read(tmp_path, BIND=bind)
    assert read(tmp_path, BIND="::1", **{switch: "1"})

    with pytest.raises(ConfigurationError, match=f"{switch} is on and BIND is"):
        read(tmp_path, BIND=bind, **{switch: "1"})


@pytest.mark.parametrize("address", ["https://cluster.example.org:8443", "http://[::1]:8000", "https://Cluster.org"])
def test_good_addresses_are_taken(tmp_path: Path, address: str) -> None:
    assert read(tmp_path, PUBLIC_URL=address).public_url == address


@pytest.mark.parametrize("url", ["smtp://u:p@[::1", "smtp://mail.example.org:abc", "https://mail.example.org"])
def test_a_mail_server_that_is_none_gets_a_sentence(url: str) -> None:
    with pytest.raises(ConfigurationError, match="EMAIL_URL must look like"):
        mail_url.settings_from_url(url)


def test_what_is_emptied_is_forgotten(tmp_path: Path) -> None:
    configuration.write_settings(tmp_path, {"EMAIL_URL": "smtp://mail.example.org", "EMAIL_FROM": "a@example.org"})
    configuration.write_settings(tmp_path, {"EMAIL_URL": "", "EMAIL_FROM": ""})

    assert read(tmp_path).email_url == ""
    assert read(tmp_path).email_from == "Phereclos <phereclos@127.0.0.1>"


def test_secrets_are_made_once_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    configuration.write_secrets(tmp_path)
    first = (tmp_path / "secrets.env").read_text()
    configuration.write_secrets(tmp_path)

    assert (tmp_path / "secrets.env").read_text() == first
    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600
    assert configuration.read({"DATA_DIR": str(tmp_path)}).secret_key in first


def test_the_environment_wins_over_what_the_setup_page_kept(tmp_path: Path) -> None:
    configuration.write_settings(tmp_path, {"PUBLIC_URL": "https://kept.example.org"})

    assert read(tmp_path).public_url == "https://kept.example.org"
    assert read(tmp_path, PUBLIC_URL="https://given.example.org").public_url == "https://given.example.org"


def test_a_kept_setting_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        configuration.write_settings(tmp_path, {"EMAIL_FROM": "a@example.org\nKEY_SECRET=mine"})

    assert not (tmp_path / "settings.env").exists()
