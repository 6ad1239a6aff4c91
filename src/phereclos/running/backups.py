"""Backup and restore: one file with the database, the media and a list of digests. Secrets never lie in it.

SQLite is copied through its own backup interface, so writers go on meanwhile and the copy is one committed state.
PostgreSQL is dumped by pg_dump and brought back by pg_restore.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from phereclos import sqlite
from phereclos.configuration import SECRETS_FILE, Configuration, read

MANIFEST, SQLITE_NAME, DUMP_NAME, MEDIA = "manifest.json", "phereclos.sqlite3", "postgresql.dump", "media"
FORMAT = 1
BLOCK = 1 << 20


class CannotBackUp(Exception):
    """`str()` is one plain sentence; nothing was changed."""


def write(configuration: Configuration, target: Path) -> str:
    """Write a backup to `target`, which must not exist. Returns a sentence that says what is in it."""
    if target.exists():
        raise CannotBackUp(f"{target} exists already; choose another name, nothing is overwritten.")
    try:
        with tempfile.TemporaryDirectory(prefix="backup-", dir=configuration.data_dir) as folder:
            staging = Path(folder)
            database = _dump_database(configuration, staging)
            files = [database, *_media_files(configuration.data_dir / MEDIA)]
            names = {path: _name_of(path, staging, configuration.data_dir) for path in files}
            manifest = _manifest(configuration, {names[path]: _digest(path) for path in files})
            (staging / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True), encoding="utf-8")
            part = target.with_name(target.name + ".part")
            with tarfile.open(part, "w:gz") as archive:
                archive.add(staging / MANIFEST, MANIFEST)
                for path in files:
                    archive.add(path, names[path])
            os.chmod(part, 0o600)
            part.replace(target)
    except OSError as error:
        raise CannotBackUp(f"The backup could not be written ({error.strerror}); nothing was left behind.") from error
    size = target.stat().st_size // 1024
    return (
        f"{target}: database and {len(files) - 1} media files, {size} kB. "
        f"Keep {SECRETS_FILE} (or KEY_SECRET) in another place: without it no badge can be signed again."
    )


def restore(data_dir: Path, source: Path) -> str:
    """Bring a backup back into a folder without a database. Returns a sentence with what to do next."""
    if (data_dir / SQLITE_NAME).exists():
        raise CannotBackUp(f"{data_dir} holds a database already; name an empty folder with DATA_DIR.")
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="restore-", dir=data_dir) as folder:
            staging = Path(folder)
            manifest = _unpack(source, staging)
            _bring_back_database(data_dir, staging, manifest)
            if (staging / MEDIA).exists():
                shutil.copytree(staging / MEDIA, data_dir / MEDIA, dirs_exist_ok=True)
    except (OSError, tarfile.TarError, EOFError) as error:
        raise CannotBackUp(f"{source} cannot be read as a backup ({error}).") from error
    return _next_step(data_dir, manifest)


def key_check(key_secret: str) -> str:
    """Tells two secrets apart without telling the secret."""
    return hashlib.sha256(b"phereclos backup\0" + hashlib.sha512(key_secret.encode()).digest()).hexdigest()[:16]


def _next_step(data_dir: Path, manifest: dict[str, Any]) -> str:
    done = f"Restored {len(manifest['files']) - 1} media files and the database into {data_dir}."
    if not (data_dir / SECRETS_FILE).exists() and not os.environ.get("KEY_SECRET"):
        return f"{done} Now put back {SECRETS_FILE} from where you keep it, then start with phereclos up."
    os.environ["DATA_DIR"] = str(data_dir)
    if key_check(read().key_secret) != manifest["key_check"]:
        return f"{done} KEY_SECRET is not the one of this backup: pages and checks work, signing will not."
    return f"{done} Start with phereclos up."


def _dump_database(configuration: Configuration, staging: Path) -> Path:
    if configuration.database_url:
        target = staging / DUMP_NAME
        command = ["pg_dump", "--format=custom", f"--file={target}", f"--dbname={configuration.database_url}"]
        _run(command, "pg_dump")
        return target
    sqlite.use_bundled_sqlite()
    import sqlite3

    target = staging / SQLITE_NAME
    source = sqlite3.connect(f"file:{configuration.data_dir / SQLITE_NAME}?mode=ro", uri=True, timeout=20)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
        _require_whole(copy)
    finally:
        copy.close()
        source.close()
    return target


def _bring_back_database(data_dir: Path, staging: Path, manifest: dict[str, Any]) -> None:
    if (staging / DUMP_NAME).exists():
        url = os.environ.get("DATABASE_URL")
        if not url:
            raise CannotBackUp("This backup is from PostgreSQL; name an empty database with DATABASE_URL.")
        _run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={url}", str(staging / DUMP_NAME)], "pg_restore")
        return
    sqlite.use_bundled_sqlite()
    import sqlite3

    connection = sqlite3.connect(staging / SQLITE_NAME)
    try:
        _require_whole(connection)
    finally:
        connection.close()
    (staging / SQLITE_NAME).replace(data_dir / SQLITE_NAME)


def _require_whole(connection: Any) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise CannotBackUp(f"The database is damaged ({found}); this copy is not used.")


def _run(command: list[str], name: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise CannotBackUp(f"{name} is not installed; install PostgreSQL's client programs.") from error
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or "").strip().splitlines()[-1:] or ["no reason given"]
        raise CannotBackUp(f"{name} failed: {reason[0]}") from error


def _manifest(configuration: Configuration, files: dict[str, str]) -> dict[str, Any]:
    return {"format": FORMAT, "files": files, "public_url": configuration.public_url,
            "key_check": key_check(configuration.key_secret)}  # fmt: skip


def _unpack(source: Path, staging: Path) -> dict[str, Any]:
    """Unpack into our own folder and compare every digest; anything the manifest does not name is refused."""
    with tarfile.open(source, "r:gz") as archive:
        archive.extractall(staging, filter="data")
    try:
        manifest: dict[str, Any] = json.loads((staging / MANIFEST).read_text(encoding="utf-8"))
        files: dict[str, str] = manifest["files"]
    except (OSError, ValueError, KeyError) as error:
        raise CannotBackUp(f"{source} has no list of its files; it is not a backup of this system.") from error
    if manifest.get("format") != FORMAT:
        raise CannotBackUp(f"{source} was written by another version (format {manifest.get('format')}).")
    found = {str(path.relative_to(staging)) for path in staging.rglob("*") if path.is_file()} - {MANIFEST}
    if found != set(files):
        raise CannotBackUp(f"{source} does not hold exactly the files it lists; it was changed or cut off.")
    for name, digest in files.items():
        if _digest(staging / name) != digest:
            raise CannotBackUp(f"{source}: {name} is damaged; use another backup.")
    return manifest


def _media_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _name_of(path: Path, staging: Path, data_dir: Path) -> str:
    return str(path.relative_to(staging if staging in path.parents else data_dir))


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
