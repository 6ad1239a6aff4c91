"""The two pages of the demonstration, and that they are not there outside it."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django.urls import clear_url_caches

from phereclos import urls
from phereclos.accounts.models import Person
from phereclos.demonstration.people import shown_people
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def outside_the_demonstration(settings: Any) -> Iterator[None]:
    """The table of addresses as it is read at start, once without the demonstration and afterwards again with it."""
    settings.DEMONSTRATION = False
    importlib.reload(urls)
    clear_url_caches()
    yield
    settings.DEMONSTRATION = True
    importlib.reload(urls)
    clear_url_caches()


@pytest.mark.parametrize("address", ["/demonstration/people/", "/demonstration/people/1/", "/demonstration/outbox/"])
@pytest.mark.usefixtures("outside_the_demonstration")
def test_outside_the_demonstration_there_is_nothing(address: str, cast: Cast) -> None:
    assert Client().get(address).status_code == 404
    assert Client().post(address).status_code == 404


def test_the_people_page_names_everybody_with_role_and_organisation(cast: Cast) -> None:
    page = Client().get("/demonstration/people/").content.decode()

    assert "Sign in as Alice" in page
    assert "representative, Saltgate Primary School" in page


def test_one_press_signs_in(cast: Cast) -> None:
    client = Client()

    answer = client.post(f"/demonstration/people/{cast.alice.person_id}/")

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.alice.person_id)


def test_nobody_signs_in_as_a_person_with_an_account_of_their_own(cast: Cast) -> None:
    real = Person.objects.create_user("real@example.org", name="Real")
    client = Client()

    assert client.post(f"/demonstration/people/{real.pk}/").status_code == 404
    assert client.get(f"/demonstration/people/{cast.alice.person_id}/").status_code == 405
    assert "_auth_user_id" not in client.session


@override_settings(EMAIL_BACKEND="phereclos.ledger.outbox.EmailBackend")
def test_the_outbox_shows_what_would_have_been_sent_newest_first_and_escapes_it(cast: Cast) -> None:
    EmailMessage("Your code", "123456", to=["alice@example.org"]).send()
    EmailMessage("Later", "<b>x</b> http://127.0.0.1:8000/me/", to=["bob@example.org"]).send()

    page = Client().get("/demonstration/outbox/").content.decode()
    of_alice = Client().get("/demonstration/outbox/", {"to": "alice@"}).content.decode()

    assert page.index("Later") < page.index("Your code")
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert '<a href="http://127.0.0.1:8000/me/"' in page
    assert "123456" in of_alice
    assert "Later" not in of_alice


def test_the_terminal_is_given_leads_with_their_organisations(cast: Cast) -> None:
    shown = dict(shown_people())

    assert shown[cast.alice.person] == "lead, Saltgate Primary School"
    assert cast.bob.person not in shown
