"""`make check`: what must hold before a test runs. Each step prints one line; the first trouble is shown whole."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
APPS = "src/phereclos"
STRICT = [
    "src/verifiable_badges",
    *(
        str(path.relative_to(ROOT))
        for pattern in ("*/actions.py", "*/actions", "*/access.py", "*/queries.py")
        for path in sorted((ROOT / APPS).glob(pattern))
    ),
]

STEPS: list[tuple[str, list[str]]] = [
    ("format", [f"{BIN}/ruff", "format", "--check", "."]),
    ("lint", [f"{BIN}/ruff", "check", "."]),
    ("types", [f"{BIN}/mypy", "--strict", *STRICT]),
    ("import contracts", [f"{BIN}/lint-imports"]),
    ("templates", [f"{BIN}/djlint", "--lint", "--quiet", APPS]),
    ("missing migrations", [f"{BIN}/python", "-m", "django", "makemigrations", "--check", "--dry-run"]),
    ("settings", [f"{BIN}/python", "-m", "django", "check", "--fail-level", "WARNING"]),
    ("translation marks", [f"{BIN}/python", "-m", "tests.marks"]),
]


def main() -> int:
    with tempfile.TemporaryDirectory() as data_dir:
        environment = os.environ | {
            "DATA_DIR": data_dir,
            "SECRET_KEY": "check-only-secret-key-of-more-than-32-letters",
            "KEY_SECRET": "check-only-key-secret-of-more-than-32-letters",
            "DJANGO_SETTINGS_MODULE": "phereclos.settings",
        }
        return max(run(name, command, environment) for name, command in STEPS)


def run(name: str, command: list[str], environment: dict[str, str]) -> int:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}", flush=True)
    if done.returncode:
        print(done.stdout[-6000:], done.stderr[-6000:], flush=True)
    return int(done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
