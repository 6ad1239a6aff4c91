"""Backup and restore, by the commands a person types; the secret travels apart."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import stat
import subprocess
import tarfile
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from phereclos import sqlite
from phereclos.running import backups
from tests import product


@pytest.fixture(scope="module")
def lived_in(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with media beside its rows. No test writes into it."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("lived-in") / "data"))
    media = folder / "media" / "awards"
    media.mkdir(parents=True)
    (media / "Tarn coast.png").write_bytes(b"\x89PNG not really")
    return folder


@pytest.fixture(scope="module")
def backup(lived_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "monday.tar.gz"
    done = run("backup", file, lived_in)
    assert done.returncode == 0, done.stderr.decode()
    return file


def run(verb: str, file: Path, data_dir: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    return product.command(verb, str(file), environment=product.clean_environment(DATA_DIR=str(data_dir), **more))


def refused(verb: str, file: Path, data_dir: Path) -> str:
    done = run(verb, file, data_dir)
    assert done.returncode == 2, done.stdout.decode()
    return done.stderr.decode().strip()


def rows(data_dir: Path) -> dict[str, int]:
    """How many rows each table holds."""
    sqlite.use_bundled_sqlite()
    import sqlite3

    connection = sqlite3.connect(data_dir / "phereclos.sqlite3")
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    finally:
        connection.close()


def rewritten(source: Path, change: Callable[[str, bytes], bytes | None], **added: bytes) -> Path:
    """The same archive with files changed (None leaves one out) or added."""
    target = source.with_name(f"{uuid.uuid4()}.tar.gz")
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        kept = {member.name: change(member.name, old.extractfile(member).read()) for member in old if member.isfile()}  # type: ignore[union-attr]
        for name, data in (kept | added).items():
            if data is not None:
                member = tarfile.TarInfo(name)
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
    return target


def test_what_comes_back_is_what_was_there(backup: Path, lived_in: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"

    done = run("restore", backup, other)

    assert done.returncode == 0, done.stderr.decode()
    assert rows(other) == rows(lived_in)
    assert (other / "media/awards/Tarn coast.png").read_bytes() == b"\x89PNG not really"


def test_a_restored_site_starts_once_its_secrets_are_back(backup: Path, lived_in: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    run("restore", backup, other)
    shutil.copy(lived_in / "secrets.env", other / "secrets.env")

    with product.running(other) as running:
        assert running.command("doctor", "--invariants").returncode == 0


def test_no_secret_lies_in_the_backup_and_only_its_owner_can_read_it(backup: Path, lived_in: Path) -> None:
    secrets = [line.split("=", 1)[1] for line in (lived_in / "secrets.env").read_text().splitlines() if "=" in line]
    with tarfile.open(backup) as archive:
        contents = [archive.extractfile(member).read() for member in archive if member.isfile()]  # type: ignore[union-attr]

    assert not [secret for secret in secrets for data in contents if secret.encode() in data]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_says_that_the_secrets_are_missing(backup: Path, tmp_path: Path) -> None:
    said = run("restore", backup, tmp_path / "other").stdout.decode()

    assert "Now put back secrets.env from where you keep it" in said


def test_says_that_the_secret_is_another_one(backup: Path, tmp_path: Path) -> None:
    other = {"SECRET_KEY": "another-" * 6, "KEY_SECRET": "yet-another-" * 6}

    said = run("restore", backup, tmp_path / "other", **other).stdout.decode()

    assert "KEY_SECRET is not the one of this backup" in said


def test_says_nothing_of_the_kind_where_the_secret_is_the_same(backup: Path, lived_in: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    shutil.copy(lived_in / "secrets.env", tmp_path / "other")

    assert run("restore", backup, tmp_path / "other").stdout.decode().strip().endswith("Start with phereclos up.")


def test_a_backup_is_never_written_over(backup: Path, lived_in: Path) -> None:
    before = backup.read_bytes()

    assert "exists already" in refused("backup", backup, lived_in)
    assert backup.read_bytes() == before


def test_a_folder_in_use_is_never_restored_over(backup: Path, lived_in: Path) -> None:
    before = rows(lived_in)

    assert "holds a database already" in refused("restore", backup, lived_in)
    assert rows(lived_in) == before


@pytest.mark.parametrize("left", ["phereclos.sqlite3-wal", "phereclos.sqlite3-shm", "media/old.png"])
def test_what_is_left_of_another_site_is_never_mixed_in(left: str, backup: Path, tmp_path: Path) -> None:
    """SQLite would replay an old log into the new database."""
    lying = tmp_path / "o" / left
    lying.parent.mkdir(parents=True)
    lying.write_bytes(b"of another site")

    assert "already" in refused("restore", backup, tmp_path / "o")
    assert not (tmp_path / "o" / "phereclos.sqlite3").exists()
    assert lying.read_bytes() == b"of another site"


def test_address_and_sender_come_back_and_no_secret(lived_in: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "public.tar.gz", tmp_path / "other"
    public = {"PUBLIC_URL": "https://cluster.example.org", "EMAIL_FROM": "Tarnhaven <mail@example.org>"}
    run("backup", file, lived_in, EMAIL_URL="smtp://user:hush@mail.example.org", **public)

    assert "It was written under" not in run("restore", file, other).stdout.decode()
    assert (other / "settings.env").read_text().splitlines() == [
        "EMAIL_FROM=Tarnhaven <mail@example.org>", "PUBLIC_URL=https://cluster.example.org"
    ]  # fmt: skip


def test_another_address_than_the_backup_s_is_said(backup: Path, tmp_path: Path) -> None:
    said = run("restore", backup, tmp_path / "o", PUBLIC_URL="https://new.example.org").stdout.decode()

    assert "written under http://127.0.0.1:8000, and PUBLIC_URL is https://new.example.org" in said


def test_a_failure_on_the_way_leaves_nothing(lived_in: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("secrets.env", "phereclos.sqlite3"):
        shutil.copy(lived_in / name, folder)
    (folder / "media").mkdir()
    (folder / "media" / "gone.png").symlink_to("/proc/self/mem")  # a file that says it is one and cannot be read

    assert "could not be written" in refused("backup", tmp_path / "monday.tar.gz", folder)
    assert not list(tmp_path.glob("monday*"))


@pytest.mark.parametrize("content", [None, b""])
def test_without_a_site_there_is_nothing_to_back_up(content: bytes | None, lived_in: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(lived_in / "secrets.env", folder)
    if content is not None:
        (folder / "phereclos.sqlite3").write_bytes(content)

    assert refused("backup", tmp_path / "b.tar.gz", folder).startswith("There is no site here yet")
    assert not (tmp_path / "b.tar.gz").exists()


def test_a_database_in_the_backup_that_is_none_is_refused_and_no_media_come(backup: Path, tmp_path: Path) -> None:
    def spoilt(name: str, data: bytes) -> bytes:
        if name == "manifest.json":
            manifest = json.loads(data)
            manifest["files"]["phereclos.sqlite3"] = hashlib.sha256(b"no database, just words" * 99).hexdigest()
            return json.dumps(manifest).encode()
        return b"no database, just words" * 99 if name == "phereclos.sqlite3" else data

    assert "is damaged" in refused("restore", rewritten(backup, spoilt), tmp_path / "o")
    assert list((tmp_path / "o").iterdir()) == []


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9])
def test_a_backup_with_spoilt_bytes_gets_a_sentence(at: float, backup: Path, tmp_path: Path) -> None:
    data = bytearray(backup.read_bytes())
    place = int(len(data) * at)
    data[place : place + 64] = bytes(64)
    (tmp_path / "spoilt.tar.gz").write_bytes(data)

    assert "Traceback" not in refused("restore", tmp_path / "spoilt.tar.gz", tmp_path / "o")


def test_no_password_of_the_database_is_shown_to_the_machine() -> None:
    assert backups.without_password("postgresql://a:p%40w@db:5432/n?sslmode=require") == (
        "postgresql://a@db:5432/n?sslmode=require", {"PGPASSWORD": "p@w"}
    )  # fmt: skip
    assert backups.without_password("postgresql:///n?host=/run/x") == ("postgresql:///n?host=/run/x", {})


def test_a_damaged_file_is_named(backup: Path, tmp_path: Path) -> None:
    damaged = rewritten(backup, lambda name, data: data[::-1] if name.endswith(".png") else data)

    assert "media/awards/Tarn coast.png is damaged; use another backup." in refused("restore", damaged, tmp_path / "o")
    assert not (tmp_path / "o" / "phereclos.sqlite3").exists()


@pytest.mark.parametrize("change", ["a file more", "a file less"])
def test_a_backup_that_holds_other_files_than_it_lists_is_refused(change: str, backup: Path, tmp_path: Path) -> None:
    more = {"media/more.txt": b"x"} if change == "a file more" else {}
    other = rewritten(backup, lambda name, data: None if not more and name.endswith(".png") else data, **more)

    assert "does not hold exactly the files it lists" in refused("restore", other, tmp_path / "o")


def test_a_backup_of_another_format_is_refused(backup: Path, tmp_path: Path) -> None:
    def newer(name: str, data: bytes) -> bytes:
        return json.dumps(json.loads(data) | {"format": 99}).encode() if name == "manifest.json" else data

    assert "written by another version (format 99)" in refused("restore", rewritten(backup, newer), tmp_path / "o")


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b\x08\x00cut off"])
def test_what_is_no_backup_gets_a_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "wrong.tar.gz"
    file.write_bytes(content)

    said = refused("restore", file, tmp_path / "o")

    assert "Traceback" not in said
    assert "cannot be read as a backup" in said


def test_a_backup_cut_off_in_the_middle_is_refused(backup: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])

    assert "cannot be read as a backup" in refused("restore", cut, tmp_path / "o")
    assert not (tmp_path / "o" / "phereclos.sqlite3").exists()


def test_a_path_that_leads_out_of_the_folder_is_refused(backup: Path, tmp_path: Path) -> None:
    evil = rewritten(backup, lambda name, data: data, **{"../outside.txt": b"x"})

    assert "cannot be read as a backup" in refused("restore", evil, tmp_path / "o")
    assert not (tmp_path / "outside.txt").exists()


def test_a_link_in_the_archive_is_refused(backup: Path, tmp_path: Path) -> None:
    evil = rewritten(backup, lambda name, data: data)
    with tarfile.open(evil) as old:
        whole = [(member, old.extractfile(member).read()) for member in old]  # type: ignore[union-attr]
    with tarfile.open(evil, "w:gz") as new:
        for member, data in whole:
            new.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        new.addfile(link)

    assert "not a plain file" in refused("restore", evil, tmp_path / "o")
