"""A batch goes on only while its lease is held and whoever accepted it may award; a place is used once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from phereclos.badges import actions, batches
from phereclos.badges.models import Award, AwardBatch
from phereclos.badges.recipients import ToMailbox
from phereclos.ledger import lease
from phereclos.ledger.invariants import broken
from phereclos.ledger.models import AuditEntry, StagedMail
from phereclos.organisations.models import Representative
from tests.badges.conftest import Bench
from tests.cast import Cast, person, represent

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def batch(bench: Bench) -> AwardBatch:
    return actions.accept_batch(
        achievement=bench.tide, issuer=bench.issuer, recipients=[ToMailbox(f"q{n}@example.org") for n in range(30)],
        by=bench.dora, once="one",
    )  # fmt: skip


def one_portion(batch: AwardBatch) -> None:
    name = batches.lease_name(batch)
    fencing = lease.take(name=name, holder="one", seconds=60)
    assert fencing is not None
    batches._sign_portion(batch, name, fencing)
    lease.release(name=name, fencing=fencing)


def end(role: Representative) -> None:
    Representative.objects.filter(pk=role.pk).update(until=timezone.now())


def test_a_right_that_ends_during_a_batch_ends_the_batch(bench: Bench, batch: AwardBatch, cast: Cast) -> None:
    one_portion(batch)
    end(bench.dora)
    assert batches.run(batch.pk)

    batch.refresh_from_db()
    assert (Award.objects.count(), batch.stopped_reason) == (25, "right_ended")
    assert not AwardBatch.objects.unfinished().exists()
    assert AuditEntry.objects.filter(verb="badges.stop_batch").count() == 1
    assert list(broken()) == []
    page = cast.client(represent(person("Frank"), cast.university)).get(batch.get_absolute_url()).content.decode()
    assert "the right to award ended. 25 of 30 were given." in page


def test_an_organisation_nobody_vouches_for_any_more_gives_no_further_badge(batch: AwardBatch, cast: Cast) -> None:
    one_portion(batch)
    type(cast.university).objects.filter(pk=cast.university.pk).update(vouched_at=None)
    batches.run(batch.pk)

    assert Award.objects.count() == 25


def test_a_right_that_ends_after_the_last_badge_stops_nothing(bench: Bench, batch: AwardBatch) -> None:
    one_portion(batch)
    one_portion(batch)
    end(bench.dora)
    batches.run(batch.pk)

    batch.refresh_from_db()
    assert (Award.objects.count(), batch.stopped_reason) == (30, "")


def test_a_worker_whose_lease_was_taken_over_writes_nothing_of_its_portion(batch: AwardBatch) -> None:
    name = batches.lease_name(batch)
    old = lease.take(name=name, holder="old", seconds=-1)
    lease.take(name=name, holder="new", seconds=60)
    entries = AuditEntry.objects.count()

    with pytest.raises(lease.LeaseLost):
        batches._sign_portion(batch, name, old or 0)
    assert (Award.objects.count(), StagedMail.objects.filter(kind="badges.awarded").count()) == (0, 0)
    assert AuditEntry.objects.count() == entries


def test_the_database_takes_no_second_award_in_one_place_of_a_list(bench: Bench) -> None:
    first, second = bench.give("a@example.org"), bench.give("b@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=second.pk).update(status_index=first.status_index)
