"""The rules that every credential and presentation has to keep, whatever it is about (VC Data Model 2.0 sections 4, 5).

Open Badges have rules of their own besides (`structure`, `schemas`). What a document's words mean is not asked here:
undefined terms and relative addresses are found when it is signed or its proof is verified.

>>> check_credential({"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"]})
Traceback (most recent call last):
verifiable_badges.errors.InvalidCredential: “issuer” is missing.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidCredential, InvalidDate, InvalidStatusList, Unsupported
from verifiable_badges.jsonld import CREDENTIALS_V1, CREDENTIALS_V2
from verifiable_badges.model.related_resource import RelatedResource, read_multibase
from verifiable_badges.status.entries import BITSTRING, read_entry
from verifiable_badges.structure import as_list, issuer_id

Rule = Callable[[Any, str], None]
"""Gets a value and its path, raises `InvalidCredential` if it breaks the rule."""

# Web addresses need a host.
_URL = re.compile(r"(?!https?:(?!//[^/?#]))[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
# Types may be terms, which the contexts define; what has a colon in it has to be a whole address.
_TERM = re.compile(r"[^\s:<>\"{}|\\^`]+")
_ABOUT_TEXT = frozenset({"@value", "@language", "@direction"})
_SRI = re.compile(r"(?:(?:^|\s+)sha(?:256|384|512)-[A-Za-z0-9+/_-]{32,}={0,2}(?:\?\S*)?)+")
_ENVELOPE = re.compile(r"data:[a-z]+/[A-Za-z0-9.+-]+(?:;[^,\s]*)?,\S+")


def check_credential(credential: object) -> None:
    """Refuse what is no credential of version 2.0 or 1.1. Raises `InvalidCredential` with the first place in `path`.

    Its proof is not looked at, nor whether its dates hold now.
    """
    document = _object(credential, "")
    version = _check_context(document)
    _check_types(document.get("type"), "type", needed="VerifiableCredential")
    _check_optional(document, _CREDENTIAL)
    for name in ("issuer", "credentialSubject"):
        if document.get(name) is None:
            _fail(name, "member_missing", "is missing")
    if version == CREDENTIALS_V1:
        if "issuanceDate" not in document:
            _fail("issuanceDate", "member_missing", "is missing")
        _check_order(document, "issuanceDate", "expirationDate")
    else:
        _check_order(document, "validFrom", "validUntil")
    _check_resources_differ(document)


DELICATE = frozenset(
    {"validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus", "relatedResource"}
)
"""Members in which another text can break a rule; elsewhere one text is as good as another, one address as another."""


def check_delicate(credential: Mapping[str, Any]) -> None:
    """Only `DELICATE` members, of a credential like one that has passed but for its texts. Errors as above."""
    for begin, end in (("validFrom", "validUntil"), ("issuanceDate", "expirationDate")):
        for name in (begin, end):
            if name in credential:
                _check_date(credential[name], name)
        _check_order(credential, begin, end)
    if "credentialStatus" in credential:
        _check_status(credential["credentialStatus"], "credentialStatus")
    if "relatedResource" in credential:
        _check_resource(credential["relatedResource"], "relatedResource")
        _check_resources_differ(credential)


def check_presentation(presentation: object) -> None:
    """Refuse what is no presentation (section 4.13), or holds something else than credentials. Errors as above."""
    document = _object(presentation, "")
    _check_context(document)
    _check_types(document.get("type"), "type", needed="VerifiablePresentation")
    _check_optional(document, _PRESENTATION)


def check_envelope(envelope: object, kind: str) -> None:
    """Refuse what is not an enveloped credential or presentation of the type `kind` (sections 4.13.1 and 4.13.2)."""
    document = _object(envelope, "")
    if CREDENTIALS_V2 not in as_list(document.get("@context")):
        _fail("@context", "context", "does not begin with the context of credentials")
    _check_types(document.get("type"), "type", needed=kind)
    address = document.get("id")
    if not isinstance(address, str) or not _ENVELOPE.fullmatch(address):
        _fail("id", "envelope", "does not hold a token as a data: address")


def check_self_asserted(credential: Mapping[str, Any], presentation: Mapping[str, Any]) -> None:
    """What a holder says and has secured only as the presentation is names the holder as issuer (section 4.13.4).

    Whether a credential is of that sort only its proof can tell. Raises `InvalidCredential`.
    """
    holder = issuer_id({"issuer": presentation.get("holder")})
    if not holder or holder != issuer_id(credential):
        _fail("holder", "holder", "is not the issuer of a credential that the holder alone has secured")


def check_related_resources(credential: Mapping[str, Any], content: Callable[[str], bytes | None]) -> None:
    """Compare related resources with their digests (section 5.3). `content` gives what lies at an address, or None.

    Raises `InvalidCredential` for one that differs. What is not at hand is not judged.
    """
    for place, resource in enumerate(as_list(credential.get("relatedResource"))):
        found = content(resource["id"])
        if found is not None:
            try:
                RelatedResource.from_json(dict(resource)).check(found)
            except (InvalidCredential, Unsupported) as error:
                raise InvalidCredential(error.code, error.message, path=f"relatedResource[{place}]") from error


def _check_context(document: Mapping[str, Any]) -> str:
    """The first context, which tells the version (section 4.3). Addresses and objects may follow."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not contexts or contexts[0] not in (CREDENTIALS_V2, CREDENTIALS_V1):
        _fail("@context", "context", "does not begin with the context of credentials")
    for place, context in enumerate(contexts[1:], start=1):
        if not isinstance(context, Mapping):
            _check_url(context, f"@context[{place}]")
    return str(contexts[0])


