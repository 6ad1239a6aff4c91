"""What the setup page keeps is what the site can start with; else it is told why, and nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from phereclos.accounts.models import Person
from phereclos.badges.models import Issuer
from phereclos.ledger.models import AuditEntry
from phereclos.setup import actions
from tests.cast import organisation

pytestmark = pytest.mark.django_db
GOOD = {"public_url": "http://127.0.0.1:8000", "email_url": "", "email_from": ""}


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, in which the address is not fixed by the environment."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("PUBLIC_URL")
    return tmp_path


@pytest.fixture
def operator() -> Client:
    client = Client()
    person = Person.objects.create_superuser("olga@example.org", name="Olga", is_demonstration=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("public_url", "https://cluster.example.org"),  # the tests run as a demonstration
        ("public_url", "http://u:p@[::1"),
        ("public_url", "http://127.0.0.1:abc"),
        ("email_url", "smtp://mail.example.org:abc"),
        ("email_from", "a@example.org\nKEY_SECRET=mine"),
    ],
)
def test_what_would_stop_the_next_start_is_not_kept(name: str, value: str, folder: Path, operator: Client) -> None:
    answer = operator.post("/setup/", GOOD | {name: value})

    assert answer.status_code == 422
    assert not (folder / "settings.env").exists()
    assert not AuditEntry.objects.filter(verb="setup.keep_settings").exists()


def test_a_mail_server_is_kept_and_taken_away_again(folder: Path, operator: Client) -> None:
    operator.post("/setup/", GOOD | {"email_url": "smtp://mail.example.org:25"})
    assert "EMAIL_URL=smtp://mail.example.org:25" in (folder / "settings.env").read_text()

    assert operator.post("/setup/", GOOD).status_code == 302
    assert "EMAIL_URL" not in (folder / "settings.env").read_text()


def test_the_address_stays_once_somebody_signs(folder: Path, operator: Client, settings: Settings) -> None:
    school = organisation("Tarn School", "school")
    Issuer.objects.create(organisation=school, slug="tarn", name="Tarn", public_url=settings.PUBLIC_URL)

    answer = operator.post("/setup/", GOOD | {"public_url": "http://localhost:8000"})

    assert answer.status_code == 422
    assert "so the public address stays" in answer.content.decode()
    assert operator.post("/setup/", GOOD).status_code == 302


def test_the_demonstration_s_operator_runs_no_real_installation(operator: Client) -> None:
    assert not actions.operator_exists()

    Person.objects.create_superuser("real@example.org", name="Real")
    assert actions.operator_exists()
