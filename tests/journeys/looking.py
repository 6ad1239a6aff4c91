"""What every page must be, whoever looks: what axe says, how headings run, what fits, whom it asks.

A `Visitor` is one browser window whose requests and complaints are all written down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
THEMES = ("light", "dark")
WIDTHS = (360, 820, 1440)
NARROWEST = 320
HEIGHT = 900
POLICY = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"}

AXE_RUN = """async tags => {
  for (const change of document.getAnimations()) change.finish();  // colours at rest, not on their way
  const result = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return result.violations.map(v => v.id + ": " + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160)).join(" | "));
}"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))"""
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("main *, header *, footer *")]
    .filter(part => part.getBoundingClientRect().right > room + 1)
    .slice(0, 5).map(part => part.outerHTML.slice(0, 160));
}"""


@dataclass
class Visitor:
    """One window. `troubles` fills with foreign hosts asked, script errors and refusals of the security policy."""

    context: BrowserContext
    page: Page
    site: str
    scripts: bool = True
    troubles: list[str] = field(default_factory=list)
    finished: list[Request] = field(default_factory=list)

    def saw_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.troubles.append(f"asked another host: {request.url}")

    def heard(self, message: ConsoleMessage) -> None:
        # A page that answers 404 or 422 is logged by the browser as a resource that failed; the test knows its status.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.troubles.append(f"{self.page.url}: {message.text}")

    def open(self, address: str) -> Response:
        answer = self.page.goto(address if "://" in address else f"{self.site}{address}")
        assert answer is not None
        return answer

    def weights(self) -> tuple[int, int]:
        """Bytes that came over the wire so far: (all but pictures and fonts, fonts)."""
        page = fonts = 0
        for request in self.finished:
            if request.resource_type not in {"image", "font"}:
                page += _transferred(request)
            elif request.resource_type == "font":
                fonts += _transferred(request)
        return page, fonts


def visitor(browser: Browser, site: str, *, scripts: bool = True, theme: str = "light", state: Any = None) -> Visitor:
    """A fresh window, signed out unless `state` brings cookies. Close `visitor.context` when done."""
    context = browser.new_context(
        java_script_enabled=scripts,
        color_scheme=theme,  # type: ignore[arg-type]
        viewport={"width": WIDTHS[-1], "height": HEIGHT},
        storage_state=state,
        accept_downloads=True,
    )
    context.set_default_timeout(30_000)
    found = Visitor(context, context.new_page(), site, scripts)
    found.page.on("request", found.saw_request)
    found.page.on("requestfinished", lambda request: found.finished.append(request))
    found.page.on("console", found.heard)
    found.page.on("pageerror", lambda error: found.troubles.append(f"{found.page.url}: {error}"))
    return found


def faults_of_answer(answer: Response, status: int = 200) -> list[str]:
    """Status and the security policy of the page itself."""
    policy = {part.strip() for part in (answer.headers.get("content-security-policy") or "").split(";")}
    faults = [] if answer.status == status else [f"status {answer.status}"]
    return faults + [f"the security policy lacks {part}" for part in sorted(POLICY - policy)]


def faults_in_view(page: Page) -> list[str]:
    """axe in both themes at all widths, headings, and nothing that sticks out at the narrowest width."""
    page.evaluate(AXE)
    faults = list(_heading_faults(page.evaluate(HEADINGS)))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            faults += [f"{theme}, {width}: {fault}" for fault in page.evaluate(AXE_RUN, RULES)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    faults += [f"wider than {NARROWEST}: {part}" for part in page.evaluate(TOO_WIDE)]
    page.set_viewport_size({"width": WIDTHS[-1], "height": HEIGHT})
    return faults


def _heading_faults(levels: list[int]) -> list[str]:
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of the first level"]
    skips = [f"h{level} after h{before}" for before, level in pairwise(levels) if level > before + 1]
    return faults + skips


def _transferred(request: Request) -> int:
    sizes = request.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
