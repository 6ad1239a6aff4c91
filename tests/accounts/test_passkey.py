"""Passkeys in a real browser, with an authenticator that Chromium plays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from phereclos.accounts.models import Person
from tests.accounts.mails import code_in, newest
from tests.servers import Missing, find_chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # Playwright's event loop runs in this thread; the database calls of the test itself are still one after the other.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    try:
        chromium = find_chromium()
    except Missing as error:
        pytest.exit(str(error), returncode=2)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = browser.new_page()
        devtools = opened.context.new_cdp_session(opened)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": ASKED})
        yield opened
        browser.close()


def sign_in_by_code(page: Page, site: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", "bob@example.org")
    page.click("text=Send me a code")
    page.fill("[name=code]", code_in(newest()))
    page.click("main button:has-text('Sign in')")


def test_a_passkey_is_made_signs_in_alone_and_is_asked_for_after_a_code(page: Page, live_server: LiveServer) -> None:
    cache.clear()
    Person.objects.create_user("bob@example.org", name="Bob")
    site = live_server.url

    sign_in_by_code(page, site)
    page.goto(f"{site}/accounts/factors/passkeys/add/")
    page.fill("[name=name]", "my phone")
    page.check("[name=passwordless]")
    page.click("text=Make the passkey")
    page.wait_for_url(f"{site}/accounts/factors/codes/")
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 1

    page.goto(f"{site}/accounts/logout/")
    page.click("main button:has-text('Sign out')")
    page.goto(f"{site}/accounts/login/?next=/me/account/")
    page.click("text=Use a passkey")
    page.wait_for_url(f"{site}/me/account/")

    page.goto(f"{site}/accounts/logout/")
    page.click("main button:has-text('Sign out')")
    sign_in_by_code(page, site)
    page.wait_for_url(f"{site}/accounts/login/factor/")
    page.click("text=Use a passkey")
    page.wait_for_url(f"{site}/me/")

    page.goto(f"{site}/accounts/email/")
    page.fill("[name=email]", "bob@new.example")
    page.click("text=Send a code to the new mailbox")
    page.click("text=Use the passkey")
    page.wait_for_url(f"{site}/accounts/confirm-email/")
