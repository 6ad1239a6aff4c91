"""Which parts of a badge its holder may leave out."""

from collections.abc import Collection, Mapping
from typing import Any

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.proofs.ecdsa_sd_2023.pointers import escaped

HOLDERS_CHOICE = frozenset({
    "/evidence",
    "/credentialSubject/identifier",
    "/credentialSubject/image",
    "/credentialSubject/licenseNumber",
    "/credentialSubject/narrative",
    "/credentialSubject/result",
})  # fmt: skip
"""What of an Open Badge says who its holder is, or how well something was done."""
_NEEDED = frozenset({"issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus", "name"})
_NEEDED_OF_SUBJECT = frozenset({"achievement"})
_ALWAYS_KEPT = frozenset({"@context", "id", "type", "proof"})


def badge_pointers(badge: Mapping[str, Any], *, disclosable: Collection[str] = HOLDERS_CHOICE) -> tuple[str, ...]:
    """The mandatory pointers for `create_base_proof` with which whatever the holder shows is still a valid badge.

    Everything is mandatory but what `disclosable` names: members of the credential or, as `/credentialSubject/…`, of
    its subject. Issuer, dates, status, name and achievement are mandatory even so; so is a result with a `status`,
    without which a failure could be shown as a success, and so is, where the subject has no id, the first of its
    identifiers that is hashed (Open Badges 3.0 section B.1.3 demands one of the two).

    Raises `InvalidCredential` if nothing but names in the clear would say whose badge it is: then they cannot be left
    out, and the subject should get an id.
    """
    subject = badge.get("credentialSubject")
    place = "/credentialSubject/0" if isinstance(subject, list) else "/credentialSubject"
    subject = subject[0] if isinstance(subject, list) and len(subject) == 1 else subject
    if not isinstance(subject, Mapping):
        raise InvalidCredential("subject_missing", "The badge does not say, in one place, who it is for.")
    of_badge = [
        f"/{escaped(name)}"
        for name in badge
        if name in _NEEDED or (name not in _ALWAYS_KEPT | {"credentialSubject"} and f"/{name}" not in disclosable)
    ]
    of_subject = [
        f"{place}/{escaped(name)}"
        for name in subject
        if name in _NEEDED_OF_SUBJECT or (name not in _ALWAYS_KEPT and f"/credentialSubject/{name}" not in disclosable)
    ]
    pointers = [*of_badge, *of_subject]
    for name, needed in (("result", _results_with_status), ("identifier", _identifier_that_is_needed)):
        if f"{place}/{name}" not in pointers:
            pointers += [f"{place}/{name}{step}" for step in needed(subject)]
    return tuple(pointers)


def _results_with_status(subject: Mapping[str, Any]) -> list[str]:
    return [
        step for step, result in _values(subject.get("result")) if isinstance(result, Mapping) and "status" in result
    ]


def _identifier_that_is_needed(subject: Mapping[str, Any]) -> list[str]:
    if "id" in subject:
        return []
    for step, identity in _values(subject.get("identifier")):
        if isinstance(identity, Mapping) and identity.get("hashed") is True:
            return [step]
    raise InvalidCredential("subject_unnamed", "Without an id of its own, the recipient's name cannot be left out.")


def _values(value: Any) -> list[tuple[str, Any]]:
    """The values of a member, each with the step that leads to it; a single one may stand without its list."""
    if isinstance(value, list):
        return [(f"/{index}", item) for index, item in enumerate(value)]
    return [] if value is None else [("", value)]
