"""A measured figure: what, how often, median, and how far the others lay."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """`values` in `unit`, in the order they were measured."""

    name: str
    unit: str
    values: tuple[float, ...]

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "unit": self.unit, "n": len(self.values), "median": statistics.median(self.values),
                "least": min(self.values), "most": max(self.values)}  # fmt: skip

    def __str__(self) -> str:
        middle = statistics.median(self.values)
        spread = f"{min(self.values):.3g} to {max(self.values):.3g}"
        return f"{self.name:<52} {middle:10.3g} {self.unit:<12} (n={len(self.values)}, {spread})"


def timed(name: str, times: int, action: Callable[[], object]) -> Figure:
    """Seconds that `action` takes, measured `times` times."""
    values = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        values.append(time.perf_counter() - begun)
    return Figure(name, "s", tuple(values))
