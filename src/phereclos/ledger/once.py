"""Doing a thing once per key: double clicks, retries and impatient programs."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import IntegrityError, transaction

from phereclos.ledger.models import IdempotencyKey


class KeyReused(Exception):
    """The key was used before for something else; nothing was done."""


def remember(*, scope: str, key: str, content: Any) -> tuple[IdempotencyKey, bool]:
    """Claim a key inside the caller's transaction. Returns the row and whether it is new.

    `content` is anything JSON can write; the same key with other content raises KeyReused. When the row is not new its
    `result` names what was made the first time. On PostgreSQL a second claimer waits until the first commits.
    """
    text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(scope=scope, key=key, fingerprint=fingerprint), True
    except IntegrityError:
        row = IdempotencyKey.objects.get(scope=scope, key=key)
    if row.fingerprint != fingerprint:
        raise KeyReused(f"the key {key} was already used for something else")
    return row, False


def settle(row: IdempotencyKey, result: str) -> None:
    """Note what was made, for whoever comes again with the key."""
    row.result = result
    row.save(update_fields=["result"])
