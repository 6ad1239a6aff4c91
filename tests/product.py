"""The real product as a process of its own: `phereclos up` on a free loopback port with its own data folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).resolve().parent.parent
PHERECLOS = Path(sys.executable).parent / "phereclos"
AGAINST_HANGING = 300.0  # seconds; a limit, not a measurement
GIVEN_BY_TESTS = {"DATA_DIR", "SECRET_KEY", "KEY_SECRET", "PUBLIC_URL", "DATABASE_URL", "DEMONSTRATION", "PORT"}


@dataclass
class Product:
    """A running pair. `log` is everything it printed."""

    url: str
    data_dir: Path
    process: subprocess.Popen[bytes]
    log_file: Path
    environment: dict[str, str]

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    @property
    def children(self) -> list[psutil.Process]:
        """Web server and worker, with what they started themselves."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def command(self, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """Another `phereclos …` on the same data, as an operator would type it."""
        return command(*arguments, environment=self.environment, given=given)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stop as asked; returns the exit code once nothing of it runs any more."""
        family = self.children if self.process.poll() is None else []
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(AGAINST_HANGING)
        _, alive = psutil.wait_procs(family, timeout=AGAINST_HANGING)
        assert not alive, f"left running: {alive}"
        return code

    def kill(self) -> None:
        """Everything at once and without a warning, the supervisor first so that it starts nothing anew."""
        if self.process.poll() is None:
            family = self.children
            self.process.kill()
            for child in family:
                with suppress(psutil.NoSuchProcess):
                    child.kill()
            self.process.wait()
            psutil.wait_procs(family, timeout=AGAINST_HANGING)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(**more: str) -> dict[str, str]:
    """What a person's shell would give, without the settings of these tests."""
    return {name: value for name, value in os.environ.items() if name not in GIVEN_BY_TESTS} | more


def command(
    *arguments: str, environment: Mapping[str, str], given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [PHERECLOS, *arguments], cwd=ROOT, env=environment, input=given, capture_output=True, timeout=AGAINST_HANGING
    )


def start(data_dir: Path, **environment: str) -> Product:
    """Start and wait until it is ready; raises AssertionError with what it printed if it ends before."""
    product = launch(data_dir, **environment)
    try:
        wait_until_ready(product)
    except BaseException:
        product.kill()
        raise
    return product


def launch(data_dir: Path, **environment: str) -> Product:
    """Start and do not wait."""
    port = environment.setdefault("PORT", str(free_port()))
    whole = clean_environment(DATA_DIR=str(data_dir), **environment)
    log_file = data_dir.with_name(f"{data_dir.name}-{port}.log")
    with log_file.open("wb") as log:
        process = subprocess.Popen([PHERECLOS, "up"], cwd=ROOT, env=whole, stdout=log, stderr=subprocess.STDOUT)
    return Product(f"http://127.0.0.1:{port}", data_dir, process, log_file, whole)


@contextmanager
def running(data_dir: Path, **environment: str) -> Iterator[Product]:
    """The product for the length of a block; ends with a clean stop, which is checked."""
    product = start(data_dir, **environment)
    try:
        yield product
        assert product.stop() == 0, product.log
    finally:
        product.kill()


def wait_until_ready(product: Product) -> None:
    until(lambda: _answers(product), f"{product.url} did not become ready", product)


def until(true: Callable[[], bool], otherwise: str, product: Product) -> None:
    """Poll what happens in another process. Fails when it ends, or after a limit that only stops hanging."""
    deadline = time.monotonic() + AGAINST_HANGING
    while not true():
        assert product.process.poll() is None, f"it ended with {product.process.returncode}:\n{product.log}"
        assert time.monotonic() < deadline, f"{otherwise}:\n{product.log}"
        time.sleep(0.1)


def _answers(product: Product) -> bool:
    try:
        return httpx.get(f"{product.url}/readyz", timeout=10).status_code == 200
    except httpx.TransportError:
        return False
