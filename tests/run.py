"""`make test`: everything on SQLite with a real browser, then the tests marked `database` on a real PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.servers import Missing, find_chromium, postgresql

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    try:
        chromium = find_chromium()
        with postgresql() as url:
            print("Tests on SQLite, with a browser", flush=True)
            first = pytest(["-m", "not browser", "-n", "2", "--dist", "loadfile"], {"CHROMIUM": chromium})
            second = pytest(["-m", "browser"], {"CHROMIUM": chromium})
            print("The data layer again, on PostgreSQL", flush=True)
            # With the migrations, as on a real one: the other runs make the tables from the models, which is quicker.
            third = pytest(["--migrations", "-m", "database and not browser"], {"TEST_DATABASE_URL": url})
    except Missing as error:
        print(error, file=sys.stderr)
        return 2
    return max(first, second, third)


def pytest(arguments: list[str], more: dict[str, str]) -> int:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DATA_DIR"}}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.call(command, cwd=ROOT, env=kept | more)


if __name__ == "__main__":
    sys.exit(main())
