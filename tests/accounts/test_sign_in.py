from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from phereclos.accounts.models import Person
from tests.accounts.mails import code_in, newest
from tests.cast import Cast

LOGIN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"


@pytest.fixture(autouse=True)
def fresh_counters(db: None) -> None:
    cache.clear()


def ask(client: Client, mailbox: str = "alice@example.org", next_address: str = "") -> str:
    """Ask for a code; returns it."""
    client.post(LOGIN, {"login": mailbox, **({"next": next_address} if next_address else {})})
    return code_in(newest())


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_code_from_the_mail_signs_in(cast: Cast) -> None:
    client = Client()
    code = ask(client)
    answer = client.post(CONFIRM, {"code": code})

    assert answer.status_code == 302
    assert answer["Location"] == "/me/"
    assert is_in(client)


def test_the_page_asks_for_no_password(cast: Cast) -> None:
    assert b'type="password"' not in Client().get(LOGIN).content


@pytest.mark.parametrize("path", ["password/change/", "password/set/", "password/reset/", "password/reset/done/"])
def test_pages_about_passwords_do_not_exist(cast: Cast, path: str) -> None:
    assert cast.client(cast.alice).get(f"/accounts/{path}").status_code == 404


def test_known_and_unknown_mailboxes_get_the_same_answer(cast: Cast) -> None:
    answers = []
    for mailbox in ("alice@example.org", "nobody@example.org"):
        client = Client()
        sent = client.post(LOGIN, {"login": mailbox})
        page = client.get(sent["Location"])
        text = page.content.decode().replace(mailbox, "MAILBOX")
        answers.append(
            (sent.status_code, sent["Location"], page.status_code, sorted(sent.cookies), _without_tokens(text))
        )

    assert answers[0] == answers[1]


def _without_tokens(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_an_unknown_mailbox_is_told_that_it_has_no_account(cast: Cast) -> None:
    Client().post(LOGIN, {"login": "nobody@example.org"})

    assert newest().to == ["nobody@example.org"]
    assert reverse("account_signup") in newest().body


def test_five_wrong_codes_end_the_attempt_and_the_true_one_fails_too(cast: Cast) -> None:
    client = Client()
    code = ask(client)
    for _ in range(5):
        client.post(CONFIRM, {"code": "BBBB-BBBB"})
    client.post(CONFIRM, {"code": code})

    assert not is_in(client)


def test_many_attempts_on_one_mailbox_are_stopped_within_the_day(cast: Cast) -> None:
    for _ in range(60):
        Client().post(LOGIN, {"login": "alice@example.org"})

    assert len(mail.outbox) <= 30


def test_a_code_works_only_in_the_browser_that_asked(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    code = ask(here)
    elsewhere.post(CONFIRM, {"code": code})
    assert not is_in(elsewhere)

    here.post(CONFIRM, {"code": code})
    assert is_in(here)


@pytest.mark.parametrize("spell", [str, str.lower, lambda code: f" {code} ", lambda code: f"0{code}"])
def test_a_used_code_is_refused_in_every_spelling(cast: Cast, spell: object) -> None:
    client = Client()
    code = ask(client)
    client.post(CONFIRM, {"code": code})
    client.post("/accounts/logout/")
    client.post(CONFIRM, {"code": spell(code)})  # type: ignore[operator]

    assert not is_in(client)


def test_an_older_code_is_refused_after_a_new_one(cast: Cast) -> None:
    client = Client()
    old = ask(client)
    client.post(CONFIRM, {"action": "resend"})
    assert code_in(newest()) != old
    client.post(CONFIRM, {"code": old})

    assert not is_in(client)


def test_the_cookie_changes_at_sign_in_and_the_old_one_is_dead(cast: Cast) -> None:
    client = Client()
    code = ask(client)
    before = client.cookies["sessionid"].value
    client.post(CONFIRM, {"code": code})

    assert client.cookies["sessionid"].value != before
    thief = Client()
    thief.cookies["sessionid"] = before
    assert thief.get("/me/account/").status_code == 302


def test_the_cookie_of_before_is_dead_after_signing_out(cast: Cast) -> None:
    client = Client()
    client.post(CONFIRM, {"code": ask(client)})
    before = client.cookies["sessionid"].value
    client.post("/accounts/logout/")

    thief = Client()
    thief.cookies["sessionid"] = before
    assert thief.get("/me/account/").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil",
        "https://evil.example/",
        "javascript:alert(1)",
        "%2F%2Fevil.example",
    ],
)
def test_the_address_after_sign_in_stays_on_the_site(cast: Cast, target: str) -> None:
    client = Client()
    code = ask(client, next_address=target)
    answer = client.post(CONFIRM, {"code": code, "next": target})

    reached = urljoin("http://testserver/accounts/", answer["Location"].replace("\\", "/"))
    assert urlsplit(reached).netloc == "testserver"


def test_the_address_after_sign_in_is_kept_when_it_is_ours(cast: Cast) -> None:
    client = Client()
    code = ask(client, next_address="/clusters/tarnhaven/")

    assert client.post(CONFIRM, {"code": code, "next": "/clusters/tarnhaven/"})["Location"] == "/clusters/tarnhaven/"


def test_a_mail_server_that_does_not_answer_is_said_to_be_so(cast: Cast, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.accounts.broken.Broken"
    known = Client().post(LOGIN, {"login": "alice@example.org"})
    unknown = Client().post(LOGIN, {"login": "nobody@example.org"})

    assert (known.status_code, unknown.status_code) == (503, 503)


def test_new_people_sign_up_with_name_and_mailbox_and_a_code(cast: Cast) -> None:
    client = Client()
    sent = client.post("/accounts/signup/?next=/clusters/", {"email": "Mirja@Example.org", "name": " Mirja  Holt "})
    assert sent["Location"].startswith("/accounts/confirm-email/")
    answer = client.post(sent["Location"], {"code": code_in(newest())})

    assert answer["Location"] == "/clusters/"
    assert is_in(client)
    assert Person.objects.get(email="mirja@example.org").name == "Mirja Holt"


def test_signing_up_with_a_known_mailbox_looks_the_same_and_changes_nothing(cast: Cast) -> None:
    client = Client()
    sent = client.post("/accounts/signup/", {"email": "alice@example.org", "name": "Mallory"})

    assert sent["Location"].startswith("/accounts/confirm-email/")
    assert "already" in newest().subject
    assert Person.objects.get(email="alice@example.org").name == "Alice"


def test_no_mail_of_ours_holds_a_code_in_the_database(cast: Cast, settings: Settings) -> None:
    """Sign-in mails are sent at once and staged nowhere."""
    from phereclos.ledger.models import StagedMail

    ask(Client())

    assert not StagedMail.objects.exists()


def test_outside_of_the_demonstration_the_page_does_not_speak_of_it(cast: Cast, settings: Settings) -> None:
    settings.DEMONSTRATION = False

    assert b"demonstration" not in Client().get(LOGIN).content.lower()


def test_a_person_may_choose_another_mailbox_instead_of_a_code(cast: Cast) -> None:
    client = Client()
    ask(client)
    client.post("/accounts/logout/", {"next": LOGIN})

    assert client.get(LOGIN).status_code == 200
