"""The whole product in a folder of its own, for measuring and for the soak test."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PHERECLOS = Path(sys.executable).parent / "phereclos"
LIMIT = 240.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Product:
    """`phereclos up` on loopback. Start, ask, stop or kill."""

    def __init__(self, data_dir: Path, *, demonstration: bool = True) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "DATA_DIR": str(data_dir), "PORT": str(self.port), "DEMONSTRATION": str(int(demonstration)),
            "PUBLIC_URL": self.address, "DATABASE_URL": "",
        }  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start and wait until it is ready; returns the seconds that took. Raises RuntimeError if it does not."""
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            [str(PHERECLOS), "up"], env=self.environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        while time.perf_counter() - begun < LIMIT:
            if self.process.poll() is not None:
                raise RuntimeError(f"phereclos up ended with {self.process.returncode}")
            if self.is_ready():
                return time.perf_counter() - begun
            time.sleep(0.05)
        raise RuntimeError("phereclos up did not become ready")

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(self.address + "/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(PHERECLOS), *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)

    def kill(self) -> None:
        """End supervisor, web server and worker at once, without a warning."""
        if self.process and self.process.poll() is None:
            children = self.children()
            for pid in (self.process.pid, *children):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            self.process.wait(30)
            while any(Path(f"/proc/{pid}").exists() for pid in children):
                time.sleep(0.01)

    def children(self) -> list[int]:
        """All processes below the supervisor (granian's worker is a grandchild)."""
        assert self.process is not None
        parents: dict[int, list[int]] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except (OSError, IndexError):
                continue
            parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
        found, waiting = [], [self.process.pid]
        while waiting:
            below = parents.get(waiting.pop(), [])
            found += below
            waiting += below
        return found
