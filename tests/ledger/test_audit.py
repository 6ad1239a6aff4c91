"""The chain of audit entries: one for each change, and any tampering shows."""

from __future__ import annotations

import pytest
from django.db import transaction

from phereclos.ledger import audit
from phereclos.ledger.models import AuditEntry, ChainHead

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def three() -> list[AuditEntry]:
    with transaction.atomic():
        return [audit.record(who="person:1", verb="test.act", what=f"thing:{n}", details={"n": n}) for n in range(3)]


def test_an_untouched_chain_is_whole(three: list[AuditEntry]) -> None:
    assert list(audit.broken_links()) == []


def test_a_changed_entry_shows(three: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=three[1].pk).update(who="person:2")

    assert list(audit.broken_links()) == [f"Audit entry {three[1].pk} was changed after it was written."]


def test_a_removed_entry_shows(three: list[AuditEntry]) -> None:
    three[1].delete()

    assert any("removed or put in" in sentence for sentence in audit.broken_links())


def test_a_removed_end_shows(three: list[AuditEntry]) -> None:
    three[2].delete()

    assert any("at the end were removed" in sentence for sentence in audit.broken_links())


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        audit.record(who="person:1", verb="test.act", what="thing:1")


@pytest.mark.django_db(transaction=True)
def test_an_entry_falls_with_its_change() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(who="person:1", verb="test.act", what="thing:1")
        _ = 1 / 0

    assert not AuditEntry.objects.exists()
    assert not ChainHead.objects.exclude(digest="").exists()
