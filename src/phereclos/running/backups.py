"""Backup and restore: one file with the database, the media and a list of digests. Secrets never lie in it.

SQLite is copied through its own backup interface, so writers go on meanwhile and the copy is one committed state.
PostgreSQL is dumped by pg_dump and brought back by pg_restore. What is brought back is checked first and comes as a
whole: media, then settings, the database last.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from phereclos import sqlite
from phereclos.configuration import (
    SECRETS_FILE,
    SETTINGS_FILE,
    Configuration,
    ConfigurationError,
    check_public_url,
    default_sender,
    is_loopback,
    read,
    write_settings,
)

MANIFEST, SQLITE_NAME, DUMP_NAME, MEDIA = "manifest.json", "phereclos.sqlite3", "postgresql.dump", "media"
LEFTOVERS = (SQLITE_NAME, f"{SQLITE_NAME}-wal", f"{SQLITE_NAME}-shm", f"{SQLITE_NAME}-journal")
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
            _pack(target, {staging / MANIFEST: MANIFEST, **names})
    except OSError as error:
        raise CannotBackUp(f"The backup could not be written ({error.strerror}); nothing was left behind.") from error
    size = target.stat().st_size // 1024
    return (
        f"{target}: database and {len(files) - 1} media files, {size} kB. "
        f"Keep {SECRETS_FILE} (or KEY_SECRET) in another place: without it no badge can be signed again."
    )


def restore(data_dir: Path, source: Path) -> str:
    """Bring a backup back into a folder without a database. Returns a sentence with what to do next.

    Raises CannotBackUp, or ConfigurationError when the environment could not be used afterwards.
    """
    _present_address(data_dir)
    _require_empty(data_dir)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="restore-", dir=data_dir) as folder:
            staging = Path(folder)
            manifest = _unpack(source, staging)
            _check_database(staging)
            _bring_back(data_dir, staging, manifest)
    except (OSError, tarfile.TarError, EOFError, zlib.error) as error:
        raise CannotBackUp(f"{source} cannot be read as a backup ({error}).") from error
    return _next_step(data_dir, manifest)


def key_check(key_secret: str) -> str:
    """Tells two secrets apart without telling the secret."""
    return hashlib.sha256(b"phereclos backup\0" + hashlib.sha512(key_secret.encode()).digest()).hexdigest()[:16]


def _next_step(data_dir: Path, manifest: dict[str, Any]) -> str:
    done = f"Restored {len(manifest['files']) - 1} media files and the database into {data_dir}."
    done += _other_address(data_dir, manifest)
    if not (data_dir / SECRETS_FILE).exists() and not os.environ.get("KEY_SECRET"):
        return f"{done} Now put back {SECRETS_FILE} from where you keep it, then start with phereclos up."
    os.environ["DATA_DIR"] = str(data_dir)
    if key_check(read().key_secret) != manifest["key_check"]:
        return f"{done} KEY_SECRET is not the one of this backup: pages and checks work, signing will not."
    return f"{done} Start with phereclos up."


def _other_address(data_dir: Path, manifest: dict[str, Any]) -> str:
    """A warning when links and identities of the backup name another address. Asks for no secret."""
    present = _present_address(data_dir)
    if present == manifest["public_url"]:
        return ""
    return f" It was written under {manifest['public_url']}, and PUBLIC_URL is {present}: set it to the first."


def _present_address(data_dir: Path) -> str:
    placeholders = {"SECRET_KEY": "-" * 32, "KEY_SECRET": "+" * 32}
    return read({**os.environ, "DATA_DIR": str(data_dir), **placeholders}).public_url


def _require_empty(data_dir: Path) -> None:
    """No database, and no log of one: SQLite would replay a log left behind into whatever database lies beside it."""
    for name in LEFTOVERS:
        if (data_dir / name).exists():
            raise CannotBackUp(f"{data_dir} holds a database already ({name}); name an empty folder with DATA_DIR.")
    if any(_media_files(data_dir / MEDIA)):
        raise CannotBackUp(f"{data_dir} holds media already; name an empty folder with DATA_DIR.")


def _pack(target: Path, names: dict[Path, str]) -> None:
    """Never a half-written file under the final name, readable by its owner only, and nothing left on failure."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
            for path, name in names.items():
                archive.add(path, name)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _dump_database(configuration: Configuration, staging: Path) -> Path:
    if configuration.database_url:
        target = staging / DUMP_NAME
        _run(["pg_dump", "--format=custom", f"--file={target}"], configuration.database_url)
        return target
    sqlite.use_bundled_sqlite()
    import sqlite3

    target = staging / SQLITE_NAME
    source = sqlite3.connect(f"file:{configuration.data_dir / SQLITE_NAME}?mode=ro", uri=True, timeout=20)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
        _require_whole(copy)
    except sqlite3.DatabaseError as error:
        raise CannotBackUp(f"The database cannot be copied ({error}).") from error
    finally:
        copy.close()
        source.close()
    return target


