from __future__ import annotations

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from phereclos.accounts import actions, fresh
from phereclos.accounts.models import Person
from phereclos.ledger.models import AuditEntry
from tests.accounts.mails import code_in, newest
from tests.cast import Cast, signed_in


@pytest.fixture(autouse=True)
def fresh_counters(db: None) -> None:
    cache.clear()


def go_stale(client: Client) -> None:
    """As if the sign-in lay an hour back."""
    session = client.session
    session[fresh.PROVED_AT] = time.time() - 3600
    session.save()


@pytest.mark.parametrize("path", ["account/", "account/delete/", "security/", "account/data/"])
def test_a_signed_out_visitor_is_led_to_the_sign_in(db: None, path: str) -> None:
    assert Client().get(f"/me/{path}")["Location"].startswith("/accounts/login/")


def test_a_person_changes_their_name(cast: Cast) -> None:
    cast.client(cast.alice).post("/me/account/", {"name": "  Alice   Amber "})

    assert Person.objects.get(pk=cast.alice.person_id).name == "Alice Amber"


def test_an_empty_name_is_answered_with_what_to_write(cast: Cast) -> None:
    answer = cast.client(cast.alice).post("/me/account/", {"name": " "})

    assert answer.status_code == 422
    assert "Mirja Holt" in answer.content.decode()


def test_further_fields_in_the_form_change_nothing(cast: Cast) -> None:
    cast.client(cast.alice).post(
        "/me/account/", {"name": "Alice", "is_staff": "1", "is_superuser": "1", "email": "x@y.org"}
    )

    alice = Person.objects.get(pk=cast.alice.person_id)
    assert (alice.is_staff, alice.is_superuser, alice.email) == (False, False, "alice@example.org")


def test_signing_out_everywhere_leaves_only_this_browser(cast: Cast) -> None:
    here, there, elsewhere = (signed_in(cast.alice.person) for _ in range(3))
    here.post("/me/security/everywhere/")

    assert here.get("/me/account/").status_code == 200
    assert [there.get("/me/account/").status_code, elsewhere.get("/me/account/").status_code] == [302, 302]


def test_a_blocked_account_is_out_at_its_next_request(cast: Cast) -> None:
    client = cast.client(cast.alice)
    Person.objects.filter(pk=cast.alice.person_id).update(is_active=False)

    assert client.get("/me/account/").status_code == 302


def test_everything_held_is_one_file(cast: Cast) -> None:
    told = json.loads(cast.client(cast.alice).get("/me/account/data/").content)

    assert told["person"]["mailbox"] == "alice@example.org"
    assert told["representations"][0]["organisation"] == "Saltgate Primary School"


# Farewell


def test_a_deleted_account_keeps_no_name_and_no_mailbox(cast: Cast) -> None:
    client = cast.client(cast.bob)
    client.post("/me/account/delete/", {"sure": "on"})

    bob = Person.objects.get(pk=cast.bob.person_id)
    assert (bob.name, bob.is_active, "bob" in bob.email) == ("", False, False)
    cast.bob.refresh_from_db()
    assert cast.bob.until is not None
    assert client.get("/me/account/").status_code == 302
    assert AuditEntry.objects.filter(verb="accounts.delete_account").count() == 1


def test_the_last_lead_cannot_delete_the_account_before_handing_over(cast: Cast) -> None:
    answer = cast.client(cast.alice).post("/me/account/delete/", {"sure": "on"})

    assert answer.status_code == 422
    assert "Hand over" in answer.content.decode()
    assert Person.objects.get(pk=cast.alice.person_id).is_active


def test_nothing_is_deleted_without_the_tick(cast: Cast) -> None:
    assert cast.client(cast.bob).post("/me/account/delete/").status_code == 422
    assert Person.objects.get(pk=cast.bob.person_id).name == "Bob"


# A fresh proof


@pytest.mark.parametrize(
    "path",
    ["/accounts/email/", "/accounts/factors/passkeys/add/", "/accounts/factors/app/add/", "/me/account/delete/"],
)
def test_grave_pages_ask_for_a_fresh_proof_after_a_while(cast: Cast, path: str) -> None:
    client = cast.client(cast.bob)
    assert client.get(path).status_code == 200
    go_stale(client)

    assert client.get(path)["Location"] == f"/accounts/again/?next={path.replace('/', '%2F')}"


