"""The real cases, loaded once for a module; and small invented ones for tests of the loader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import transaction

from phereclos.knowledge import loading

CASES = settings.CONTENT_DIR / "cases"


@pytest.fixture(scope="module")
def _loaded_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        outermost = transaction.atomic()
        outermost.__enter__()
        loading.load(folder=CASES)
        yield
        transaction.set_rollback(True)
        outermost.__exit__(None, None, None)


@pytest.fixture
def cases(_loaded_once: None, db: None) -> None:
    """All cases of content/cases in the database."""


def facts(slug: str = "tide-school", **changes: Any) -> dict[str, Any]:
    """The facts of an invented case."""
    return {
        "slug": slug, "title": "Tide School", "country": "AT", "region_or_city": "Tarnhaven",
        "lead_organisation": "Museum of Tides", "lead_type": "museum_science_centre", "partner_types": ["school"],
        "settings": ["formal"], "age_range": None, "started": None, "status": "unknown", "themes": ["mentoring"],
        "summary": "An invented case for tests.", "how_it_works": ["Classes measure the tide."],
        "evidence": [{"result": "12 classes came.", "year": None, "kind": "reach", "source": 0,
                      "strength": "counted", "finding": "only_counted"}],
        "transferable": ["The tide table"], "conditions": ["A sea"],
        "sources": [{"title": "Museum of Tides: report", "url": "https://museum.example.org/report"}],
        "confidence": "low",
    } | changes  # fmt: skip


def outcome(strength: str, finding: str, **changes: Any) -> dict[str, Any]:
    return {
        "result": f"An invented result, {strength} and {finding}.", "year": 2020, "kind": "outcome", "source": 0,
        "strength": strength, "finding": finding, "judged": "Invented.",
    } | changes  # fmt: skip


class Folder:
    """A folder of case files, written by the test."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, slug: str = "tide-school", body: str = "", **changes: Any) -> None:
        text = yaml.safe_dump(facts(slug, **changes), allow_unicode=True)
        (self.path / f"{slug}.md").write_text(f"---\n{text}---\n{body}", encoding="utf-8")

    def load(self) -> loading.Report:
        return loading.load(folder=self.path)


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Folder:
    return Folder(tmp_path)
