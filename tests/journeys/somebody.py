"""A person with a mailbox, a browser window and a phone that shows codes."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from dataclasses import dataclass, field
from typing import Literal

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Locator, Page

from tests.journeys.looking import Visitor, faults_in_view, faults_of_answer, visitor
from tests.journeys.mailbox import Mailbox

AGAINST_HANGING = 300
ROLES: tuple[Literal["link", "button"], ...] = ("link", "button")


@dataclass
class Looked:
    """Kinds of pages that were looked at on this journey, and what was wrong with them."""

    pages: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


@dataclass
class Somebody:
    """Everything is done as the person would: by the words on links, buttons and fields."""

    name: str
    email: str
    window: Visitor
    mailbox: Mailbox
    secret: str = ""
    looked: Looked = field(default_factory=Looked)

    @property
    def page(self) -> Page:
        return self.window.page

    def open(self, address: str, status: int = 200) -> None:
        answer = self.window.open(address)
        assert not faults_of_answer(answer, status), (address, answer.status)
        self.look()

    def follow(self, words: str) -> None:
        """A link by its words, or by some of them; the first of several."""
        self._then(self._control("link", words))

    def press(self, words: str) -> None:
        """A button by its words, or by some of them; the first of several."""
        self._then(self._control("button", words))

    def offers(self, words: str) -> bool:
        """Whether there is a link or button with these words."""
        return any(self.page.get_by_role(role, name=words, exact=True).count() for role in ROLES)

    def reload_until(self, words: str) -> None:
        """For what becomes possible at a minute: the page is asked again until it offers it."""
        deadline = time.monotonic() + AGAINST_HANGING
        while not self.offers(words):
            assert time.monotonic() < deadline, f"{self.page.url} never offered {words}"
            self.page.wait_for_timeout(1000)
            self.page.reload()

    def choose(self, name: str, number: int = 0) -> None:
        """The nth real choice of a field, where its value does not matter."""
        control = self.page.locator(f"main [name='{name}']")
        if control.first.evaluate("control => control.tagName") == "SELECT":
            control.first.select_option(index=number + 1)
        else:
            control.nth(number).check()

    def fill(self, **fields: str) -> None:
        """Fields by their names in the form; words for text and lists, "on" for a tick or a choice."""
        for name, value in fields.items():
            control = self.page.locator(f"main [name='{name}']")
            assert control.count(), f"{self.page.url} has no field {name}"
            kind = control.first.evaluate("control => control.type")
            if kind in {"radio", "checkbox"}:
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif kind.startswith("select"):
                control.first.select_option(value)
            else:
                control.first.fill(value)

    def reads(self, words: str) -> bool:
        return words in self.page.locator("body").inner_text()

    def look(self) -> None:
        """Each kind of page once: what axe says of it, light and dark, at three widths."""
        name = name_of(self.page.url.removeprefix(self.window.site))
        if self.window.scripts and name not in self.looked.pages:
            self.looked.pages.add(name)
            self.looked.faults += [f"{self.page.url} as {self.name}: {fault}" for fault in faults_in_view(self.page)]
        assert not self.window.troubles, self.window.troubles

    def make_account(self) -> None:
        self.open("/accounts/signup/")
        self.fill(email=self.email, name=self.name)
        self.press("Send me a code")
        self.fill(code=self.mailbox.code_for(self.email))
        self.press("Confirm the mailbox")

    def sign_in(self) -> None:
        self.open("/accounts/login/")
        self.fill(login=self.email)
        self.press("Send me a code")
        self.fill(code=self.mailbox.code_for(self.email))
        self.press("Sign in")
        if "/factor/" in self.page.url:
            self.fill(code=time_code(self.secret))
            self.press("Sign in")

    def set_up_second_factor(self) -> None:
        """An authenticator app, as whoever coordinates, signs badges or runs the site must have."""
        self.open("/me/security/")
        self.follow("Add an authenticator app")
        if self.reads("Is it still you?"):
            self.press("Send me a code")
            self.fill(code=self.mailbox.code_for(self.email))
            self.press("Go on")
        self.secret = self.page.locator("code").inner_text()
        self.fill(code=time_code(self.secret))
        self.press("Use this app")
        assert self.mailbox.next_for(self.email)  # the mailbox is told

    def _control(self, role: Literal["link", "button"], words: str) -> Locator:
        exact = self.page.get_by_role(role, name=words, exact=True)
        return (exact if exact.count() else self.page.get_by_role(role, name=words)).first

    def _then(self, control: Locator) -> None:
        before = self.page.url
        with self.page.expect_navigation(wait_until="load"):
            control.click()
        assert "Something broke" not in self.page.title(), (before, self.page.url)
        self.look()


def somebody(
    browser: Browser, site: str, mailbox: Mailbox, name: str, looked: Looked, *, scripts: bool = True
) -> Somebody:
    """`looked` is shared by all, so that a kind of page is looked at once. axe needs scripts."""
    window = visitor(browser, site, scripts=scripts)
    return Somebody(name, f"{name.split()[0].lower()}@example.org", window, mailbox, looked=looked)


def name_of(path: str) -> str:
    try:
        return resolve(path.split("?")[0].split("#")[0]).view_name or path
    except Resolver404:
        return path


def time_code(secret: str, at: float | None = None) -> str:
    """What an authenticator app shows (RFC 6238: SHA-1, six digits, half a minute)."""
    key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.digest(key, counter, "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
