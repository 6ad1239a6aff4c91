"""The subject of a comprehensive learner record (CLR 2.0 section B.1.2)."""

from collections.abc import Iterator, Mapping
from typing import Any

from verifiable_badges.structure.achievement import check_achievement, check_identities
from verifiable_badges.structure.parts import address, fail, has_type, is_text
from verifiable_badges.structure.values import as_list, subjects, types


def check_record(subject: Any) -> None:
    """A ClrSubject with at least one credential; its associations speak of achievements that are in it."""
    has_type(subject, "The learner", "ClrSubject")
    if "id" in subject:
        address(subject["id"], "The learner")
    check_identities(subject)
    credentials = as_list(subject.get("verifiableCredential"))
    if not credentials:
        fail("record_empty", "The record holds no credential.")
    for credential in credentials:
        if not isinstance(credential, Mapping) or not types(credential):
            fail("record_part", "Something in the record is not written as a credential.")
    for achievement in as_list(subject.get("achievement")):
        check_achievement(achievement)
    known = None if any(map(_is_enveloped, credentials)) else set(_achievement_ids(subject))
    for association in as_list(subject.get("association")):
        _check_association(association, known)


def _check_association(association: Any, known: set[str] | None) -> None:
    """`known` is None where credentials are in envelopes, whose achievements only opening them would show."""
    has_type(association, "The association", "Association")
    if not is_text(association.get("associationType")):
        fail("association", "The record connects two achievements without saying how.")
    for name in ("sourceId", "targetId"):
        address(association.get(name), "An associated achievement")
        if known is not None and association[name] not in known:
            fail("association_unknown", "The record connects an achievement that is not in it.")


def _is_enveloped(credential: Any) -> bool:
    return "EnvelopedVerifiableCredential" in types(credential)


def _achievement_ids(subject: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the achievements told by the record itself, and by the credentials in it."""
    inner = [one for part in as_list(subject.get("verifiableCredential")) for one in subjects(part)]
    for holder in [subject, *inner]:
        for achievement in as_list(holder.get("achievement")):
            if isinstance(achievement, Mapping) and isinstance(achievement.get("id"), str):
                yield achievement["id"]
