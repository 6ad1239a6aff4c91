"""Other people's programs that judge our pages and badges: pinned in package-lock.json, installed once beside it.

They need Node.js and npm (and Java for the HTML checker). Where these are missing a test says so and is not run; that
is allowed for these outside programs only.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
LOCK = HERE / "package-lock.json"
INSTALLED = HERE / "node_modules" / ".package-lock.json"  # npm writes it last
HTML_CHECKER = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"
AGAINST_HANGING = 600
DIGITAL_BAZAAR, VERIFIER_CORE = "verify_digitalbazaar.mjs", "verify_core.mjs"
SELECTIVE_DISCLOSURE, DATA_INTEGRITY = "selective_disclosure.mjs", "data_integrity.mjs"


def has_node() -> bool:
    return bool(shutil.which("node") and shutil.which("npm"))


def require_node() -> str:
    """The path of node, with the packages in place; a test that asks for it is skipped where it cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip("not run: Node.js or npm is missing")
    _install(npm)
    return node


def require_html_checker() -> list[str]:
    """The command of the Nu HTML checker."""
    java = shutil.which("java")
    if not java:
        pytest.skip("not run: Java is missing")
    require_node()
    command = [java, "-jar", str(HTML_CHECKER)]
    if subprocess.run([*command, "--version"], capture_output=True).returncode:
        pytest.skip("not run: this Java is too old for the HTML checker (17 is needed)")
    return command


def verdicts(script: str, credentials: Sequence[Any], *, site: str = "") -> list[dict[str, Any]]:
    """What the checker says of each credential: `{"verified": bool, "errors": [sentence, …]}`.

    `SELECTIVE_DISCLOSURE` gets tasks, `{"do": "sign", "document": …, "pointers": …, "key": …}`, and its answers have
    the new `document` too; so does `DATA_INTEGRITY`, with a `suite`. The checker may ask `site` (for status lists) and
    nobody else.
    """
    node = require_node()
    done = subprocess.run(
        [node, HERE / script], input=json.dumps(credentials).encode(), capture_output=True, timeout=AGAINST_HANGING,
        env=os.environ | {"SITE": site},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(found) == len(credentials)
    return found


def html_faults(folder: Path) -> dict[str, list[str]]:
    """Errors of the Nu HTML checker by file name, for every page in a folder."""
    command = require_html_checker()
    done = subprocess.run(
        [*command, "--format", "json", "--stdout", "--exit-zero-always", "--errors-only", "--skip-non-html", folder],
        capture_output=True, timeout=AGAINST_HANGING,
    )  # fmt: skip
    faults: dict[str, list[str]] = {}
    for message in json.loads(done.stdout)["messages"]:
        name = message.get("url", "?").rsplit("/", 1)[-1]
        faults.setdefault(name, []).append(f"{message['message']} [{message.get('extract', '').strip()[:160]}]")
    return faults


def _install(npm: str) -> None:
    """`npm ci`, once; test processes that run side by side wait for each other."""
    with (HERE / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if INSTALLED.exists() and INSTALLED.stat().st_mtime >= LOCK.stat().st_mtime:
            return
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=AGAINST_HANGING)
        if done.returncode:
            pytest.fail(f"npm ci did not succeed in {HERE}:\n{done.stderr[-2000:]}")
        INSTALLED.touch()
