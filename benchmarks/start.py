"""How long a start takes: the first one with an empty data folder, and the next ones."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure
from tests import product


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        first = _seconds_to_start(Path(folder) / "data")
        following = [_seconds_to_start(Path(folder) / "data") for _ in range(5)]
    return [Figure("first start, demonstration loaded", "s", (first,)), Figure("next start", "s", tuple(following))]


def _seconds_to_start(data_dir: Path) -> float:
    begun = time.perf_counter()
    started = product.start(data_dir, DEMONSTRATION="1")
    seconds = time.perf_counter() - begun
    started.stop()
    return seconds
