"""`phereclos doctor`: what is not ready for production, and whether what must always hold holds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from phereclos import sqlite
from phereclos.configuration import SECRETS_FILE, Configuration
from phereclos.running.preparing import LEAST_FREE

SIGNS = {"good": "✓", "note": "?", "bad": "✕"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `level` is good, note (worth knowing) or bad (not ready, not well)."""

    level: str
    text: str

    @property
    def sign(self) -> str:
        return SIGNS[self.level]

    def to_json(self) -> dict[str, Any]:
        return {"level": self.level, "text": self.text}


def examine(configuration: Configuration) -> list[Finding]:
    """Everything a person who runs this should know before the public comes."""
    return [
        *address(configuration),
        *secrets_and_folder(configuration),
        *database(),
        *mail(configuration),
        *operator(),
        *work(),
    ]


def address(configuration: Configuration) -> Iterator[Finding]:
    if configuration.is_loopback:
        yield Finding("bad", f"PUBLIC_URL is {configuration.public_url}: only this machine can open it.")
    elif not configuration.is_https:
        yield Finding("bad", "PUBLIC_URL is plain http: codes and links could be read on the way; use https.")
    else:
        yield Finding("good", f"The public address is {configuration.public_url}.")
    if configuration.debug:
        yield Finding("bad", "DEBUG is on: error pages would show what is inside.")
    if configuration.demonstration:
        yield Finding("bad", "DEMONSTRATION is on: anybody who opens the site can sign in as anybody.")
    yield from moved(configuration)


def moved(configuration: Configuration) -> Iterator[Finding]:
    """The address is fixed by the first signature (decisions: public address)."""
    from phereclos.badges.models import Issuer

    others = {issuer.public_url for issuer in Issuer.objects.all()} - {configuration.public_url}
    for other in sorted(others):
        yield Finding("bad", f"Badges were signed under {other}; a move must be recorded and the old address kept.")


def secrets_and_folder(configuration: Configuration) -> Iterator[Finding]:
    path = configuration.data_dir / SECRETS_FILE
    if path.exists() and path.stat().st_mode & 0o077:
        yield Finding("bad", f"{path.name} can be read by others on this machine; run chmod 600 on it.")
    free = shutil.disk_usage(configuration.data_dir).free
    level = "good" if free >= LEAST_FREE else "bad"
    yield Finding(level, f"The data folder has {free // 1024 // 1024} MB left.")
    if not configuration.is_loopback and path.exists():
        yield Finding("note", "The secrets lie beside the data; keep a copy elsewhere, apart from the backups.")


def database() -> Iterator[Finding]:
    if connection.vendor == "sqlite":
        found = ".".join(map(str, sqlite.version()))
        if sqlite.version() <= sqlite.FAULTY_UNTIL:
            yield Finding("note", f"SQLite {found} can damage a write-ahead log; the rollback journal is used instead.")
        else:
            yield Finding("good", f"SQLite {found}, {sqlite.journal_mode()} journal.")
        with connection.cursor() as cursor:
            result = cursor.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if result != "ok":
            yield Finding("bad", f"The database is damaged ({result}); restore a backup.")
    else:
        yield Finding("good", f"PostgreSQL {connection.cursor().connection.info.server_version // 10000}.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding("bad", "The database is older than this version; start with phereclos up to bring it up to date.")
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if any(app in executor.loader.migrated_apps for app, _ in unknown):
        yield Finding("bad", "The database is newer than this version; install the version that wrote it.")


def mail(configuration: Configuration) -> Iterator[Finding]:
    from phereclos.ledger.models import StagedMail

    if not configuration.email_url and not configuration.demonstration:
        yield Finding("bad", "No mail server is named (EMAIL_URL): sign-in codes and requests reach nobody.")
    parked = StagedMail.objects.exclude(parked_reason="").count()
    if parked:
        yield Finding("bad", f"{parked} mails could not be sent after several tries; see the ledger for the reasons.")


def operator() -> Iterator[Finding]:
    from phereclos.accounts.factors import has_factor
    from phereclos.setup.actions import operators as who_operates

    operators = list(who_operates())
    if not operators:
        yield Finding("bad", "Nobody runs this installation yet: open the one-time link that phereclos up prints.")
    for person in operators:
        if not has_factor(person):
            yield Finding("bad", f"Operator {person.pk} has no passkey or second factor.")


def work() -> Iterator[Finding]:
    from django_tasks_db.models import DBTaskResult

    failed = DBTaskResult.objects.failed().count()
    if failed:
        yield Finding("note", f"{failed} background tasks failed; their reasons are kept.")
    yield clock()


def clock() -> Finding:
    """The database's clock beside ours: two machines that disagree make codes and badges look wrong."""
    if connection.vendor == "sqlite":
        return Finding("note", "SQLite has no clock of its own: whether this machine's is right was not checked.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        found = cursor.fetchone()[0]
    skew = abs((found - timezone.now()).total_seconds())
    return Finding("good" if skew < 60 else "bad", f"The database's clock differs from this machine's by {skew:.0f} s.")


def invariants() -> list[Finding]:
    """What must hold after anything: threats 'What must hold, always'. One finding per broken thing."""
    from phereclos.ledger import invariants as registry

    broken = [Finding("bad", text) for text in registry.broken()]
    return broken or [Finding("good", f"All {registry.count()} rules hold.")]
