"""Blueprints: a cluster's configuration without its people, read from `content/blueprints/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

POINTS_FILE = "reference_points.yaml"


class BlueprintError(Exception):
    """A blueprint file does not hold what a blueprint needs; `str()` names file and member."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A title and what it means: a founding step with its help, a reference point with its question."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a new cluster starts with. `charter` is Markdown in which {cluster} stands for the name."""

    slug: str
    name: str
    summary: str
    aims_hint: str
    founding_steps: tuple[Pair, ...]
    reference_points: tuple[Pair, ...]
    charter: str

    def charter_for(self, cluster: str) -> str:
        return self.charter.replace("{cluster}", cluster)


@lru_cache(maxsize=1)
def blueprints() -> dict[str, Blueprint]:
    """All blueprints by slug, in the order of their names. Raises BlueprintError."""
    return read(settings.CONTENT_DIR / "blueprints")


def read(folder: Path) -> dict[str, Blueprint]:
    points = _pairs(folder / POINTS_FILE, _load(folder / POINTS_FILE), "question")
    files = sorted(path for path in folder.glob("*.yaml") if path.name != POINTS_FILE)
    return {path.stem: _blueprint(path, points) for path in files}


def _blueprint(path: Path, points: tuple[Pair, ...]) -> Blueprint:
    data = _load(path)
    return Blueprint(
        slug=path.stem,
        name=_text(path, data, "name"),
        summary=_text(path, data, "summary"),
        aims_hint=_text(path, data, "aims_hint"),
        founding_steps=_pairs(path, data.get("founding_steps"), "help"),
        reference_points=points,
        charter=_text(path, data, "charter"),
    )


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _pairs(path: Path, rows: Any, second: str) -> tuple[Pair, ...]:
    if not isinstance(rows, list) or not rows:
        raise BlueprintError(f"{path.name}: a list with title and {second} is needed")
    return tuple(Pair(_text(path, row, "title"), _text(path, row, second)) for row in rows)


def _text(path: Path, data: Any, name: str) -> str:
    value = data.get(name) if isinstance(data, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise BlueprintError(f"{path.name}: {name} is missing or empty")
    return value.strip()
