"""The product as a visitor meets it: started for real, opened in a real Chromium. Nothing here is mocked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import product
from tests.journeys.crawling import Address, addresses
from tests.servers import Missing, find_chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A missing browser ends the run with one sentence and code 2; it is never skipped."""
    try:
        chromium = find_chromium()
    except Missing as error:
        pytest.exit(str(error), returncode=2)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration, started for this run alone; afterwards it must have stopped cleanly."""
    with product.running(tmp_path_factory.mktemp("site") / "data", DEMONSTRATION="1") as started:
        yield started.url


@pytest.fixture(scope="session")
def found(site: str) -> list[Address]:
    """One address for each page of the running site."""
    return addresses(site)
