"""Which rules hold for which kind of badge."""

from collections.abc import Mapping
from typing import Any

from verifiable_badges.errors import Unsupported
from verifiable_badges.jsonld import check_compact_form
from verifiable_badges.structure.achievement import check_subject
from verifiable_badges.structure.endorsement import check_endorsement
from verifiable_badges.structure.envelope import check_envelope
from verifiable_badges.structure.kinds import CREDENTIAL, OPEN_BADGE_3, OPEN_BADGES_2, kind_of
from verifiable_badges.structure.values import only


def check_structure(document: Mapping[str, Any]) -> None:
    """Refuse what is not a whole Open Badges 3.0 credential or endorsement, in the form of VC 2.0 or 1.1.

    Raises `InvalidCredential`, `InvalidDocument` for documents with two readings, `Unsupported` for other credentials.
    """
    kind = kind_of(document)
    if kind == OPEN_BADGES_2:
        raise Unsupported(
            "openbadges2", "This is a badge of the older standard Open Badges 2.0, which is not checked yet."
        )
    if kind == CREDENTIAL:
        raise Unsupported("not_a_badge", "This is not an Open Badge; other credentials are not judged here.")
    check_compact_form(document)
    check_envelope(document)
    if kind == OPEN_BADGE_3:
        check_subject(only(document.get("credentialSubject")))
    else:
        check_endorsement(document, only(document.get("credentialSubject")))
