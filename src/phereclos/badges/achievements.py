"""Reading the achievements of `content/achievements/`: the roles and the shared family for learners. Idempotent.

A file is a mapping: kind (role | learner), name, description, criteria (Markdown), not_proved (list of sentences),
alignments (list of {framework, code}), setting, subject, shape, glyph, alt, version. Errors name file and key.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError

from phereclos.badges import artwork
from phereclos.badges.models import Achievement

KEYS = {
    "kind", "name", "description", "criteria", "not_proved", "alignments",
    "setting", "subject", "shape", "glyph", "alt", "version",
}  # fmt: skip


class ContentError(Exception):
    """A content file cannot be used; `str()` is one sentence that names it."""


def load(folder: Path | None = None) -> tuple[int, int]:
    """Bring the rows up to the files; returns how many were new and how many changed. Unchanged files cost one query.

    A role that was combined with programmes changes for future combinations only.
    """
    content = folder or settings.CONTENT_DIR
    frameworks = _read(content / "frameworks" / "competences.yaml")
    known = dict(Achievement.objects.filter(issuer=None).values_list("slug", "fingerprint"))
    new = changed = 0
    for path in sorted((content / "achievements").glob("*.yaml")):
        fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
        if known.get(path.stem) == fingerprint:
            continue
        _save(path.stem, _checked(path, frameworks), fingerprint)
        new, changed = (new, changed + 1) if path.stem in known else (new + 1, changed)
    return new, changed


def _save(slug: str, values: dict[str, Any], fingerprint: str) -> None:
    row = Achievement.objects.filter(slug=slug, issuer=None).first() or Achievement(slug=slug)
    for name, value in values.items():
        setattr(row, name, value)
    row.fingerprint = fingerprint
    try:
        row.full_clean()
    except ValidationError as error:
        raise ContentError(f"{slug}.yaml: {'; '.join(error.messages)}") from error
    row.save()


def _checked(path: Path, frameworks: dict[str, Any]) -> dict[str, Any]:
    values = _read(path)
    if set(values) != KEYS:
        raise ContentError(f"{path.name}: missing or unknown: {', '.join(sorted(set(values) ^ KEYS))}.")
    values["alignments"] = [_alignment(path, frameworks, one) for one in values["alignments"]]
    values["criteria"] = values["criteria"].strip()
    try:
        artwork.compose(values["shape"], values["setting"], values["subject"], values["glyph"], "", "")
    except ValueError as error:
        raise ContentError(f"{path.name}: {error}") from error
    return values


def _alignment(path: Path, frameworks: dict[str, Any], given: dict[str, str]) -> dict[str, str]:
    framework = frameworks.get(given["framework"])
    if framework is None or given["code"] not in framework["competences"]:
        raise ContentError(f"{path.name}: {given['framework']} {given['code']} is not in competences.yaml.")
    return {
        "framework": framework["title"],
        "code": given["code"],
        "name": framework["competences"][given["code"]],
        "url": framework["url"],
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise ContentError(f"{path.name} does not hold keys and values.")
    return found
