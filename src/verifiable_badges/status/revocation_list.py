"""Lists of withdrawn badges that nobody signed: the 1EdTech Revocation List and that of Open Badges 2.0 and 1.1.

They are as good as the address they came from, which the signed badge or its issuer named. Over https a list therefore
proves that a badge on it is withdrawn, and that one that is not on it is not; anything odd about it proves nothing.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from verifiable_badges.errors import Unavailable
from verifiable_badges.json_text import parse
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import as_list, issuer_id


class UntrustedList(Unavailable):
    """Raised when a status list was fetched, but is not one the issuer can be held to."""


def revocation_in(data: bytes, *, address: str, credential_id: object, issuer: str) -> str | None:
    """Why a credential is withdrawn ("" without a reason), None if it is not, by a 1EdTech Revocation List.

    `data` is {"id", "issuer", "revokedCredential": [{"id", "revoked"?, "revocationReason"?}]} as found at `address`.
    Raises `UntrustedList` for any other list, also one fetched without https.
    """
    if not address.startswith("https://"):
        raise _untrusted("insecure", "It is not signed, and did not come over a secure connection.")
    document = parse(data)
    if not isinstance(document, Mapping) or not isinstance(credential_id, str):
        raise _untrusted("form", "It is not such a list.")
    if document.get("id", address) != address:
        raise _untrusted("other", "It is another list than the badge names.")
    if "issuer" in document and issuer_id(document) != issuer:
        raise _untrusted("issuer", "It is kept by somebody else than the badge's issuer.")
    # The specification says `revokedCredential`, its own validator reads `revokedCredentials`.
    names = [name for name in ("revokedCredential", "revokedCredentials") if name in document]
    if not names and "id" not in document:
        raise _untrusted("form", "It is not such a list.")
    entries = [entry for name in names for entry in as_list(document[name])]
    return _reason(entries, {_comparable(credential_id)}, ("id",))


def check_revocation_list_2(
    document: Mapping[str, Any], assertion_id: str, *, uid: str = "", address: str = "", issuer: str = ""
) -> Check:
    """The check `status` of an Open Badges 2.0 assertion, by the RevocationList that its issuer's profile names.

    `document` is {"id", "type": "RevocationList", "issuer", "revokedAssertions": [id | {"id" | "uid",
    "revocationReason"?}]}, or, where a `uid` is given, the form of 1.1, {uid: reason}. `address` is where it was found
    and `issuer` the profile that named it; where given, the list must not name others. Raises `UntrustedList` for any
    other document.
    """
    if not isinstance(document, Mapping):
        raise _untrusted("form", "It is not such a list.")
    for said, expected in ((document.get("id"), address), (issuer_id(document), issuer)):
        if said and expected and said != expected:
            raise _untrusted("other", "It is another list than the issuer names.")
    names = {_comparable(name) for name in (assertion_id, uid) if name}
    reason = _reason(_entries_2(document, older=bool(uid)), names, ("id", "uid"))
    if reason is None:
        return Check("status", Outcome.PASSED, "status", "The issuer has not withdrawn the badge.")
    detail = {"list": address, "reason": reason} if reason else {"list": address}
    return Check("status", Outcome.FAILED, "revoked", "The issuer has withdrawn the badge.", detail)


def _entries_2(document: Mapping[str, Any], *, older: bool) -> list[Any]:
    if "revokedAssertions" in document:
        return as_list(document["revokedAssertions"])
    if "RevocationList" in as_list(document.get("type")):
        return []
    if older and all(isinstance(reason, str) for reason in document.values()):
        return [{"uid": uid, "revocationReason": reason} for uid, reason in document.items()]
    raise _untrusted("form", "It is not such a list.")


def _reason(entries: list[Any], wanted: set[str], names: tuple[str, ...]) -> str | None:
    """The reason of the first entry that withdraws what is wanted. Every entry is looked at, so none may be odd."""
    found: str | None = None
    for entry in entries:
        one = {"id": entry} if isinstance(entry, str) else entry
        if not isinstance(one, Mapping):
            raise _untrusted("form", "It is not such a list.")
        said = [one[name] for name in names if name in one]
        revoked, reason = one.get("revoked", True), one.get("revocationReason", "")
        if not said or not all(isinstance(name, str) for name in said) or not isinstance(revoked, bool):
            raise _untrusted("form", "It is not such a list.")
        if found is None and revoked and wanted & {_comparable(name) for name in said}:
            found = reason if isinstance(reason, str) else ""
    return found


def _comparable(identifier: str) -> str:
    """Ids are the same where they only differ in percent signs and space around them (Open Badges 3.0 section 4.3)."""
    return unquote(identifier.strip())


def _untrusted(code: str, reason: str) -> UntrustedList:
    return UntrustedList(f"status_list_{code}", f"The list of withdrawn badges cannot be believed. {reason}")
