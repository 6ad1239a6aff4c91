"""The schemas that a credential itself declares (`credentialSchema`, VC Data Model 2.0 section 4.11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verifiable_badges.errors import CannotDecide, VerifiableBadgesError
from verifiable_badges.report import Outcome
from verifiable_badges.schemas.bundle import kinds_by_url
from verifiable_badges.schemas.checking import check_schema

_MAX_DECLARED = 8


@dataclass(frozen=True, slots=True)
class DeclaredSchema:
    """One entry of `credentialSchema` and whether the credential fits it. `path` is where it does not."""

    id: str
    type: str
    outcome: Outcome
    code: str
    reason: str
    path: str = ""


def declared_schemas(document: Mapping[str, Any]) -> list[DeclaredSchema]:
    """Each schema the credential declares, in its order. Schemas that are not bundled could not be checked.

    1EdTech's addresses are known in both forms, `/schema/json/` and `/schema/json-ld/`. The bundled files are of the
    second, which also accepts one value without its list; so "passed" under an address of the first form leaves open
    whether all lists are there.
    """
    declared = document.get("credentialSchema")
    entries = declared if isinstance(declared, list) else [] if declared is None else [declared]
    return [_checked(document, entry, place) for place, entry in enumerate(entries)]


def _checked(document: Mapping[str, Any], entry: object, place: int) -> DeclaredSchema:
    address, kind = _named(entry)
    if not address or not kind:
        reason = "The badge declares a schema without saying which one."
        return DeclaredSchema(address, kind, Outcome.FAILED, "schema_unnamed", reason, f"credentialSchema[{place}]")
    known = kinds_by_url().get(address)
    if known is None or place >= _MAX_DECLARED:
        reason = "The badge declares a schema that is not bundled here, so it was not compared with it."
        return DeclaredSchema(address, kind, Outcome.UNKNOWN, "schema_unknown", reason)
    try:
        check_schema(document, known)
    except VerifiableBadgesError as error:
        outcome = Outcome.UNKNOWN if isinstance(error, CannotDecide) else Outcome.FAILED
        return DeclaredSchema(address, kind, outcome, error.code, error.message, getattr(error, "path", ""))
    return DeclaredSchema(address, kind, Outcome.PASSED, "schema", "The badge fits the schema that it declares.")


def _named(entry: object) -> tuple[str, str]:
    """Address and type of an entry, "" for what is missing or not a text; of several types the first."""
    if not isinstance(entry, Mapping):
        return "", ""
    address, kind = entry.get("id"), entry.get("type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    return address if isinstance(address, str) else "", kind if isinstance(kind, str) else ""
