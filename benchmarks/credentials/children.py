"""The long-lived processes under `benchmarks/peers`, started on the core that all share and given orders one by one."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "benchmarks" / "peers"

ENGINE = "engine"
# Name in the figures: how it is started, and what it needs besides Python or Node.
SCRIPTS = {
    "digitalbazaar": "digitalbazaar.mjs",
    "dcc": "dcc.mjs",
    "jose": "jose.mjs",
    "pyld": "plain_pyld",
    "openbadgeslib": "openbadges_lib",
    "joserfc": "jwt_joserfc",
    "pyjwt": "jwt_pyjwt",
}
_NEEDS = {"plain_pyld": "pyld", "openbadges_lib": "openbadgeslib", "jwt_joserfc": "joserfc", "jwt_pyjwt": "jwt"}


class Trouble(Exception):
    """A peer that cannot be had or that failed, with the sentence to print."""


class Child:
    """One process that answers orders. What it says of an order that failed is raised as `Trouble`."""

    def __init__(self, name: str, script: str) -> None:
        self.name = name
        self._process = subprocess.Popen(
            command(script), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.works: list[str] = []
        self.about = ""

    def ask(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError as error:
            raise Trouble(f"{self.name} has ended: {error.strerror}") from error
        if not line:
            raise Trouble(f"{self.name} has ended without an answer")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise Trouble(f"{self.name}: {answer['error'][:300]}")
        return answer

    def prepare(self, setup: dict[str, Any]) -> None:
        answer = self.ask(prepare=setup)
        self.works, self.about = answer["works"], answer["about"]

    def seconds(self, work: str, place: int, times: int) -> float:
        """How long `times` of one work take, the inputs taken from `place` on."""
        return int(self.ask(run=work, **{"from": place}, times=times)["ns"]) / 1e9

    def peak_mb(self) -> float:
        return int(self.ask(memory=True)["peak_kb"]) / 1024

    def __enter__(self) -> Child:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def command(script: str) -> list[str]:
    """How a script is started. Raises `Trouble` if what it needs is not there."""
    if not script.endswith(".mjs"):
        needed = _NEEDS.get(script)
        if needed and find_spec(needed) is None:
            raise Trouble(f"{needed} is not installed (requirements/bench.txt)")
        return [sys.executable, "-m", f"benchmarks.peers.{script}"]
    node = shutil.which("node")
    if node is None:
        raise Trouble("Node.js is missing")
    install_node_peers()
    return [node, str(PEERS / script)]


def install_node_peers() -> None:
    """`npm ci` beside the lock file, once."""
    lock, installed = PEERS / "package-lock.json", PEERS / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise Trouble("npm is missing")
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=PEERS, capture_output=True, text=True
    )
    if done.returncode:
        raise Trouble(f"npm ci did not succeed: {done.stderr.strip()[-200:]}")
    installed.touch()


@contextlib.contextmanager
def one_core() -> Iterator[int | None]:
    """Bind this process, and with it all it starts, to one core meanwhile. None where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        yield None
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield max(before)
    finally:
        os.sched_setaffinity(0, before)
