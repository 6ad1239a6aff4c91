"""The subject of an Open Badge and the achievement it made (Open Badges 3.0 sections B.1.2 and B.1.3)."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.structure.parts import address, fail, has_type, image, is_text, profile
from verifiable_badges.structure.values import as_list, only


def check_subject(subject: Any) -> None:
    """An AchievementSubject, known by its id or by another sign."""
    has_type(subject, "The recipient", "AchievementSubject")
    if "id" in subject:
        address(subject["id"], "The recipient")
    elif not as_list(subject.get("identifier")):
        fail("subject_unnamed", "The badge names no recipient, neither by id nor by another sign.")
    check_identities(subject)
    if "source" in subject:
        profile(subject["source"], "The assessor", may_be_address=True)
    image(subject.get("image"), "The recipient's picture")
    for result in as_list(subject.get("result")):
        has_type(result, "The result", "Result")
    check_achievement(only(subject.get("achievement")))


def check_identities(subject: Mapping[str, Any]) -> None:
    """The identity objects of a subject."""
    for identity in as_list(subject.get("identifier")):
        has_type(identity, "The sign of the recipient", "IdentityObject")
        if not isinstance(identity.get("hashed"), bool) or not is_text(identity.get("identityHash")):
            fail("identity", "The sign by which to know the recipient is incomplete.")


def check_achievement(achievement: Any) -> None:
    """An Achievement, whole enough to say what was done for it."""
    has_type(achievement, "The achievement", "Achievement")
    address(achievement.get("id"), "The achievement")
    for name in ("name", "description"):
        if not is_text(achievement.get(name)):
            fail(f"achievement_{name}_missing", f"The achievement has no {name}.")
    criteria = only(achievement.get("criteria"))
    if not isinstance(criteria, Mapping) or not (is_text(criteria.get("narrative")) or is_text(criteria.get("id"))):
        fail("criteria_missing", "The achievement does not say what had to be done.")
    for alignment in as_list(achievement.get("alignment")):
        has_type(alignment, "The alignment", "Alignment")
        if not is_text(alignment.get("targetName")) or not is_text(alignment.get("targetUrl")):
            fail("alignment", "A place in a framework of skills is named without its name or address.")
    for related in as_list(achievement.get("related")):
        has_type(related, "The related achievement", "Related")
    for description in as_list(achievement.get("resultDescription")):
        has_type(description, "The description of results", "ResultDescription")
    for identifier in as_list(achievement.get("otherIdentifier")):
        has_type(identifier, "Another name of the achievement", "IdentifierEntry")
    if "creator" in achievement:
        profile(achievement["creator"], "The creator of the achievement", may_be_address=True)
    image(achievement.get("image"), "The achievement's picture")