def _check_database(staging: Path) -> None:
    if (staging / DUMP_NAME).exists():
        if not os.environ.get("DATABASE_URL"):
            raise CannotBackUp("This backup is from PostgreSQL; name an empty database with DATABASE_URL.")
        return
    sqlite.use_bundled_sqlite()
    import sqlite3

    connection = sqlite3.connect(staging / SQLITE_NAME)
    try:
        _require_whole(connection)
    except sqlite3.DatabaseError as error:
        raise CannotBackUp(f"The database in the backup is damaged ({error}); use another backup.") from error
    finally:
        connection.close()


def _bring_back(data_dir: Path, staging: Path, manifest: dict[str, Any]) -> None:
    """Media, settings, and last the database, whose presence means that all is there. A failure takes all back."""
    with ExitStack() as undo:
        if (staging / MEDIA).exists():
            (staging / MEDIA).replace(data_dir / MEDIA)
            undo.callback(shutil.rmtree, data_dir / MEDIA, ignore_errors=True)
        if not (data_dir / SETTINGS_FILE).exists() and (settings := _settings_of(manifest)):
            write_settings(data_dir, settings)
            undo.callback((data_dir / SETTINGS_FILE).unlink, missing_ok=True)
        if (staging / DUMP_NAME).exists():
            command = ["pg_restore", "--no-owner", "--single-transaction", str(staging / DUMP_NAME)]
            _run(command, os.environ["DATABASE_URL"])
        else:
            (staging / SQLITE_NAME).replace(data_dir / SQLITE_NAME)
        undo.pop_all()


def _settings_of(manifest: dict[str, Any]) -> dict[str, str]:
    """The settings worth keeping: never a secret, and no address that only one machine knows."""
    public_url, sender = manifest["public_url"], manifest.get("email_from", "")
    kept = {} if is_loopback(public_url) else {"PUBLIC_URL": public_url}
    return kept | ({"EMAIL_FROM": sender} if sender and sender != default_sender(public_url) else {})


def _require_whole(connection: Any) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise CannotBackUp(f"The database is damaged ({found}); this copy is not used.")


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """The URL for a command line, which everybody on the machine can read, and the environment with its password."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    password = options.pop("password", None) or unquote(parts.password or "")
    if not password:
        return url, {}
    user_and_password, at, place = parts.netloc.rpartition("@")
    query = "?" + urlencode(options, quote_via=quote) if options else ""
    shown = f"{parts.scheme}://{user_and_password.partition(':')[0]}{at}{place}{parts.path}{query}"
    return shown, {"PGPASSWORD": password}


def _run(command: list[str], url: str) -> None:
    name = command[0]
    shown, password = without_password(url)
    try:
        subprocess.run(
            [*command, f"--dbname={shown}"], check=True, capture_output=True, text=True, env=os.environ | password
        )
    except FileNotFoundError as error:
        raise CannotBackUp(f"{name} is not installed; install PostgreSQL's client programs.") from error
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or "").strip().splitlines()[:1] or ["no reason given"]
        raise CannotBackUp(f"{name} failed: {reason[0]}") from error


def _manifest(configuration: Configuration, files: dict[str, str]) -> dict[str, Any]:
    return {"format": FORMAT, "files": files, "key_check": key_check(configuration.key_secret),
            "public_url": configuration.public_url, "email_from": configuration.email_from}  # fmt: skip


def _unpack_file(archive: tarfile.TarFile, member: tarfile.TarInfo, staging: Path) -> None:
    """One file, written anew without the owner, rights and links an archive may ask for.

    `extractall(filter="data")` does the same, but Python 3.11 before 3.11.4, which Debian 12 has, lacks it.
    """
    content = archive.extractfile(member) if member.isreg() else None
    target = (staging / member.name).resolve()
    if content is None or not target.is_relative_to(staging.resolve()):
        raise tarfile.ReadError(f"{member.name[:60]!r} is not a plain file inside of it")
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, open(target, "wb") as file:
        shutil.copyfileobj(content, file, BLOCK)


def _unpack(source: Path, staging: Path) -> dict[str, Any]:
    """Unpack into our own folder and compare every digest; anything the manifest does not name is refused."""
    with tarfile.open(source, "r:gz") as archive:
        for member in archive:
            _unpack_file(archive, member, staging)
    try:
        manifest: dict[str, Any] = json.loads((staging / MANIFEST).read_text(encoding="utf-8"))
        files: dict[str, str] = dict(manifest["files"])
        check_public_url(manifest["public_url"])
        _settings_of(manifest), str(manifest["key_check"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ConfigurationError) as error:
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
