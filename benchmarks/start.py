"""How long a start takes: the first one with an empty data folder, and the next ones."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.product import Product


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder) / "data")
        first = product.start()
        product.stop()
        following = []
        for _ in range(5):
            following.append(product.start())
            product.stop()
    return [Figure("first start, demonstration loaded", "s", (first,)), Figure("next start", "s", tuple(following))]
