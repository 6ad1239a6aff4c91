"""Reading the case files of content/cases: YAML facts between two lines `---`, then the text, where there is one.

Strict on purpose: what a file may say is written down here, and a file that says something else is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django_countries import countries

from phereclos.knowledge.choices import Confidence, EvidenceKind, Finding, Status, Strength, themes
from phereclos.knowledge.content import Content
from phereclos.organisations.kinds import Kind, Setting

FACTS_READ_ON = date(2026, 11, 23)

REQUIRED = frozenset({
    "slug", "title", "country", "region_or_city", "lead_organisation", "lead_type", "partner_types", "settings",
    "age_range", "started", "status", "themes", "summary", "how_it_works", "evidence", "transferable", "conditions",
    "sources", "confidence",
})  # fmt: skip
OPTIONAL = frozenset({"checked_on"})
EVIDENCE_KEYS = frozenset(["result", "year", "kind", "source", "strength", "finding", "judged"])


class CaseFileError(Exception):
    """A file cannot be used; `str()` is one sentence with its name and what to change."""


def read_all(folder: Path) -> Iterator[tuple[str, Content]]:
    """Slug and content of every case file, by name. Raises CaseFileError."""
    for path in sorted(folder.glob("*.md")):
        if path.stem.isupper():  # README.md and the like
            continue
        yield path.stem, read(path)


def read(path: Path) -> Content:
    try:
        return _content(*_split(path.read_text(encoding="utf-8")), slug=path.stem)
    except (ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise CaseFileError(f"{path.name}: {error}") from error


def _split(text: str) -> tuple[dict[str, Any], str]:
    if not text.startswith("---\n") or "\n---" not in text[4:]:
        raise ValueError("write the facts between two lines “---” at the top")
    front, _, body = text[4:].partition("\n---")
    facts = yaml.safe_load(front)
    if not isinstance(facts, dict):
        raise ValueError("the part between the lines “---” is not a list of facts")
    return facts, body.strip()


def _content(facts: dict[str, Any], body: str, *, slug: str) -> Content:
    _keys(facts, REQUIRED, OPTIONAL, "the case")
    if facts["slug"] != slug:
        raise ValueError(f"slug is “{facts['slug']}”, the file is called “{slug}”")
    low, high = _ages(facts["age_range"])
    sources = [{"title": _text(source, "title"), "url": _address(source)} for source in facts["sources"]]
    return {
        "title": _text(facts, "title"),
        "country": _one(facts["country"], dict(countries), "country"),
        "place": facts["region_or_city"] or "",
        "lead_organisation": _text(facts, "lead_organisation"),
        "lead_kind": _one(facts["lead_type"], Kind.values, "lead_type"),
        "started": _year(facts["started"], "started"),
        "status": _one(facts["status"], Status.values, "status"),
        "age_from": low,
        "age_to": high,
        "summary": _text(facts, "summary"),
        "body": body,
        "confidence": _one(facts["confidence"], Confidence.values, "confidence"),
        "checked_on": facts.get("checked_on", FACTS_READ_ON).isoformat(),
        "partner_kinds": _some(facts["partner_types"], Kind.values, "partner_types"),
        "settings": _some(facts["settings"], Setting.values, "settings"),
        "themes": _some(facts["themes"], themes(), "themes"),
        "how_it_works": _lines(facts, "how_it_works"),
        "evidence": [_evidence(item, len(sources)) for item in facts["evidence"]],
        "take_overs": _lines(facts, "transferable"),
        "conditions": _lines(facts, "conditions"),
        "sources": sources,
    }


def _evidence(item: Mapping[str, Any], sources: int) -> Content:
    _keys(item, EVIDENCE_KEYS - {"judged"}, {"judged"}, "an evidence item")
    kind = _one(item["kind"], EvidenceKind.values, "kind")
    strength = _one(item["strength"], Strength.values, "strength")
    finding = _one(item["finding"], Finding.values, "finding")
    if kind != EvidenceKind.OUTCOME and (strength, finding) != (Strength.COUNTED, Finding.ONLY_COUNTED):
        raise ValueError(f"{kind} is always counted and only_counted: {item['result'][:60]}…")
    if item["source"] not in range(sources):
        raise ValueError(f"source {item['source']} is not one of the {sources} sources, counted from 0")
    return {
        "result": _text(item, "result"),
        "year": _year(item["year"], "year"),
        "kind": kind,
        "source": item["source"] + 1,
        "strength": strength,
        "finding": finding,
        "judged": " ".join(item.get("judged", "").split()),
    }


def _keys(given: Mapping[str, Any], required: frozenset[str], optional: frozenset[str] | set[str], where: str) -> None:
    if missing := required - given.keys():
        raise ValueError(f"{where} has no {', '.join(sorted(missing))}")
    if unknown := given.keys() - required - optional:
        raise ValueError(f"{where} has {', '.join(sorted(map(str, unknown)))}, which nothing reads")


def _text(given: Mapping[str, Any], key: str) -> str:
    text = given[key]
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{key} has no text")
    return " ".join(text.split())


def _lines(facts: Mapping[str, Any], key: str) -> list[str]:
    return [_text({key: line}, key) for line in facts[key]]


def _one(value: Any, allowed: Sequence[str] | Mapping[str, Any], key: str) -> str:
    if value not in allowed:
        raise ValueError(f"{key} is “{value}”, which is not in the list")
    return str(value)


def _some(values: Sequence[Any] | None, allowed: Sequence[str] | Mapping[str, Any], key: str) -> list[str]:
    return [_one(value, allowed, key) for value in values or ()]


def _year(value: Any, key: str) -> int | None:
    if value is not None and not (isinstance(value, int) and 1800 <= value <= 2100):
        raise ValueError(f"{key} is “{value}”; write a year or null")
    return value


def _ages(value: Any) -> tuple[int | None, int | None]:
    if value is None:
        return None, None
    low, high = value
    if not 0 <= low <= high <= 99:
        raise ValueError(f"age_range is “{value}”; write the youngest and the oldest age")
    return low, high


def _address(source: Mapping[str, Any]) -> str:
    url = _text(source, "url")
    if not url.startswith(("https://", "http://")):
        raise ValueError(f"the source address “{url}” does not start with https:// or http://")
    return url
