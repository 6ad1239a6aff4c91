"""What an assertion, a badge class and an issuer's profile must have (Open Badges 2.0 section 3; 1.1)."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.structure import as_list, types
from verifiable_badges.structure.parts import fail, is_text
from verifiable_badges.verifying.openbadges2.documents import V2, Badge, identifier, is_version_2, verification

_V1 = "https://w3id.org/openbadges/v1"
_IDENTITY = ("identity", "type")


def check_badge(badge: Badge) -> None:
    """Refuse a badge that lacks a part. Raises `InvalidCredential`."""
    check_assertion(badge.assertion)
    newer = is_version_2(badge.assertion)
    _check_type(badge.badge_class, "The badge class", {"BadgeClass"}, needed=newer)
    for name in ("name", "description", "image", "criteria"):
        if not badge.badge_class.get(name):
            fail(f"badge_{name}_missing", f"The badge class has no {name}.")
    _check_type(badge.issuer, "The issuer", {"Issuer", "Profile"}, needed=newer)
    for name in ("name", "url"):
        if not is_text(badge.issuer.get(name)):
            fail(f"issuer_{name}_missing", f"The issuer has no {name}.")


def check_assertion(assertion: Mapping[str, Any]) -> None:
    """The assertion alone."""
    contexts = as_list(assertion.get("@context"))
    if contexts and not {V2, _V1} & {one for one in contexts if isinstance(one, str)}:
        fail("context_order", "The badge is not written in the vocabulary of Open Badges 2.0 or 1.1.")
    newer = is_version_2(assertion)
    _check_type(assertion, "The badge", {"Assertion"}, needed=newer)
    if not identifier(assertion):
        fail("id_missing", "The badge has no id.")
    if newer and not verification(assertion):
        fail("verification_missing", "The badge does not say how it is to be verified.")
    if "issuedOn" not in assertion:
        fail("valid_from_missing", "The badge does not say when it was issued.")
    _check_recipient(assertion.get("recipient"), newer=newer)


def _check_recipient(recipient: Any, *, newer: bool) -> None:
    if not newer and is_text(recipient):
        return  # 1.0 writes the mailbox or its hash alone
    if not isinstance(recipient, Mapping) or not all(is_text(recipient.get(name)) for name in _IDENTITY):
        fail("subject_unnamed", "The badge names no recipient.")
    if not isinstance(recipient.get("hashed", None if newer else False), bool):
        fail("identity", "The sign by which to know the recipient is incomplete.")


def _check_type(document: Mapping[str, Any], what: str, wanted: set[str], *, needed: bool) -> None:
    """1.0 knew no types; where there is one, it has to be the right one."""
    kinds = types(document)
    if (needed or kinds) and not wanted & set(kinds):
        fail("type_missing", f"{what} does not say that it is of the type {min(wanted)}.")
