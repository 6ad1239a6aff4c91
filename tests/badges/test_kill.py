"""`kill -9` at a dozen named points of awarding, then a restart: every award is there exactly once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from phereclos.badges.killpoints import POINTS

ROOT = Path(__file__).resolve().parents[2]
SMALL, LARGE = 30, 2000
ONCE_ONLY = {"batch_accepted", "lease_taken", "before_finish", "after_finish"}
PER_PORTION = {"after_lines", "before_commit", "after_commit"}


def scenarios() -> list[str]:
    """Each point once, at a seeded count; two more among the lines; and one large batch."""
    dice = random.Random(20)
    made = []
    for number, point in enumerate((*POINTS, "after_sign", "after_award")):
        most = 1 if point in ONCE_ONLY else 2 if point in PER_PORTION else SMALL
        made.append(f"{point}:{dice.randint(1, most)}:{SMALL}:{'task' if number % 2 else 'sweep'}")
    return [*made, f"after_sign:{dice.randint(500, 1500)}:{LARGE}:task"]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    environment = os.environ | {
        "DATA_DIR": str(tmp_path_factory.mktemp("kill")),
        "DJANGO_SETTINGS_MODULE": "phereclos.settings",
        "DATABASE_URL": "",
        "DEMONSTRATION": "1",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    command = [sys.executable, "-m", "tests.badges.killing", *scenarios()]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {line["scenario"]: line for line in lines}


@pytest.mark.parametrize("scenario", scenarios())
def test_every_award_is_there_exactly_once_after_a_kill(outcomes: dict[str, dict[str, Any]], scenario: str) -> None:
    found = outcomes[scenario]
    lines = found["lines"]

    assert found["ended"] == -signal.SIGKILL, "the point was not reached"
    assert found["broken"] == []
    assert (found["batches"], found["unfinished"], found["running"]) == (1, 0, 0)
    assert found["awards"] == found["lines_served"] == found["places"] == found["entries"] == lines
    assert found["mails"] == len(range(0, lines, 10))
    assert found["integrity"] == "ok"
