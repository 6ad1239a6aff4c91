"""Writing and checking the chain of audit entries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from phereclos.ledger.models import AuditEntry, ChainHead

SYSTEM = "system"


def name_of(thing: models.Model | str) -> str:
    """How the ledger names a row: model and key, for example `request:12`."""
    return thing if isinstance(thing, str) else f"{thing._meta.model_name}:{thing.pk}"


def record(
    *,
    who: models.Model | str,
    verb: str,
    what: models.Model | str,
    for_whom: models.Model | str = "",
    details: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> AuditEntry:
    """Write one entry inside the caller's transaction.

    Raises RuntimeError outside of one, for an entry must stand or fall with its change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit entry is written in the transaction of its change")
    head = take_turn()
    entry = AuditEntry(
        at=at or timezone.now(),
        who=name_of(who),
        for_whom=name_of(for_whom),
        verb=verb,
        what=name_of(what),
        details=details or {},
        previous=head.digest,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    head.digest = entry.digest
    head.save(update_fields=["digest"])
    return entry


def take_turn() -> ChainHead:
    """Wait for the turn to write entries and keep it until the transaction ends; `record` does so by itself.

    Whoever holds the turn locks no further row, and changes no unique column of a row before: at the commit of the
    one before us PostgreSQL looks at the rows it points to, and would wait for us while we wait for it. For the same
    reason rows are locked with `no_key`, which leaves pointing to them free.
    """
    return ChainHead.objects.select_for_update(no_key=True).get_or_create(pk=1)[0]


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 over the entry and the digest before it, as sorted JSON."""
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [entry.previous, moment, entry.who, entry.for_whom, entry.verb, entry.what, entry.details]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken_links() -> Iterator[str]:
    """Sentences about entries that were changed, removed or put in; none for a whole chain."""
    previous = ""
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.previous != previous:
            yield f"Audit entry {entry.pk} does not follow the one before it: an entry was removed or put in."
        if digest_of(entry) != entry.digest:
            yield f"Audit entry {entry.pk} was changed after it was written."
        previous = entry.digest
    head = ChainHead.objects.filter(pk=1).first()
    if (head.digest if head else "") != previous:
        yield "The newest audit entry is not the one the ledger remembers: entries at the end were removed."
