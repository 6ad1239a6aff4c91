"""Every page that can be reached from the doors of the site, looked at by a program with a browser's eyes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.crawling import Address
from tests.journeys.looking import Visitor, faults_in_view, faults_of_answer, visitor

pytestmark = pytest.mark.browser

# decisions.md 26, in bytes over the wire on a cold visit
PAGE_LIMIT = 100_000
FONT_LIMIT = 65_000 + 47_000
LEAST_PUBLIC = 12


def test_the_doors_lead_to_many_pages(found: list[Address]) -> None:
    """A crawl that finds nothing would let every other test pass."""
    names = {address.name for address in found}

    assert {"home", "ui:gallery", "account_login"} <= names
    assert sum(address.is_public for address in found) >= LEAST_PUBLIC, sorted(names)


def test_every_page_is_sound(found: list[Address], site: str, browser: Browser, subtests: pytest.Subtests) -> None:
    """axe in two themes at three widths, headings, 320 pixels without scrolling, weight, and no other host asked."""
    for address in found:
        with subtests.test(address.path, who=address.who):
            window = visitor(browser, site)
            try:
                faults = faults_of_page(window, address)
            finally:
                window.context.close()
            assert not faults, "\n".join([f"{address.path} as {address.who}", *faults])


def faults_of_page(window: Visitor, address: Address) -> list[str]:
    cookies = [{"name": name, "value": value, "url": window.site} for name, value in address.cookies]
    window.context.add_cookies(cookies)  # type: ignore[arg-type]
    answer = window.open(address.path)
    window.page.wait_for_load_state("networkidle")
    faults = faults_of_answer(answer)
    if address.is_public:
        faults += too_heavy(window)
    return faults + faults_in_view(window.page) + window.troubles


def too_heavy(window: Visitor) -> list[str]:
    page, fonts = window.weights()
    faults = [f"{page} bytes, at most {PAGE_LIMIT}"] if page > PAGE_LIMIT else []
    return faults + ([f"{fonts} bytes of fonts, at most {FONT_LIMIT}"] if fonts > FONT_LIMIT else [])
