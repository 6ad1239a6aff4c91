"""Addresses made from names."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.text import slugify


def free_slug(model: type[models.Model], name: str, *, fallback: str) -> str:
    """A slug nobody has now; of two who ask at once the database refuses one, and its caller asks again."""
    base = slugify(name)[:60].strip("-") or fallback
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken and base not in RESERVED:
        return base
    return f"{base}-{secrets.token_hex(3)}"


# Words that stand in the same place of an address.
RESERVED = {"new", "found", "invitation", "organisation", "cluster"}
