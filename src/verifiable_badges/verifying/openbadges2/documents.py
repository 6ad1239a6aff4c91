"""The documents that one badge is spread over: assertion, badge class, issuer profile, keys."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from verifiable_badges.errors import InvalidCredential, Unavailable, UnreadableInput
from verifiable_badges.json_text import parse
from verifiable_badges.structure import as_list
from verifiable_badges.verifying.world import World

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]{1,2000}", re.ASCII)
V2 = "https://w3id.org/openbadges/v2"


@dataclass(frozen=True, slots=True)
class Badge:
    """An assertion with the badge class and the issuer's profile that it leads to, fetched wherever they have an
    address. `issuer_id` is where the profile was fetched."""

    assertion: dict[str, Any]
    badge_class: dict[str, Any]
    issuer: dict[str, Any]
    issuer_id: str


def gather(assertion: dict[str, Any], world: World) -> Badge:
    """Follow an assertion to its issuer. The profile always comes from its address: anybody can copy one.

    Raises `InvalidCredential` where nothing is named, `Unavailable` for what cannot be had.
    """
    badge_class = _linked(assertion.get("badge"), "The badge", world)
    issuer_id = address_of(badge_class.get("issuer"))
    if not issuer_id:
        raise InvalidCredential("issuer_missing", "The badge does not say at which address its issuer is found.")
    return Badge(assertion, badge_class, fetch_json(issuer_id, world), issuer_id)


def is_version_2(assertion: Mapping[str, Any]) -> bool:
    """Whether it is of 2.0; versions 1.0 and 1.1 have other names for some members."""
    return V2 in as_list(assertion.get("@context"))


def identifier(assertion: Mapping[str, Any]) -> str:
    """The id of an assertion, in versions 1 its `uid`, "" if it has none."""
    found = assertion.get("id", assertion.get("uid"))
    return found if isinstance(found, str) else ""


def verification(assertion: Mapping[str, Any]) -> Mapping[str, Any]:
    """How the assertion says it is to be verified, {} if it does not."""
    found = assertion.get("verification", assertion.get("verify"))
    return found if isinstance(found, Mapping) else {}


def address_of(value: Any) -> str:
    """The http or https address that a document is named by, "" if there is none."""
    name = value.get("id") if isinstance(value, Mapping) else value
    return name if isinstance(name, str) and _ADDRESS.fullmatch(name) else ""


def host_of(address: str) -> str:
    """The host of an address with its port, in small letters; "" for what is none."""
    try:
        return urlsplit(address).netloc.lower() if _ADDRESS.fullmatch(address) else ""
    except ValueError:
        return ""


def fetch_json(address: str, world: World) -> dict[str, Any]:
    """The JSON object at an address, which must not say that it is another one. Raises `Unavailable`, or
    `InvalidCredential`."""
    try:
        document = parse(world.fetch_document(address))
    except UnreadableInput as error:
        raise Unavailable("document_unreadable", f"What lies at {address[:200]} is not a document.") from error
    if not isinstance(document, dict):
        raise Unavailable("document_unreadable", f"What lies at {address[:200]} is not a document.")
    if isinstance(document.get("id"), str) and _ADDRESS.fullmatch(document["id"]) and document["id"] != address:
        raise InvalidCredential("document_other", f"The document at {address[:200]} says that it is another one.")
    return document


def _linked(value: Any, what: str, world: World) -> dict[str, Any]:
    """A document by its address; one that is written in place and has no address, as it is."""
    address = address_of(value)
    if address:
        return fetch_json(address, world)
    if isinstance(value, dict):
        return value
    raise InvalidCredential("part_missing", f"{what} is missing, or is not described as it must be.")
