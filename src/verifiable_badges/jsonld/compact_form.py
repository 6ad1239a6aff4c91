"""Whether a document is written in the short form its vocabularies intend.

A signature over an RDF graph covers the graph, not the JSON. A stranger may spell a member with its full address, wrap
a value in `{"@value": …}`, write a member by the name of a class with the same address (`Image` for `image`), or move
members between two objects of one id: the signature still holds, while a program that reads the JSON sees another
badge. Verifiers therefore accept the short form only (Data Integrity 1.0 section 5.1).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from verifiable_badges.errors import InvalidDocument, Unsupported
from verifiable_badges.jsonld.contexts import context_urls, term_addresses

MAX_INTEGER = 2**53 - 1
# What the verdict reads, and what therefore must stand at the first place where a part is mentioned.
_DECIDING = frozenset(
    {"issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialSubject", "credentialStatus"}
    | {"proof", "refreshService", "termsOfUse", "statusPurpose", "statusListIndex", "statusListCredential"}
    | {"achievement", "identifier", "result", "role", "source"}
)


def check_compact_form(document: Mapping[str, Any]) -> None:
    """Refuse respelled members, blank node names, nested arrays, inner contexts, numbers that readers print apart."""
    context_urls(document)
    check_numbers(document)
    for node in _objects(document):
        if "@value" in node:
            _check_text_with_language(node)
        else:
            _check_node(node, is_root=node is document)
    _check_mentions(document)


def _objects(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    stack: list[Any] = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            yield value
            stack.extend(child for name, child in value.items() if name != "@context")
        elif isinstance(value, list):
            if any(isinstance(child, list) for child in value):
                raise InvalidDocument("nested_list", "The document holds a list directly within a list.")
            stack.extend(value)


def check_numbers(document: Any) -> None:
    """Refuse numbers that readers print apart. Raises `InvalidDocument`."""
    stack = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            _check_number(value)


def _check_node(node: Mapping[str, Any], *, is_root: bool) -> None:
    for name in node:
        if name == "@context" and (is_root or _has_contexts(node)):
            context_urls(node)
        elif name.startswith("@") or ":" in name or name[:1].isupper():
            raise InvalidDocument("respelled", f"The member “{name[:60]}” is not written by its short name.")
    identifier = node.get("id")
    if isinstance(identifier, str) and identifier.startswith("_:"):
        raise InvalidDocument("blank_name", "A part of the document has a name that means nothing outside of it.")
    for kind in _as_list(node.get("type")):
        if isinstance(kind, str) and (kind in term_addresses() or (kind[:1].islower() and ":" not in kind)):
            raise InvalidDocument("respelled", f"The type “{kind[:80]}” is not written by its short name.")


def _has_contexts(node: Mapping[str, Any]) -> bool:
    """Credentials inside say their contexts anew, those in envelopes too; proofs over the JSON say the document's."""
    kinds = _as_list(node.get("type"))
    is_credential = "VerifiableCredential" in kinds or "EnvelopedVerifiableCredential" in kinds
    return is_credential or node.get("type") == "DataIntegrityProof"


def _check_text_with_language(node: Mapping[str, Any]) -> None:
    about = set(node) - {"@value"}
    if not (about and about <= {"@language", "@direction"}) or not isinstance(node["@value"], str):
        raise InvalidDocument("respelled", "A text is wrapped in a way that hides it from simple readers.")


def _check_number(value: int | float) -> None:
    """RDF readers disagree on the text of tiny and of huge numbers, and on minus zero."""
    tiny = isinstance(value, float) and (0 < abs(value) < 1e-6 or (value == 0 and str(value).startswith("-")))
    if tiny or abs(value) > MAX_INTEGER:
        raise InvalidDocument("number_range", "A number is so small or so large that programs write it differently.")


def _check_mentions(document: Mapping[str, Any]) -> None:
    """The parts that decide the verdict may be mentioned again, as by an endorsement, but must not be decided there:
    an end date could otherwise be moved out of sight.

    The credentials in a CLR speak of the CLR's own subject, each with another achievement. Those with a proof of their
    own may: what is moved in one of them breaks that proof.
    """
    subjects = _as_list(document.get("credentialSubject"))
    statuses = _as_list(document.get("credentialStatus"))
    deciding: dict[str, Mapping[str, Any]] = {}
    for node in [document, *subjects, *statuses]:
        if isinstance(node, Mapping) and isinstance(node.get("id"), str):
            deciding.setdefault(node["id"], node)
    within = {id(one) for inner in _signed_within(subjects) for one in _as_list(inner.get("credentialSubject"))}
    for node in _objects(document):
        first = deciding.get(node["id"]) if isinstance(node.get("id"), str) else None
        if first is None or first is node or _says_no_more(node, first):
            continue
        if id(node) not in within or not any(first is subject for subject in subjects):
            raise Unsupported(
                "ambiguous_node", "Two parts of the document have one id and say different things about it."
            )


def _signed_within(subjects: list[Any]) -> list[Mapping[str, Any]]:
    """The credentials within the subjects of a CLR that have a proof of their own."""
    within = [
        inner for one in subjects if isinstance(one, Mapping) for inner in _as_list(one.get("verifiableCredential"))
    ]
    return [inner for inner in within if isinstance(inner, Mapping) and inner.get("proof")]


def _says_no_more(node: Mapping[str, Any], first: Mapping[str, Any]) -> bool:
    return all(name not in _DECIDING or first.get(name) == value for name, value in node.items())


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
