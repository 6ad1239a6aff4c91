"""How long 2,000 accepted awards take until each is signed, with its own status index, by the background worker."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure
from tests.product import running
from tests.soak import LINES, accept, wait_until_done


def measure() -> list[Figure]:
    values = []
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data", DEMONSTRATION="1") as product:
        for number in range(3):
            batch = accept(product, number)
            begun = time.perf_counter()
            wait_until_done(product, batch)
            values.append(LINES / (time.perf_counter() - begun))
    return [Figure(f"awards of a batch of {LINES}, through the worker", "per second", tuple(values))]
