"""Mails leave after their cause is saved, at least once, under one Message-ID, and hold no link while they wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from phereclos.ledger import mail, sweep
from phereclos.ledger.models import StagedMail

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@mail.kind("test.hello")
def hello(*, name: str) -> mail.Mail | None:
    if name == "broken":
        raise ValueError
    return (
        None
        if name == "erased"
        else mail.Mail(subject=f"Hello\r\nBcc: all@example.org {name}", body="A link: https://x/y")
    )


def stage(name: str = "Ada", once: str = "") -> StagedMail:
    return mail.stage(kind="test.hello", to="ada@example.org", references={"name": name}, once=once)


def test_a_staged_mail_goes_out_once() -> None:
    staged = stage()

    assert [mail.send(staged.pk), mail.send(staged.pk)] == [True, False]
    assert len(django_mail.outbox) == 1


def test_a_mail_that_went_out_stays_out_although_its_next_try_would_be_due() -> None:
    staged = stage()
    mail.send(staged.pk)
    StagedMail.objects.update(not_before=timezone.now() - timedelta(hours=1))

    assert not mail.send(staged.pk)
    assert len(django_mail.outbox) == 1


def test_a_subject_is_one_line() -> None:
    mail.send(stage().pk)

    assert django_mail.outbox[0].subject == "Hello Bcc: all@example.org Ada"


def test_a_waiting_mail_holds_no_text() -> None:
    staged = stage()

    assert "https" not in str(StagedMail.objects.filter(pk=staged.pk).values().get())


def test_staging_again_for_the_same_cause_is_the_same_mail() -> None:
    assert stage(once="request:1").pk == stage(once="request:1").pk
    assert stage(once="request:2").pk != stage(once="request:1").pk


def test_a_mail_that_is_no_longer_true_is_dropped() -> None:
    staged = stage("erased")

    assert mail.send(staged.pk)
    assert django_mail.outbox == []


def test_a_crash_between_mail_and_note_repeats_the_same_message() -> None:
    staged = stage()
    mail.send(staged.pk)
    StagedMail.objects.update(sent_at=None, not_before=timezone.now())
    sweep.run()

    first, again = django_mail.outbox
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"] == staged.message_id


def test_a_mail_that_never_goes_out_is_parked_with_its_reason() -> None:
    staged = stage("broken")
    for _ in range(mail.MOST_TRIES):
        StagedMail.objects.update(not_before=timezone.now())
        mail.send(staged.pk)

    staged.refresh_from_db()
    assert staged.parked_reason == "8 tries, ValueError"
    assert staged.pk not in mail.due()


@pytest.mark.django_db(transaction=True)
def test_a_mail_falls_with_its_cause() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        stage()
        _ = 1 / 0

    assert not StagedMail.objects.exists()


def test_an_unknown_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError):
        mail.stage(kind="test.unknown", to="ada@example.org", references={})


def test_without_a_mail_server_mails_wait_and_no_try_counts(settings: Settings) -> None:
    settings.MAIL_CONFIGURED = False
    staged = stage()

    assert not mail.send(staged.pk)
    assert mail.due() == []
    staged.refresh_from_db()
    assert (staged.sent_at, staged.tries) == (None, 0)

    settings.MAIL_CONFIGURED = True
    assert mail.due() == [staged.pk]
    assert mail.send(staged.pk)


def test_a_mail_server_that_is_down_is_not_asked_for_each_mail() -> None:
    for _ in range(mail.MOST_FAILURES_IN_A_ROW + 2):
        stage("broken")
    after = stage()

    mail.send_due()

    assert StagedMail.objects.filter(tries=1).count() == mail.MOST_FAILURES_IN_A_ROW
    assert after.pk in mail.due()


def test_one_sweep_of_mails_ends_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LONGEST_SWEEP", -1.0)
    staged = stage()

    mail.send_due()

    assert mail.due() == [staged.pk]
