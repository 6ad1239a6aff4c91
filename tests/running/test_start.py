"""Starting, stopping and staying alive, as whoever types the command sees it. No browser, nothing mocked."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from phereclos.running import preparing
from tests import product

INSTALL = product.ROOT / "requirements" / "install.py"


def one_sentence(done: subprocess.CompletedProcess[bytes]) -> str:
    """What was said on the error stream, which must be one line and no traceback, with exit code 2."""
    said = done.stderr.decode().strip()
    assert done.returncode == 2, said
    assert "\n" not in said, said
    assert said.endswith("."), said
    return said


def test_a_busy_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        environment = product.clean_environment(DATA_DIR=str(tmp_path / "data"), PORT=str(port))

        said = one_sentence(product.command("up", environment=environment))

    assert said.startswith(f"Port {port} cannot be used")
    assert f"PORT={port + 1} make run" in said


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_refused(port: str, tmp_path: Path) -> None:
    environment = product.clean_environment(DATA_DIR=str(tmp_path / "data"), PORT=port)

    assert f"PORT is “{port}”" in one_sentence(product.command("up", environment=environment))


def test_a_file_in_place_of_the_data_folder_is_named(tmp_path: Path) -> None:
    taken = tmp_path / "data"
    taken.write_text("not a folder")

    said = one_sentence(product.command("up", environment=product.clean_environment(DATA_DIR=str(taken))))

    assert said.startswith(f"The data folder {taken} cannot be written")
    assert taken.read_text() == "not a folder"


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o500)
    # Nothing is read-only to root, except where the system itself takes no files.
    unwritable = folder if os.geteuid() else Path("/proc/self/phereclos")

    with pytest.raises(preparing.CannotStart, match=r"cannot be written .*; give it another owner"):
        preparing.check_folder(unwritable)


def test_a_full_disk_is_named_with_what_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "LEAST_FREE", 1 << 62)  # more than any disk has

    with pytest.raises(preparing.CannotStart, match=r"has \d+ MB left and at least \d+ MB are needed"):
        preparing.check_folder(tmp_path / "data")
    assert list((tmp_path / "data").iterdir()) == []


def test_an_old_python_is_told_what_is_needed() -> None:
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['install.py', 'platform']; "
        f"runpy.run_path({str(INSTALL)!r}, run_name='__main__')"
    )

    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True)

    assert one_sentence(done).startswith("Python 3.9 is too old; Phereclos needs 3.11 or newer")


def test_the_first_start_makes_two_secrets_that_only_the_owner_can_read(prepared: Path) -> None:
    secrets = prepared / "secrets.env"

    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    names = [line.split("=")[0] for line in secrets.read_text().splitlines() if "=" in line and line[0] != "#"]
    assert names == ["SECRET_KEY", "KEY_SECRET"]


def test_preparing_again_changes_no_secret(folder: Path) -> None:
    before = (folder / "secrets.env").read_bytes()

    done = product.command("up", "--prepare-only", environment=product.clean_environment(DATA_DIR=str(folder)))

    assert done.returncode == 0, done.stderr.decode()
    assert (folder / "secrets.env").read_bytes() == before


def test_ctrl_c_stops_everything_and_the_next_start_works(folder: Path) -> None:
    running = product.start(folder)
    try:
        assert running.stop(signal.SIGINT) == 0, running.log
        assert "Traceback" not in running.log
        again = product.start(folder)
        assert again.stop(signal.SIGTERM) == 0, again.log
    finally:
        running.kill()


def test_without_an_operator_the_start_prints_the_one_time_link(started: product.Product) -> None:
    product.until(lambda: f"{started.url}/setup/operator/" in started.log, "no link was printed", started)


@pytest.mark.parametrize(("child", "name"), [(0, "web server"), (1, "background worker")])
def test_a_killed_child_is_started_again(child: int, name: str, started: product.Product) -> None:
    """By process number of the pair itself, not of what the web server starts beneath it."""
    killed = direct_children(started)[child]
    family = psutil.Process(killed).children(recursive=True)

    os.kill(killed, signal.SIGKILL)

    product.until(lambda: f"The {name} ended unexpectedly (code -9)" in started.log, "nothing was noticed", started)
    product.until(lambda: len(set(direct_children(started)) - {killed}) == 2, f"no new {name}", started)
    product.wait_until_ready(started)
    assert not psutil.wait_procs(family, timeout=product.AGAINST_HANGING)[1], "its own worker went on"
    assert started.stop() == 0


def direct_children(running: product.Product) -> list[int]:
    """The pair in the order of its start."""
    return sorted(child.pid for child in psutil.Process(running.process.pid).children())


def test_doctor_says_what_keeps_a_demonstration_from_the_public(folder: Path) -> None:
    environment = product.clean_environment(DATA_DIR=str(folder), DEMONSTRATION="1")

    done = product.command("doctor", environment=environment)

    said = done.stdout.decode().splitlines()
    assert done.returncode == 1, done.stderr.decode()
    assert "✕ DEMONSTRATION is on: anybody who opens the site can sign in as anybody." in said
    assert all(line[0] in "✓?✕" and line.endswith(".") for line in said), said


def test_a_demonstration_beside_a_public_address_does_not_start(tmp_path: Path) -> None:
    environment = product.clean_environment(
        DATA_DIR=str(tmp_path / "data"), DEMONSTRATION="1", PUBLIC_URL="https://cluster.example.org"
    )

    assert "DEMONSTRATION is on beside a public address" in one_sentence(product.command("up", environment=environment))


def test_the_invariants_hold_after_a_first_start(folder: Path) -> None:
    done = product.command("doctor", "--invariants", environment=product.clean_environment(DATA_DIR=str(folder)))

    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


@pytest.mark.parametrize("secrets", [{}, {"SECRET_KEY": "s" * 40, "KEY_SECRET": "k" * 40}])
@pytest.mark.parametrize("verb", [["doctor"], ["doctor", "--invariants"]])
def test_doctor_says_that_there_is_no_site_and_makes_none(
    verb: list[str], secrets: dict[str, str], tmp_path: Path
) -> None:
    environment = product.clean_environment(DATA_DIR=str(tmp_path / "data"), **secrets)

    assert "phereclos up" in one_sentence(product.command(*verb, environment=environment))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("given", "code"), [(b"{}", 1), (b"https://cluster.example.org/badges/awards/1/", 2)])
def test_verify_needs_no_site_and_makes_none(given: bytes, code: int, tmp_path: Path) -> None:
    environment = product.clean_environment(DATA_DIR=str(tmp_path / "data"))

    done = product.command("verify", "-", environment=environment, given=given)

    assert done.returncode == code
    assert "Verdict:" in done.stdout.decode()
    assert done.stderr.decode().startswith("No site runs here: checked without a network")
    assert not (tmp_path / "data").exists()
