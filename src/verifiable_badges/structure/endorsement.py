"""The subject of an endorsement (Open Badges 3.0 section B.1.9)."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.structure.parts import address, fail, has_type, is_text


def check_endorsement(document: Mapping[str, Any], subject: Any) -> None:
    """An endorsement has a name, and names what is endorsed."""
    if not is_text(document.get("name")):
        fail("name_missing", "The endorsement has no name.")
    has_type(subject, "What is endorsed", "EndorsementSubject")
    address(subject.get("id"), "What is endorsed")
