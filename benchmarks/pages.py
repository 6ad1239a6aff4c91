"""How long public pages take and how much they weigh, asked one after the other on loopback."""

from __future__ import annotations

import gzip
import tempfile
import urllib.request
from pathlib import Path

from benchmarks.figures import Figure, timed
from tests.product import running

PAGES = (
    "/",
    "/clusters/",
    "/clusters/tarnhaven/",
    "/exchange/",
    "/badges/",
    "/knowledge/",
    "/knowledge/?q=robotics+girls+12",
    "/verify/",
)


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data", DEMONSTRATION="1") as product:
        return [figure for page in PAGES for figure in _of_page(product.url + page, page)]


def _of_page(address: str, name: str) -> list[Figure]:
    body = _ask(address)
    times = timed(name, 20, lambda: _ask(address))
    weight = Figure(f"{name} weighs, compressed, without sheet", "kB", (len(gzip.compress(body)) / 1000,))
    return [times, weight]


def _ask(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return bytes(answer.read())
