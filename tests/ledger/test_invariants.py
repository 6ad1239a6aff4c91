"""The rules about mails find what they are for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from phereclos.ledger import mail, workers
from phereclos.ledger.invariants import every_mail_is_sent_waiting_or_parked as rule
from phereclos.ledger.models import StagedMail

pytestmark = pytest.mark.django_db


@mail.kind("test.invariants")
def nothing() -> None:
    return None


@pytest.fixture
def staged() -> StagedMail:
    return mail.stage(kind="test.invariants", to="ada@example.org", references={})


def test_a_mail_that_waits_is_fine(staged: StagedMail) -> None:
    assert list(rule()) == []


def test_a_forgotten_mail_is_found_where_a_mail_server_and_a_worker_are(staged: StagedMail, settings: Settings) -> None:
    StagedMail.objects.update(not_before=timezone.now() - mail.LONGEST_WAIT - timedelta(minutes=1))
    assert list(rule()) == []  # the site is stopped

    workers.beat("here:1:a")
    settings.MAIL_CONFIGURED = False
    assert list(rule()) == []

    settings.MAIL_CONFIGURED = True
    assert len(list(rule())) == 1


def test_a_mail_that_nobody_writes_is_found(staged: StagedMail) -> None:
    StagedMail.objects.update(kind="test.gone")

    assert list(rule()) == [f"Mail {staged.pk} waits, and nobody writes mails of the kind “test.gone”."]


def test_a_mail_that_is_sent_and_parked_is_found(staged: StagedMail) -> None:
    StagedMail.objects.update(sent_at=timezone.now(), parked_reason="8 tries")

    assert list(rule()) == [f"Mail {staged.pk} is said to be sent and parked."]
