"""SQLite as arranged: a mended build, its journal, and writers that queue at BEGIN, on every connection."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from phereclos import sqlite

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite")


def facts() -> dict[str, object]:
    with connection.cursor() as cursor:
        pragma = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        pragma["version"] = tuple(map(int, cursor.execute("SELECT sqlite_version()").fetchone()[0].split(".")))
    return pragma | {"transactions": connection.transaction_mode}


def test_the_build_in_use_is_free_of_the_checkpoint_fault_or_uses_no_log(db: None) -> None:
    found = facts()

    # Tests keep their database in memory unless asked otherwise, which reports "memory".
    assert found["journal_mode"] in {sqlite.journal_mode(), "memory"}
    assert found["version"] > sqlite.FAULTY_UNTIL or found["journal_mode"] != "wal"
    assert found["version"] == sqlite.version()


def test_every_connection_begins_immediately_and_keeps_its_promises(db: None) -> None:
    seen = [facts()]

    def elsewhere() -> None:
        try:
            seen.append(facts())
        finally:
            connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert [(row["transactions"], row["synchronous"], row["foreign_keys"]) for row in seen] == [("IMMEDIATE", 2, 1)] * 2


def test_an_old_build_gets_the_rollback_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "version", lambda: (3, 40, 1))
    assert "journal_mode=delete" in sqlite.options()["init_command"]

    monkeypatch.setattr(sqlite, "version", lambda: (3, 51, 3))
    assert "journal_mode=wal" in sqlite.options()["init_command"]
