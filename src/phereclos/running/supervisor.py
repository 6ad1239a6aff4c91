"""The web server and the background worker as one pair: started together, restarted when one dies, stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from phereclos.configuration import SETTINGS_FILE, Configuration
from phereclos.running.parents import die_with_parent

GRACE = 15.0  # seconds a child has to finish what it does
SETTLED_AFTER = 20.0  # a child that lived this long has started well
LONGEST_PAUSE = 30.0  # between two starts of a child that dies young: an outage of the database may last
MOST_QUICK_DEATHS = 5


@dataclass
class Child:
    """One of the pair: how it is started, how often it died young, and when it is started again.

    Without a child that `must_start` there is no site: one that never started well is given up.
    """

    name: str
    command: list[str]
    must_start: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float | None = None
    quick_deaths: int = 0
    started_well: bool = False

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, preexec_fn=die_with_parent, start_new_session=True)
        self.started, self.again_at = time.monotonic(), None

    def note_death(self, now: float) -> None:
        """Count it, and set the time of the next start: at once after a long life, later and later after short ones."""
        young = now - self.started < SETTLED_AFTER
        self.started_well = self.started_well or not young
        self.quick_deaths = self.quick_deaths + 1 if young else 0
        pause = min(LONGEST_PAUSE, 2.0 ** min(self.quick_deaths, 10) / 4) if young else 0.0
        self.again_at = now + pause

    def clear_away(self) -> None:
        """What a dead child started itself goes too: a server's own worker would go on holding the port."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    @property
    def is_hopeless(self) -> bool:
        return self.must_start and not self.started_well and self.quick_deaths >= MOST_QUICK_DEATHS

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def end(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def pair(configuration: Configuration) -> list[Child]:
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "phereclos.wsgi:application",
        "--host", configuration.bind, "--port", str(configuration.port), "--workers", "1",
        "--blocking-threads", "4", "--backlog", "512", "--no-ws", "--log-level", "warning",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "django", "worker", "--settings", "phereclos.settings"]
    return [Child("web server", web, must_start=True), Child("background worker", worker)]


def run(configuration: Configuration, say: Callable[[str], None], ready: Callable[[], None]) -> int:
    """Run the pair until a signal; returns the exit code: 0 stopped as asked, 2 the web server did not start."""
    children = pair(configuration)
    asked_to_stop = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked_to_stop
        asked_to_stop = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    for child in children:
        child.start()
    told = False
    settings_seen = _modified(configuration.data_dir / SETTINGS_FILE)
    code = 0
    while not asked_to_stop:
        time.sleep(0.2)
        if not told and _answers(configuration):
            told = True
            ready()
        if _modified(configuration.data_dir / SETTINGS_FILE) != settings_seen:
            settings_seen = _modified(configuration.data_dir / SETTINGS_FILE)
            say("The settings were changed: starting again with them.")
            _stop_all(children)
            for child in children:
                child.start()
            continue
        if not all(_kept_alive(child, time.monotonic(), say) for child in children):
            code = 2
            break
    say("Stopping; what is being done is finished first.")
    _stop_all(children)
    return code


def _kept_alive(child: Child, now: float, say: Callable[[str], None]) -> bool:
    """Start a dead child again when its time has come. False: it never started well and is given up."""
    assert child.process is not None
    if child.process.poll() is None:
        return True
    if child.again_at is None:
        child.clear_away()
        child.note_death(now)
        if child.is_hopeless:
            say(f"The {child.name} ended {MOST_QUICK_DEATHS} times in a row; its messages are above. Giving up.")
            return False
        say(f"The {child.name} ended unexpectedly (code {child.process.returncode}); starting it again.")
    if child.again_at is not None and now >= child.again_at:
        child.start()
    return True


def _stop_all(children: list[Child]) -> None:
    for child in children:
        child.stop()
    deadline = time.monotonic() + GRACE
    for child in children:
        child.end(deadline)


def _answers(configuration: Configuration) -> bool:
    """Whether the web server takes connections: only then is it said to be up."""
    try:
        with socket.create_connection((configuration.bind, configuration.port), timeout=1):
            return True
    except OSError:
        return False


def _modified(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0
