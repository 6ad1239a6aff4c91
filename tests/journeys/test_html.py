"""The Nu HTML checker finds no error in any page of the running site."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.journeys.crawling import Address
from tests.outside.checkers import html_faults, require_html_checker

pytestmark = [pytest.mark.browser, pytest.mark.node]


@pytest.fixture
def pages(tmp_path: Path, site: str, found: list[Address]) -> dict[str, Address]:
    """Every page as a file, by the file's name."""
    require_html_checker()
    named = {f"{number:03}.html": address for number, address in enumerate(found)}
    for name, address in named.items():
        with httpx.Client(base_url=site, cookies=dict(address.cookies), timeout=60) as client:
            (tmp_path / name).write_bytes(client.get(address.path).content)
    return named


def test_no_page_has_an_error(pages: dict[str, Address], tmp_path: Path) -> None:
    faults = html_faults(tmp_path)

    told = [f"{pages[name].path} as {pages[name].who}: {fault}" for name in faults for fault in faults[name]]
    assert not told, "\n".join(told)
