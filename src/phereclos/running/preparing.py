"""What must be in place before the pair starts: a folder that can be written, secrets, tables, files, content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

from phereclos.configuration import Configuration, write_secrets

FINGERPRINT = ".fingerprint"
LEAST_FREE = 200 * 1024 * 1024
Say = Callable[[str], None]


class NoSite(Exception):
    """`str()` is one plain sentence: nothing was started here yet."""


class CannotStart(Exception):
    """`str()` is one plain sentence: what is in the way and what to do."""


def check_folder(data_dir: Path) -> None:
    """The data folder exists, can be written and has room. Raises CannotStart."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=data_dir):
            pass
    except OSError as error:
        raise CannotStart(
            f"The data folder {data_dir} cannot be written ({error.strerror}); "
            "give it another owner or name another folder with DATA_DIR."
        ) from error
    free = shutil.disk_usage(data_dir).free
    if free < LEAST_FREE:
        raise CannotStart(
            f"The data folder {data_dir} has {free // 1024 // 1024} MB left and at least "
            f"{LEAST_FREE // 1024 // 1024} MB are needed; make room or name another folder with DATA_DIR."
        )
    write_secrets(data_dir)


def check_port(configuration: Configuration) -> None:
    """Nobody else listens there. Raises CannotStart."""
    family = socket.AF_INET6 if ":" in configuration.bind else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((configuration.bind, configuration.port))
        except OSError as error:
            raise CannotStart(
                f"Port {configuration.port} cannot be used ({error.strerror}); stop what runs there or choose "
                f"another, for example PORT={configuration.port + 1} make run."
            ) from error


def prepare(configuration: Configuration, say: Say) -> None:
    """Bring database, static files and content up to date. Idempotent; quick when nothing changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phereclos.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    check_database(configuration)
    say("Bringing the database up to date")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    put_static_files_in_place(configuration.data_dir / "static", say)
    say("Reading achievements and cases")
    call_command("load_achievements", verbosity=0)
    call_command("load_cases", verbosity=0)
    if configuration.demonstration:
        say("Looking after the demonstration clusters")
        call_command("load_demonstration", verbosity=0)
    connection.close()


def put_static_files_in_place(folder: Path, say: Say) -> None:
    """Collect and compress static files, unless those in place were made from exactly the present ones."""
    from django.core.management import call_command

    mark, present = folder / FINGERPRINT, _fingerprint_of_static_files()
    if mark.exists() and mark.read_text(encoding="utf-8") == present:
        return
    say("Putting the static files in place")
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(present, encoding="utf-8")


def _fingerprint_of_static_files() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = os.stat(storage.path(name))
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def require_site(configuration: Configuration) -> None:
    """There is a database with our tables. Makes none. Raises NoSite, or CannotStart when it cannot be opened."""
    from django.db import DatabaseError, connection

    nothing = NoSite("There is no site here yet; start it once with phereclos up, or name its folder with DATA_DIR.")
    if not configuration.database_url and not (configuration.data_dir / "phereclos.sqlite3").exists():
        raise nothing
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        raise _cannot_open(error) from error
    if "accounts_person" not in tables:
        raise nothing


def _cannot_open(error: Exception) -> CannotStart:
    reason = str(error).strip().splitlines()[0]
    return CannotStart(f"The database cannot be opened ({reason}); check DATABASE_URL, or restore a backup.")


def check_database(configuration: Configuration) -> None:
    """A damaged database is not written to. Raises CannotStart."""
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                found = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise CannotStart(f"The database in {configuration.data_dir} is damaged ({found}); restore a backup.")
    except DatabaseError as error:
        raise _cannot_open(error) from error
