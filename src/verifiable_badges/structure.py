"""The shape of an Open Badge, checked by hand-written rules (Open Badges 3.0 section B.1; VC Data Model 2.0 section 4).

Each rule raises `InvalidCredential` with a sentence. Dates are only asked to be there; `verifying` judges them.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from verifiable_badges.errors import InvalidCredential, Unsupported
from verifiable_badges.jsonld import CREDENTIALS_V1, CREDENTIALS_V2, check_compact_form

OPEN_BADGE_3, ENDORSEMENT, OPEN_BADGES_2, CREDENTIAL = "open_badge_3", "endorsement", "openbadges2", "credential"

_OPEN_BADGES_CONTEXT = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(?:-3\.\d+\.\d+)?\.json")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_BADGE_TYPES = {"AchievementCredential", "OpenBadgeCredential"}

Rule = Callable[[Any, str], None]


def kind_of(document: Mapping[str, Any]) -> str:
    """What sort of document this claims to be: `open_badge_3`, `endorsement`, `openbadges2` or `credential`."""
    kinds = set(types(document))
    if kinds & _BADGE_TYPES:
        return OPEN_BADGE_3
    if "EndorsementCredential" in kinds:
        return ENDORSEMENT
    if "Assertion" in kinds or "https://w3id.org/openbadges/v2" in as_list(document.get("@context")):
        return OPEN_BADGES_2
    return CREDENTIAL


def claims_to_be_credential(document: Mapping[str, Any]) -> bool:
    """Whether anything about it says credential: its type, an issuer, a subject or a proof; `{"a": 1}` has none."""
    if kind_of(document) != CREDENTIAL or "VerifiableCredential" in types(document):
        return True
    return any(name in document for name in ("issuer", "credentialSubject", "proof"))


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
    _check_envelope(document)
    if kind == OPEN_BADGE_3:
        _check_subject(only(document.get("credentialSubject")))
    else:
        _check_endorsement(document, only(document.get("credentialSubject")))


def types(node: object) -> list[str]:
    """The types of an object, [] if it has none."""
    value = node.get("type") if isinstance(node, Mapping) else None
    return [kind for kind in as_list(value) if isinstance(kind, str)]


def as_list(value: Any) -> list[Any]:
    """JSON-LD writes one value with or without its list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def only(value: Any) -> Any:
    """The one value, also where it stands alone in a list; None if there is none or several."""
    return value[0] if isinstance(value, list) and len(value) == 1 else None if isinstance(value, list) else value


def issuer_id(document: Mapping[str, Any]) -> str:
    """The id of the issuer, "" if it is not named."""
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    return found if isinstance(found, str) else ""


def _check_envelope(document: Mapping[str, Any]) -> None:
    """What every credential has around its subject."""
    contexts = document["@context"] if isinstance(document["@context"], list) else [document["@context"]]
    if contexts[0] not in (CREDENTIALS_V1, CREDENTIALS_V2):
        _fail("context_order", "The badge does not name the vocabulary of verifiable credentials first.")
    if len(contexts) < 2 or not _OPEN_BADGES_CONTEXT.fullmatch(contexts[1]):
        _fail("context_order", "The badge does not name the vocabulary of Open Badges 3.0 second.")
    _has_type(document, "The badge", "VerifiableCredential")
    _address(document.get("id"), "The badge")
    _profile(document.get("issuer"), "The issuer", may_be_address=True)
    older = contexts[0] == CREDENTIALS_V1
    if ("issuanceDate" if older else "validFrom") not in document:
        _fail("valid_from_missing", "The badge does not say from when it holds.")
    if older and not _is_text(document.get("name")):
        _fail("name_missing", "The badge has no name, which this form of badges needs.")
    for evidence in as_list(document.get("evidence")):
        _has_type(evidence, "The evidence", "Evidence")
    _image(document.get("image"), "The badge's picture")


def _check_subject(subject: Any) -> None:
    _has_type(subject, "The recipient", "AchievementSubject")
    if "id" in subject:
        _address(subject["id"], "The recipient")
    elif not as_list(subject.get("identifier")):
        _fail("subject_unnamed", "The badge names no recipient, neither by id nor by another sign.")
    for identity in as_list(subject.get("identifier")):
        _has_type(identity, "The sign of the recipient", "IdentityObject")
        if not isinstance(identity.get("hashed"), bool) or not _is_text(identity.get("identityHash")):
            _fail("identity", "The sign by which to know the recipient is incomplete.")
    if "source" in subject:
        _profile(subject["source"], "The assessor", may_be_address=True)
    _image(subject.get("image"), "The recipient's picture")
    for result in as_list(subject.get("result")):
        _has_type(result, "The result", "Result")
    _check_achievement(only(subject.get("achievement")))


def _check_achievement(achievement: Any) -> None:
    _has_type(achievement, "The achievement", "Achievement")
    _address(achievement.get("id"), "The achievement")
    for name in ("name", "description"):
        if not _is_text(achievement.get(name)):
            _fail(f"achievement_{name}_missing", f"The achievement has no {name}.")
    criteria = only(achievement.get("criteria"))
    if not isinstance(criteria, Mapping) or not (_is_text(criteria.get("narrative")) or _is_text(criteria.get("id"))):
        _fail("criteria_missing", "The achievement does not say what had to be done.")
    for alignment in as_list(achievement.get("alignment")):
        _has_type(alignment, "The alignment", "Alignment")
        if not _is_text(alignment.get("targetName")) or not _is_text(alignment.get("targetUrl")):
            _fail("alignment", "A place in a framework of skills is named without its name or address.")
    for related in as_list(achievement.get("related")):
        _has_type(related, "The related achievement", "Related")
    if "creator" in achievement:
        _profile(achievement["creator"], "The creator of the achievement", may_be_address=True)
    _image(achievement.get("image"), "The achievement's picture")


def _check_endorsement(document: Mapping[str, Any], subject: Any) -> None:
    if not _is_text(document.get("name")):
        _fail("name_missing", "The endorsement has no name.")
    _has_type(subject, "What is endorsed", "EndorsementSubject")
    _address(subject.get("id"), "What is endorsed")


def _profile(profile: Any, what: str, *, may_be_address: bool) -> None:
    if isinstance(profile, str) and may_be_address:
        return _address(profile, what)
    _has_type(profile, what, "Profile")
    _address(profile.get("id"), what)
    _image(profile.get("image"), f"The picture of {what.lower()}")


def _image(image: Any, what: str) -> None:
    if image is not None:
        _has_type(only(image), what, "Image")
        _address(only(image).get("id"), what)


def _has_type(node: Any, what: str, kind: str) -> None:
    if not isinstance(node, Mapping):
        _fail("part_missing", f"{what} is missing, or is not described as it must be.")
    if kind not in types(node):
        _fail("type_missing", f"{what} does not say that it is of the type {kind}.")


def _address(value: Any, what: str) -> None:
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
        _fail("id_missing", f"{what} has no id that is a complete address.")


def _is_text(value: Any) -> bool:
    """A text, or a text with its language."""
    text = value.get("@value") if isinstance(value, Mapping) else value
    return isinstance(text, str) and bool(text.strip())


def _fail(code: str, message: str) -> None:
    raise InvalidCredential(code, message)
