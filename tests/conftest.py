"""What all tests share; the cast stands in cast.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

pytest_plugins = ["tests.cast"]


@pytest.fixture(autouse=True, scope="session")
def static_files_under_their_own_names() -> Iterator[None]:
    """Pages render without collecting the static files first."""
    from django.conf import settings

    settings.STATIC_ROOT.mkdir(exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield
