"""What every template knows about acting on behalf."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def acting(request: HttpRequest) -> dict[str, Any]:
    """`acting`: the present Representative of this request, or None."""
    return {"acting": getattr(request, "acting", None)}
