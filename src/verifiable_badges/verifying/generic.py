"""Credentials that bring contexts of their own: is what decides the verdict written by its usual words?

A stranger may give "validUntil" another name in a context of the document, write the same end by that name, and the
signature still holds, while a program that reads the JSON sees no end. So each statement of the signed graph that
decides must be in the JSON by its usual name, at the credential itself or in its status entries, and nowhere else.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from verifiable_badges.errors import InvalidDocument
from verifiable_badges.jsonld import Edition, Reading, expand
from verifiable_badges.structure import as_list, types

_VOCABULARIES = (
    "https://www.w3.org/2018/credentials#",
    "https://www.w3.org/ns/credentials/status#",
    "https://w3id.org/vc/status-list#",
)
_OF_DOCUMENT = frozenset(
    {"issuer", "holder", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialSubject"}
    | {"credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "verifiableCredential"}
)
_OF_STATUS = frozenset({"statusPurpose", "statusListIndex", "statusListCredential", "statusSize", "statusMessage"})
_STATUS = "https://www.w3.org/2018/credentials#credentialStatus"


def check_deciding_terms(document: Mapping[str, Any], chosen: tuple[Edition, ...]) -> None:
    """Refuse a document that says what decides by other words than the usual ones. Raises `InvalidDocument`."""
    expanded = expand(document, chosen, Reading.GENERIC)
    if len(expanded) != 1:
        raise InvalidDocument("several_documents", "The document says things about others beside itself.")
    root = expanded[0]
    _compare(document, root, _OF_DOCUMENT)
    claimed = {kind for kind in types(document) if kind in ("VerifiableCredential", "VerifiablePresentation")}
    meant = {_local(kind) for kind in as_list(root.get("@type"))} & {"VerifiableCredential", "VerifiablePresentation"}
    if claimed != meant:
        raise _respelled("type")
    entries, nodes = as_list(document.get("credentialStatus")), as_list(root.get(_STATUS))
    for entry, node in zip(entries, nodes, strict=True):  # as many, as has been compared
        if not isinstance(entry, Mapping):
            raise _respelled("credentialStatus")
        _compare(entry, node, _OF_STATUS)
    _check_said_once(root, nodes)


def _compare(written: Mapping[str, Any], meant: Mapping[str, Any], names: frozenset[str]) -> None:
    """The same members of these names, with as many values, in JSON and in what it means."""
    found = {_local(address): len(as_list(values)) for address, values in meant.items() if _local(address) in names}
    told = {name: len(as_list(written[name])) for name in names if name in written}
    for name in names:
        if found.get(name, 0) != told.get(name, 0):
            raise _respelled(name)


def _check_said_once(root: Mapping[str, Any], nodes: list[Any]) -> None:
    """Nothing deciding is said about the credential or its status entries where nobody looks for it."""
    deciding = [root, *nodes]
    ids = {node["@id"] for node in deciding if "@id" in node}
    for node in _nodes(root):
        if node.get("@id") in ids and not any(node is one for one in deciding):
            for address in node:
                if _local(address) in _OF_DOCUMENT | _OF_STATUS:
                    raise _respelled(_local(address))


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, Mapping):
            yield one
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)


def _local(address: str) -> str:
    """The usual name of a term of the vocabularies that decide, "" for all others."""
    for vocabulary in _VOCABULARIES:
        if isinstance(address, str) and address.startswith(vocabulary):
            return address[len(vocabulary) :]
    return ""


def _respelled(name: str) -> InvalidDocument:
    return InvalidDocument("respelled", f"“{name}” is said in other words, or at another place, than one looks for.")
