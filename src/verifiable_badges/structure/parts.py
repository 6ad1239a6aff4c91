"""The rules that parts of badges have in common. Each raises `InvalidCredential` with a sentence."""

import re
from collections.abc import Mapping
from typing import Any, NoReturn

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.structure.values import as_list, only, types

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def has_type(node: Any, what: str, kind: str) -> None:
    """An object that names this type."""
    if not isinstance(node, Mapping):
        fail("part_missing", f"{what} is missing, or is not described as it must be.")
    if kind not in types(node):
        fail("type_missing", f"{what} does not say that it is of the type {kind}.")


def address(value: Any, what: str) -> None:
    """A complete address."""
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
        fail("id_missing", f"{what} has no id that is a complete address.")


def profile(value: Any, what: str, *, may_be_address: bool) -> None:
    """A Profile, or where the standard allows it the address of one."""
    if isinstance(value, str) and may_be_address:
        return address(value, what)
    has_type(value, what, "Profile")
    address(value.get("id"), what)
    image(value.get("image"), f"The picture of {what.lower()}")
    for identifier in as_list(value.get("otherIdentifier")):
        has_type(identifier, f"Another name of {what.lower()}", "IdentifierEntry")
    if "parentOrg" in value:
        profile(value["parentOrg"], f"The organisation above {what.lower()}", may_be_address=False)


def image(value: Any, what: str) -> None:
    """An Image object, if there is one."""
    if value is not None:
        has_type(only(value), what, "Image")
        address(only(value).get("id"), what)


def is_text(value: Any) -> bool:
    """A text, or a text with its language."""
    text = value.get("@value") if isinstance(value, Mapping) else value
    return isinstance(text, str) and bool(text.strip())


def fail(code: str, message: str) -> NoReturn:
    """Raise `InvalidCredential`."""
    raise InvalidCredential(code, message)
