"""The invented clusters as files (`content/demo/`), read into shapes. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

CLUSTERS = ("tarnhaven", "alzirela")


@dataclass(frozen=True, slots=True)
class PersonFile:
    name: str
    role: str
    deputy: bool = False
    left: int = 0  # days before the day of loading; 0: still there


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """An organisation; `joined`, `left` and `asked` are days before the day of loading."""

    key: str
    name: str
    kind: str
    place: str
    about: str
    people: tuple[PersonFile, ...]
    country: str
    joined: int = 0
    left: int = 0
    left_reason: str = ""
    asked: int = 0
    replaces: str = ""
    answers: str = "usually"  # promptly, usually, slowly: how it answers requests


@dataclass(frozen=True, slots=True)
class NeedFile:
    """A text that organisations `by` may post; `suits` names who is asked, in this order."""

    title: str
    topic: str
    subject: str
    ages: tuple[int, int]
    setting: str
    place: str
    size: int
    way: str
    minutes: int
    by: tuple[str, ...]
    suits: tuple[str, ...]
    question: str
    note: str
    access: str = ""


@dataclass(frozen=True, slots=True)
class OfferFile:
    by: str
    title: str
    topic: str
    subject: str
    ages: tuple[int, int]
    setting: str
    place: str
    size: int
    minutes: int
    when: str
    cost: str
    languages: str
    what: str
    access: str = ""


@dataclass(frozen=True, slots=True)
class LogbookFile:
    point: int
    days: int
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class ClusterFile:
    key: str
    name: str
    region: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    founded: int
    aims: str
    blueprint: str
    charters: tuple[tuple[int, str], ...]  # days before, text
    organisations: tuple[OrganisationFile, ...]
    asked: tuple[OrganisationFile, ...]
    invitations: tuple[tuple[int, str, str], ...]  # days before, mailbox, organisation
    logbook: tuple[LogbookFile, ...]
    needs: tuple[NeedFile, ...]
    offers: tuple[OfferFile, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What people write while they agree, meet and look back (`words.yaml`)."""

    lists: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.lists[name]


def clusters() -> list[ClusterFile]:
    return [_cluster(key) for key in CLUSTERS]


def words() -> Words:
    return Words(_load("words"))


def _load(name: str) -> Any:
    path: Path = settings.CONTENT_DIR / "demo" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _cluster(key: str) -> ClusterFile:
    people, exchange = _load(key), _load(f"{key}-exchange")
    cluster = people["cluster"]
    country = cluster["country"]
    return ClusterFile(
        key=key,
        name=cluster["name"],
        region=cluster["region"],
        countries=tuple(cluster.get("countries", [country])),
        languages=tuple(cluster["languages"]),
        founded=cluster["founded"],
        aims=cluster["aims"].strip(),
        blueprint=cluster["blueprint"],
        charters=tuple((row["written"], row["text"].strip()) for row in people["charters"]),
        organisations=tuple(_organisation(row, country) for row in people["organisations"]),
        asked=tuple(_organisation(row, country) for row in people["asked"]),
        invitations=tuple((row["invited"], row["email"], row["organisation"]) for row in people["invitations"]),
        logbook=tuple(LogbookFile(**row) for row in people["logbook"]),
        needs=tuple(NeedFile(**_with_tuples(row)) for row in exchange["needs"]),
        offers=tuple(OfferFile(**_with_tuples(row)) for row in exchange["offers"]),
    )


def _organisation(row: dict[str, Any], country: str) -> OrganisationFile:
    people = tuple(PersonFile(**person) for person in row["people"])
    return OrganisationFile(**{"country": country, **row, "people": people})


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
