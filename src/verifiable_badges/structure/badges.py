"""Which rules hold for which kind of badge."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.errors import Unsupported
from verifiable_badges.jsonld import check_compact_form
from verifiable_badges.structure.achievement import check_subject
from verifiable_badges.structure.clr import check_record
from verifiable_badges.structure.endorsement import check_endorsement
from verifiable_badges.structure.envelope import check_envelope
from verifiable_badges.structure.kinds import CLR, ENDORSEMENT, OPEN_BADGE_3, kind_of
from verifiable_badges.structure.values import only

BADGES = frozenset({OPEN_BADGE_3, ENDORSEMENT, CLR})
"""The kinds that have one way to say each thing, and nothing in them that their vocabularies do not know."""


def check_structure(document: Mapping[str, Any], *, is_compact: bool = False) -> None:
    """Refuse what is not a whole Open Badge 3.0, endorsement or learner record, in the form of VC 2.0 or 1.1.

    `is_compact`: that it is written in the short form of its vocabularies is known already.

    Raises `InvalidCredential`, `InvalidDocument` where there are two readings, `UnknownContext`, and `Unsupported` for
    other kinds.
    """
    kind = kind_of(document)
    if kind not in BADGES:
        raise Unsupported("not_a_badge", "This is not an Open Badge.")
    if not is_compact:
        check_compact_form(document)
    check_envelope(document, is_record=kind == CLR)
    subject = only(document.get("credentialSubject"))
    if kind == OPEN_BADGE_3:
        check_subject(subject)
    elif kind == CLR:
        check_record(subject)
    else:
        check_endorsement(document, subject)
