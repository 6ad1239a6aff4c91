"""What the project is built from, and what lies in its repository (threats 169-174)."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousOperation
from django_tasks_db.models import DBTaskResult

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
KEYS = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{20}"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abps]-[A-Za-z0-9-]{10,}"
    r"|\b(?:sk|rk)_live_[A-Za-z0-9]{16,}\b|://[^/\s:@{}<>]+:[^/\s:@{}<>]{6,}@(?!(?:[\w.-]+\.)?example\b|127\.0\.0\.1|localhost)[\w-]+\.\w"
)
# Published test vectors of standards hold published keys; the address forms of documentation hold no real password.
PUBLISHED = ("tests/vectors/", "tests/outside/package-lock.json")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def pins(lock: Path) -> list[str]:
    """The requirements of a lock file, each with its hashes."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def test_there_are_locks() -> None:
    assert {"dev.txt", "platform.txt"} <= {lock.name for lock in LOCKS}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_requirement_is_pinned_with_its_hash_and_no_address(lock: Path) -> None:
    """Threats 169, 170: a higher version or a changed file of that name is refused by pip's hash mode."""
    lines = pins(lock)

    assert len(lines) > 20
    for line in lines:
        assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,_-]+\])?==\S+ ", line), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line
        assert "://" not in line, line
        assert not re.search(r"(^|\s)(-i|-f|-e|--\w*index\w*|--find-links|--trusted-host)\b", line), line


def test_our_own_names_are_in_no_lock() -> None:
    """What we call our packages is never asked of an index."""
    named = {re.split(r"[\[=]", line)[0] for lock in LOCKS for line in pins(lock)}

    assert not named & {"phereclos", "verifiable-badges", "verifiable_badges"}


def test_the_installer_insists_on_the_hashes() -> None:
    assert "--require-hashes" in (ROOT / "requirements" / "install.py").read_text(encoding="utf-8")


def test_no_key_or_token_lies_in_the_repository() -> None:
    """Threat 172, for what is checked in today."""
    files = tracked()
    if not files:
        pytest.skip("not a git checkout")
    found = []
    for path in files:
        name = str(path.relative_to(ROOT))
        if name.startswith(PUBLISHED) or path.stat().st_size > 2_000_000:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{name}: {match[0][:30]}" for match in KEYS.finditer(text) if name != "tests/test_supply_chain.py"]

    assert found == []


def test_no_database_or_environment_file_is_checked_in() -> None:
    names = [path.name for path in tracked()]

    assert not [name for name in names if name.endswith((".sqlite3", ".pem", ".key", ".p12")) or name == ".env"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["os.system", "subprocess.run", "phereclos.badges.actions.award", "builtins.eval"])
def test_a_row_in_the_task_table_runs_registered_tasks_only(path: str) -> None:
    """Threat 174: the arguments are JSON, and what is no task of ours is refused before anything runs."""
    row = DBTaskResult.objects.create(
        task_path=path, args_kwargs={"args": ["true"], "kwargs": {}}, queue_name="default", backend_name="default"
    )

    with pytest.raises((SuspiciousOperation, ImportError)):
        _ = row.task


def test_nothing_is_unpickled() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(pickle|marshal|shelve)\b|yaml\.(load|unsafe_load)\(", text), path
