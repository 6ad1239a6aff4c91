"""The SQLite this project runs on: the build inside the `pysqlite3` wheel, in place of the machine's own.

SQLite 3.7.0 to 3.51.2 can damage a WAL database when two connections checkpoint at once, which is the very shape of a
web process beside a worker. The wheel carries a mended build. Where there is no wheel and the machine's own build has
the fault, the rollback journal is used instead: slower, and free of the fault (docs/decisions/0002-sqlite.md).
"""

from __future__ import annotations

import sys
from typing import Any

FAULTY_UNTIL = (3, 51, 2)


def use_bundled_sqlite() -> None:
    """Put the wheel's module where Django looks for `sqlite3`; call before Django's database backend is imported."""
    try:
        import pysqlite3
    except ImportError:  # no wheel for this platform
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def version() -> tuple[int, int, int]:
    import sqlite3

    major, minor, patch = sqlite3.sqlite_version_info[:3]
    return major, minor, patch


def journal_mode() -> str:
    """`wal` where the build is free of the checkpoint fault, else `delete` (the rollback journal)."""
    return "wal" if version() > FAULTY_UNTIL else "delete"


def options() -> dict[str, Any]:
    """Options for Django's connection: writers queue at BEGIN instead of failing later, commits reach the disk."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal_mode()}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
