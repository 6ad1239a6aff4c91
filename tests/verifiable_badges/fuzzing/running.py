"""One process that runs cases within limits, and the one that watches it."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.verifiable_badges.fuzzing.targets import case
from verifiable_badges.errors import VerifiableBadgesError

SECONDS = 10.0
"""Most processor time for one input. An honest badge takes a hundredth of a second."""
MEGABYTES = 300
"""Most memory for one input of at most 10 MB, above what the process needs anyway."""
_ADDRESS_SPACE = 3_000_000_000
_HANGING = 90.0
"""Processor time after which an input is given up; making the input is in it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong with which case."""

    seed: int
    number: int
    what: str

    def __str__(self) -> str:
        again = f"python -m tests.verifiable_badges.fuzzing --case {self.seed}:{self.number}"
        return f"{self.what.strip()}\n  again: {again}\n"


def examine(seed: int, number: int) -> str:
    """What is wrong with one case, or nothing."""
    target, data = case(seed, number)
    before = _reset_peak()
    begun = time.process_time()
    found = ""
    try:
        target.run(data)
    except VerifiableBadgesError:
        pass
    except BaseException:
        found = traceback.format_exc(limit=-6)
    seconds, megabytes = time.process_time() - begun, _peak() - before
    if not found and seconds > SECONDS:
        found = f"took {seconds:.1f} s"
    if not found and megabytes > MEGABYTES:
        found = f"took {megabytes} MB"
    return f"{target.name}, {len(data)} bytes: {found}" if found else ""


def watched(seed: int, first: int, last: int, seconds: float = 1e9) -> Iterator[Finding | int]:
    """Findings among the cases from `first` to `last` that fit into the time, then the number of cases.

    They run in a process of their own, which is begun anew after an input that hangs it or kills it.
    """
    done = first
    until = time.monotonic() + seconds
    while done < last and time.monotonic() < until:
        with tempfile.TemporaryDirectory() as folder:
            begun, answers = Path(folder) / "begun", Path(folder) / "answers"
            command = [
                sys.executable,
                "-m",
                "tests.verifiable_badges.fuzzing",
                "--work",
                f"{seed}:{done}:{last}",
                folder,
            ]
            worker = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            why = _watch(worker, begun, until)
            for line in answers.read_text().split("\0")[:-1] if answers.exists() else ():
                number, what = line.split(" ", 1)
                yield Finding(seed, int(number), what)
            done = int(begun.read_text() or done) if begun.exists() else done
            if why:
                yield Finding(seed, done, f"{case(seed, done)[0].name}: {why}")
            done += 1
    yield done - first


def _watch(worker: subprocess.Popen[bytes], begun: Path, until: float) -> str:
    """Wait for the worker; why it did not end well, or nothing. Hanging is told by processor time: a busy machine is
    none of our findings."""
    process = psutil.Process(worker.pid)
    current, since = "", 0.0
    while worker.poll() is None:
        time.sleep(0.2)
        number, used = begun.read_text() if begun.exists() else "", process.cpu_times().user
        if number != current:
            current, since = number, used
        if used - since > _HANGING or time.monotonic() > until:
            worker.kill()
            worker.wait()
            return "hangs" if used - since > _HANGING else ""
    error = worker.stderr.read().decode() if worker.stderr else ""
    return "" if worker.returncode == 0 else f"the process ended with {worker.returncode}: {error[-1500:]}"


def work(seed: int, first: int, last: int, folder: Path) -> None:
    """Run cases, writing down which one is begun and what was found."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    begun = os.open(folder / "begun", os.O_WRONLY | os.O_CREAT)
    with (folder / "answers").open("a") as answers:
        for number in range(first, last):
            os.pwrite(begun, f"{number:<20}".encode(), 0)
            if found := examine(seed, number):
                answers.write(f"{number} {found}\0")
                answers.flush()


def _reset_peak() -> int:
    """Forget the peak of memory; returns what is used now, in MB. Where there is no /proc, the peak is that of all."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) // 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
