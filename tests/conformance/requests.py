"""The bodies of requests, and what is told about those that are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifiable_badges.errors import (
    CannotDecide,
    InvalidCredential,
    InvalidDate,
    InvalidDocument,
    InvalidKey,
    InvalidProof,
    InvalidStatusList,
    LimitExceeded,
    UnknownContext,
    UnreadableInput,
    VerifiableBadgesError,
)
from verifiable_badges.status.revocation_list import UntrustedList

_MODEL, _SECURITY = "https://www.w3.org/TR/vc-data-model#", "https://w3id.org/security#"
_STATUS = "https://www.w3.org/ns/credentials/status-list#"
# VC Data Model 2.0 section 7.2, VC Data Integrity 1.0 section 4.7, Bitstring Status List 1.0 section 3.5.
_PROBLEMS: tuple[tuple[tuple[type[VerifiableBadgesError], ...], str, str], ...] = (
    ((InvalidStatusList, UntrustedList), _STATUS + "STATUS_VERIFICATION_ERROR", "The status list cannot be used."),
    ((InvalidProof, InvalidKey), _SECURITY + "PROOF_VERIFICATION_ERROR", "The proof does not hold."),
    ((UnreadableInput, LimitExceeded, UnknownContext), _MODEL + "PARSING_ERROR", "The document cannot be read."),
    ((InvalidDocument, InvalidCredential, InvalidDate), _MODEL + "MALFORMED_VALUE_ERROR", "A value is malformed."),
    ((CannotDecide,), _SECURITY + "PROOF_VERIFICATION_ERROR", "This could not be checked."),
)
# Bitstring Status List 1.0 has names of its own for these.
_CODES = {
    "status_index_outside": (_MODEL + "RANGE_ERROR", "A value is out of range."),
    "status_list_length": (_STATUS + "STATUS_LIST_LENGTH_ERROR", "The status list is too short."),
    "status_list_offline": (_STATUS + "STATUS_RETRIEVAL_ERROR", "The status list could not be had."),
}


def problem(error: VerifiableBadgesError) -> dict[str, str]:
    """The problem details (RFC 9457) of one of the engine's errors."""
    of_class = next((kind, title) for errors, kind, title in _PROBLEMS if isinstance(error, errors))
    kind, title = _CODES.get(error.code, of_class)
    return {"type": kind, "title": title, "detail": error.message, "code": error.code}


def member(body: Mapping[str, Any], name: str, *, default: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An object in a request. Raises `InvalidCredential` if it is missing or something else."""
    value = body.get(name, default)
    if not isinstance(value, dict):
        raise InvalidCredential("request", f"The request holds no object “{name}”.", path=name)
    return value


def texts(options: Mapping[str, Any], name: str) -> list[str]:
    """An option that is a text or several, as a list; empty if it is absent. Raises `InvalidCredential`."""
    value = options.get(name, [])
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in found):
        raise InvalidCredential("request", f"The option “{name}” is not a text.", path=f"options.{name}")
    return found