def _check_types(value: Any, path: str, *, needed: str = "") -> None:
    kinds = as_list(value)
    if not kinds:
        _fail(path, "type_missing", "is missing")
    for kind in kinds:
        if not isinstance(kind, str) or not (_TERM.fullmatch(kind) or _URL.fullmatch(kind)):
            _fail(path, "type_form", "is not a term or an address")
    if needed and needed not in kinds:
        _fail(path, "type_missing", f"does not name the type {needed}")


def _check_optional(document: Mapping[str, Any], rules: Mapping[str, Rule], path: str = "") -> None:
    for name, rule in rules.items():
        if name in document:
            rule(document[name], f"{path}.{name}" if path else name)


def _check_url(value: Any, path: str) -> None:
    """One address (section 4.4)."""
    if not isinstance(value, str) or not _URL.fullmatch(value):
        _fail(path, "address", "is not an address")


def _check_text(value: Any, path: str) -> None:
    """A text, or the same one in several languages (section 11.1)."""
    for text in as_list(value):
        if isinstance(text, str):
            continue
        if not isinstance(text, Mapping) or not set(text) <= _ABOUT_TEXT or not isinstance(text.get("@value"), str):
            _fail(path, "language_value", "is not a text, nor a text with its language")
        if not all(isinstance(part, str) for part in text.values()):
            _fail(path, "language_value", "has a language or direction that is none")
        if text.get("@direction", "ltr") not in ("ltr", "rtl"):
            _fail(path, "language_value", "has a direction that is none")
    if value is None:
        _fail(path, "language_value", "is not a text, nor a text with its language")


def _check_date(value: Any, path: str) -> None:
    try:
        parse_datetime(value)
    except InvalidDate as error:
        raise InvalidCredential(error.code, f"“{path}”: {error.message}", path=path) from error


def _check_order(document: Mapping[str, Any], begin: str, end: str) -> None:
    """Section 4.9: the end is not before the beginning."""
    if begin in document and end in document and parse_datetime(document[end]) < parse_datetime(document[begin]):
        _fail(end, "dates_reversed", f"is before “{begin}”")


def _check_party(value: Any, path: str) -> None:
    """An issuer or holder: an address, or an object with one (sections 4.7 and 4.13)."""
    if isinstance(value, Mapping):
        _check_url(value.get("id"), f"{path}.id")
        _check_optional(value, _DESCRIBED, path)
    else:
        _check_url(value, path)


def _check_subjects(value: Any, path: str) -> None:
    """One or more objects that say something (section 4.8)."""
    for where, subject in _each(value, path):
        if not _object(subject, where):
            _fail(where, "subject_empty", "says nothing about anybody")
        _check_optional(subject, {"id": _check_url}, where)


