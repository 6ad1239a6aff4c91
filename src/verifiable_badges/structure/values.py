"""How JSON-LD writes values: one with or without its list, an issuer as an address or as an object.

Objects are of the type `dict`, as JSON gives them and `limits.check_tree` demands; asking for `Mapping` would cost more
than all else here.
"""

from collections.abc import Mapping
from typing import Any


def types(node: object) -> list[str]:
    """The types of an object, [] if it has none."""
    value = node.get("type") if isinstance(node, dict) else None
    if isinstance(value, str):
        return [value]
    return [kind for kind in value if isinstance(kind, str)] if isinstance(value, list) else []


def as_list(value: Any) -> list[Any]:
    """JSON-LD writes one value with or without its list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def only(value: Any) -> Any:
    """The one value, also where it stands alone in a list; None if there is none or several."""
    return value[0] if isinstance(value, list) and len(value) == 1 else None if isinstance(value, list) else value


def told(document: Mapping[str, Any], *names: str) -> Any:
    """The value under the first of several names of one thing, the newest first; None if there is none.

    `null` says nothing in JSON-LD: anybody may add it to a signed badge, and it must not hide what an older name says.
    """
    return next((document[name] for name in names if document.get(name) is not None), None)


def issuer_id(document: Mapping[str, Any]) -> str:
    """The id of the issuer, "" if it is not named."""
    return party_id(document.get("issuer"))


def party_id(party: object) -> str:
    """The id of a party, which is an address or an object with one; "" if it is not named."""
    found = party.get("id") if isinstance(party, dict) else party
    return found if isinstance(found, str) else ""


def subjects(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The subjects that are objects."""
    return [one for one in as_list(document.get("credentialSubject")) if isinstance(one, dict)]