def test_a_mailed_code_is_the_fresh_proof_of_people_without_a_factor(cast: Cast) -> None:
    client = cast.client(cast.bob)
    go_stale(client)
    page = client.get("/accounts/email/")["Location"]
    client.post(page, {"send": "yes"})
    answer = client.post(page, {"code": code_in(newest()).lower()})

    assert answer["Location"] == "/accounts/email/"
    assert client.get("/accounts/email/").status_code == 200


def test_five_wrong_codes_end_the_fresh_proof(cast: Cast) -> None:
    client = cast.client(cast.bob)
    go_stale(client)
    client.post("/accounts/again/", {"send": "yes"})
    code = code_in(newest())
    for _ in range(5):
        assert client.post("/accounts/again/", {"code": "BBBB-BBBB"}).status_code == 422

    assert client.post("/accounts/again/", {"code": code}).status_code == 422


def test_the_old_mailbox_is_told_of_a_change(cast: Cast) -> None:
    client = cast.client(cast.bob)
    client.post("/accounts/email/", {"email": "bob@new.example", "action_add": ""})
    client.post("/accounts/confirm-email/", {"code": code_in(newest())})

    assert Person.objects.get(pk=cast.bob.person_id).email == "bob@new.example"
    assert newest().to == ["bob@example.org"]


# Second factor


def lead_of_a_cluster() -> Person:
    """Somebody of real life, whom the demonstration's exemption does not cover."""
    return Person.objects.create_user("olga@example.org", name="Olga", is_superuser=True)


def with_app(person: Person) -> str:
    from allauth.mfa.totp.internal.auth import TOTP

    secret = totp.generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def now_code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def test_rights_that_need_a_factor_lead_to_its_page_first(db: None) -> None:
    client = signed_in(lead_of_a_cluster())

    assert client.get("/organisations/new/")["Location"].startswith("/me/security/")
    assert client.get("/back-office/").status_code == 302
    assert client.get("/me/security/").status_code == 200


def test_people_of_the_demonstration_are_exempt(cast: Cast) -> None:
    assert cast.client(cast.dora).get("/me/").status_code == 200


@pytest.mark.parametrize("path", ["/me/", "/me/account/", "/organisations/new/", "/accounts/email/", "/back-office/"])
def test_nothing_opens_between_the_code_and_the_factor(db: None, path: str) -> None:
    person = lead_of_a_cluster()
    with_app(person)
    client = Client()
    client.post("/accounts/login/", {"login": person.email})
    answer = client.post("/accounts/login/code/confirm/", {"code": code_in(newest())})
    assert answer["Location"].startswith("/accounts/login/factor/")

    assert "_auth_user_id" not in client.session
    assert client.get(path).status_code == 302


def test_a_time_code_works_once(db: None) -> None:
    person = lead_of_a_cluster()
    secret = with_app(person)
    code = now_code(secret)

    def sign_in(spelled: str) -> bool:
        client = Client()
        client.post("/accounts/login/", {"login": person.email})
        client.post("/accounts/login/code/confirm/", {"code": code_in(newest())})
        client.post("/accounts/login/factor/", {"code": spelled})
        return "_auth_user_id" in client.session

    assert sign_in(code)
    assert not sign_in(code)
    assert not sign_in(f"{code[:3]} {code[3:]}")


def test_the_secret_of_an_app_is_not_readable_in_the_database(db: None) -> None:
    secret = with_app(lead_of_a_cluster())

    assert secret not in json.dumps(Authenticator.objects.get().data)


def test_deleting_takes_the_factors_along(db: None) -> None:
    person = lead_of_a_cluster()
    with_app(person)
    actions.delete_account(person=person)

    assert not Authenticator.objects.exists()
    assert Person.objects.get(pk=person.pk).last_login is None


@pytest.mark.django_db(transaction=True)  # it follows after the commit
def test_a_new_factor_makes_the_cookie_from_before_worthless(cast: Cast) -> None:
    client = signed_in(cast.alice.person)
    client.get("/accounts/factors/app/add/")
    before, secret = client.session.session_key, client.session["mfa.totp.secret"]
    client.post("/accounts/factors/app/add/", {"code": now_code(secret)})

    assert Authenticator.objects.filter(user=cast.alice.person, type=Authenticator.Type.TOTP).exists()
    assert client.session.session_key != before
    old = Client()
    old.cookies["sessionid"] = before
    assert old.get("/me/account/")["Location"].startswith("/accounts/login/")