def _described(*, needs_id: bool = False) -> Rule:
    """One or more objects with a type, and an address if there is one or one is needed (sections 4.10, 4.11, 5.4)."""

    def check(value: Any, path: str) -> None:
        for where, one in _each(value, path):
            _check_types(_object(one, where).get("type"), f"{where}.type")
            if needs_id or "id" in one:
                _check_url(one.get("id"), f"{where}.id")

    return check


def _check_status(value: Any, path: str) -> None:
    """Entries of other kinds than Bitstring Status List are only asked for their type."""
    _described()(value, path)
    for where, one in _each(value, path):
        if BITSTRING not in as_list(one["type"]):
            continue
        try:
            read_entry(one)
        except Unsupported:
            continue
        except InvalidStatusList as error:
            raise InvalidCredential(error.code, error.message, path=where) from error


def _check_resource(value: Any, path: str) -> None:
    """Section 5.3: each with its address and a digest, in a form in which it can be compared."""
    for where, one in _each(value, path):
        _check_url(_object(one, where).get("id"), f"{where}.id")
        if "digestSRI" not in one and "digestMultibase" not in one:
            _fail(where, "digest_missing", "has no digest to compare it with")
        if "digestSRI" in one and not (isinstance(one["digestSRI"], str) and _SRI.fullmatch(one["digestSRI"])):
            _fail(f"{where}.digestSRI", "digest_form", "is not a digest")
        if "digestMultibase" in one:
            _check_multibase(one["digestMultibase"], f"{where}.digestMultibase")
        if not isinstance(one.get("mediaType", ""), str):
            _fail(f"{where}.mediaType", "member_type", "is not a text")


def _check_multibase(value: Any, path: str) -> None:
    try:
        read_multibase(value)
    except (InvalidCredential, Unsupported) as error:
        raise InvalidCredential(error.code, error.message, path=path) from error


def _check_resources_differ(document: Mapping[str, Any]) -> None:
    addresses = [resource["id"] for resource in as_list(document.get("relatedResource"))]
    if len(set(addresses)) < len(addresses):
        _fail("relatedResource", "resource_twice", "names one resource twice")


def _check_presented(value: Any, path: str) -> None:
    """Credentials, embedded or enveloped; each is judged by its own rules (section 4.13)."""
    for place, one in enumerate(as_list(value)):
        if not isinstance(one, Mapping):
            _fail(f"{path}[{place}]", "member_type", "is not an object")
        enveloped = "EnvelopedVerifiableCredential" in as_list(one.get("type"))
        try:
            if enveloped:
                check_envelope(one, "EnvelopedVerifiableCredential")
            else:
                check_credential(one)
        except InvalidCredential as error:
            where = f"{path}[{place}].{error.path}".rstrip(".")
            raise InvalidCredential(error.code, error.message, path=where) from error


_DESCRIBED: Mapping[str, Rule] = {"name": _check_text, "description": _check_text}
_PRESENTATION: Mapping[str, Rule] = {
    "id": _check_url,
    "holder": _check_party,
    "termsOfUse": _described(),
    "verifiableCredential": _check_presented,
}
_CREDENTIAL: Mapping[str, Rule] = {
    "id": _check_url,
    **_DESCRIBED,
    "issuer": _check_party,
    "credentialSubject": _check_subjects,
    "validFrom": _check_date,
    "validUntil": _check_date,
    "issuanceDate": _check_date,
    "expirationDate": _check_date,
    "credentialStatus": _check_status,
    "credentialSchema": _described(needs_id=True),
    "refreshService": _described(),
    "termsOfUse": _described(),
    "evidence": _described(),
    "renderMethod": _described(),
    "confidenceMethod": _described(),
    "relatedResource": _check_resource,
}
"""In the order of the specification."""


def _each(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The values of a set of one or more, with their paths. An empty set says nothing and is refused."""
    if not isinstance(value, list):
        yield path, value
        return
    if not value:
        _fail(path, "member_empty", "is empty")
    for place, one in enumerate(value):
        yield f"{path}[{place}]", one


def _object(value: object, path: str) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else _fail(path, "member_type", "is not an object")


def _fail(path: str, code: str, says: str) -> NoReturn:
    raise InvalidCredential(code, f"“{path}” {says}." if path else f"The document {says}.", path=path)
