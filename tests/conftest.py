"""Settings and cast for all tests."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="phereclos-tests-"))
os.environ.setdefault("SECRET_KEY", "tests-only-secret-key-of-more-than-32-letters")
os.environ.setdefault("KEY_SECRET", "tests-only-key-secret-of-more-than-32-letters")
os.environ.setdefault("PUBLIC_URL", "http://127.0.0.1:8000")
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)

pytest_plugins = ["tests.cast"]
