"""The ground floor alone: the building blocks' addresses, files served from where they lie."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def ground_floor(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
