"""The environment of the tests; loaded before Django's settings are (`-p tests.environment` in pyproject.toml)."""

from __future__ import annotations

import os
import tempfile

os.environ.update(
    DATA_DIR=tempfile.mkdtemp(prefix="phereclos-tests-"),
    SECRET_KEY="tests-only-secret-key-of-more-than-32-letters",
    KEY_SECRET="tests-only-key-secret-of-more-than-32-letters",
    PUBLIC_URL="http://127.0.0.1:8000",
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", ""),
    DJANGO_SETTINGS_MODULE="phereclos.settings",
    DEMONSTRATION="1",
)
