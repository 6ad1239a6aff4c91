"""Threat 160: a person with a canary for a name and a mailbox, in every feature, is nowhere after the erasure."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.utils import timezone

from phereclos.accounts import actions as accounts
from phereclos.badges import actions as badges
from phereclos.badges.models import Award
from phereclos.badges.recipients import ToMailbox
from phereclos.badges.verification import verify_input
from phereclos.clusters import actions as clusters
from phereclos.ledger import mail, sweep
from phereclos.organisations import actions as organisations
from phereclos.organisations.models import Role
from tests.badges.conftest import Bench
from tests.cast import Cast, person, represent
from verifiable_badges import Outcome

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CANARY = "zaunkoenig"


def everything_that_names(word: str) -> list[str]:
    """Tables that hold the word, in any column of text, JSON or bytes."""
    found = []
    for model in apps.get_models():
        for row in model._default_manager.values():
            text = " ".join(
                bytes(v).hex() + repr(bytes(v)) if isinstance(v, memoryview | bytes) else repr(v) for v in row.values()
            )
            if word in text.lower() or word.encode().hex() in text.lower():
                found.append(model.__name__)
    return sorted(set(found))


def test_an_erased_person_is_in_no_table_and_the_badge_still_verifies(cast: Cast, bench: Bench) -> None:
    canary = person(CANARY.capitalize())
    represent(canary, cast.school, Role.MEMBER)
    organisations.invite(by=cast.charlie, email=canary.email)
    clusters.invite(cluster=cast.cluster, email=canary.email, organisation_name="", by=cast.dora)
    award = bench.give(recipient=ToMailbox(canary.email, sealed=True))
    badges.claim_award(award=award, person=canary)
    badges.show_name(award=award, person=canary)
    for staged in mail.due():
        mail.send(staged)
    assert {"Person", "Invitation", "ClusterInvitation", "DemonstrationMail", "StagedMail"} & set(
        everything_that_names(CANARY)
    )
    before = bytes(Award.objects.get(pk=award.pk).credential)

    accounts.delete_account(person=canary)
    sweep.run()

    after = Award.objects.get(pk=award.pk)
    assert everything_that_names(CANARY) == []
    assert (after.person, after.salt, after.holder) == (None, "", "")
    assert bytes(after.credential) == before
    assert verify_input(before, now=timezone.now()).verdict is Outcome.PASSED
