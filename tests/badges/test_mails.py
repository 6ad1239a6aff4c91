"""What the mails about badges say, and when they are not sent."""

from __future__ import annotations

import pytest
from django.core import mail as django_mail

from phereclos.badges import actions, mails
from phereclos.ledger import mail
from phereclos.ledger.models import StagedMail
from tests.badges.conftest import Bench

pytestmark = pytest.mark.django_db


def test_the_award_s_mail_carries_its_link_and_the_database_does_not(bench: Bench, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    award = bench.give("aino@example.org")
    staged = StagedMail.objects.get()
    mail.send(staged.pk)

    assert mails.claim_address(award) in django_mail.outbox[0].body
    assert django_mail.outbox[0].subject == "A badge for you: Tide watcher"
    assert "claim" not in str(StagedMail.objects.values().get())


def test_a_badge_withdrawn_before_the_mail_went_out_is_not_announced(bench: Bench) -> None:
    award = bench.give("aino@example.org")
    actions.revoke_award(award=award, by=bench.dora, why="mistake")

    assert mails.awarded_mail(award=award.pk) is None


def test_the_holder_is_told_of_a_withdrawal_and_why(bench: Bench, cast) -> None:
    award = bench.give("bob@example.org")
    actions.claim_award(award=award, person=cast.bob.person)
    actions.revoke_award(award=award, by=bench.dora, why="not_earned", reason="The test was on another bridge.")
    written = mails.revoked_mail(award=award.pk)

    assert "the criteria were not met" in written.body
    assert "The test was on another bridge." in written.body
