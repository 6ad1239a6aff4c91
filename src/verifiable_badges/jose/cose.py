"""Credentials and presentations as COSE_Sign1, the same in CBOR (VC-JOSE-COSE section 3.3; RFC 9052 section 4.2).

The payload is the document as JSON; beside it stand the algorithm, the kid and the type. There is one spelling of each
message: what does not encode back to the same bytes is refused. Nothing outside the signature is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import cbor2

from verifiable_badges.errors import InvalidProof, LimitExceeded, UnreadableInput
from verifiable_badges.jose.claims import read_claims, write_claims
from verifiable_badges.jose.members import check_members
from verifiable_badges.jose.presentation import check_secured, holder_of
from verifiable_badges.jose.vc_jwt import check_document, issuer_of, media_type
from verifiable_badges.jose.whose import key_of, known_key
from verifiable_badges.keys import KeyKind, PublicKey, ResolvedKey, Resolver, SigningKey
from verifiable_badges.limits import MAX_BYTES
from verifiable_badges.structure import as_list

_ALGORITHMS: Mapping[int, KeyKind] = MappingProxyType(
    {-8: KeyKind.ED25519, -7: KeyKind.P256, -35: KeyKind.P384, -36: KeyKind.P521, -257: KeyKind.RSA}
)
_NUMBERS = {kind: number for number, kind in _ALGORITHMS.items()}
_ALG, _CRIT, _CONTENT, _KID, _TYPE = 1, 2, 3, 4, 16
_TAG = 18
_TYPES = {"VerifiableCredential": "vc", "VerifiablePresentation": "vp"}


@dataclass(frozen=True, slots=True)
class VerifiedCose:
    """A message that holds: the credential or presentation in it, and the key that signed it."""

    document: dict[str, Any]
    key: ResolvedKey


def issue_cose(document: Mapping[str, Any], *, key: SigningKey, kid: str) -> bytes:
    """The credential or presentation as a message. `kid` is the address of `key`. Errors as `issue_token`."""
    kind = next((kind for kind in _TYPES if kind in as_list(document.get("type"))), "VerifiableCredential")
    _check(document, kind)
    check_members(document)
    name = _TYPES[kind]
    header = {_ALG: _NUMBERS[key.kind], _CONTENT: f"application/{name}", _KID: kid.encode()}
    protected = cbor2.dumps({**header, _TYPE: f"application/{name}+cose"})
    payload = write_claims(document)
    return cbor2.dumps(cbor2.CBORTag(_TAG, [protected, {}, payload, key.sign(_to_sign(protected, payload))]))


def verify_cose(data: bytes, *, resolve: Resolver, known: PublicKey | None = None) -> VerifiedCose:
    """What the message proves. `known` is the signer's key, if the caller knows it. Errors as `verify_token`."""
    protected, payload, signature = _parts(data)
    header = _header(protected)
    kind = _kind(header)
    document = read_claims(payload)
    _check(document, kind)
    named = {"kid": header[_KID]} if _KID in header else {}
    is_credential = kind == "VerifiableCredential"
    party = issuer_of(document) if is_credential else holder_of(document, {}, named)
    if known is not None:
        key = known_key(known, party, named)
    else:
        key = key_of(named, party, resolve, "assertionMethod" if is_credential else "authentication")
    if _ALGORITHMS[header[_ALG]] is not key.public.kind:
        raise InvalidProof("key_confusion", "The message names an algorithm that does not belong to its key.")
    key.public.verify(signature, _to_sign(protected, payload))
    return VerifiedCose(document, key)


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    """RFC 9052 section 4.4, without anything from outside."""
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    message = _decode(data)
    parts = message.value if isinstance(message, cbor2.CBORTag) and message.tag == _TAG else message
    if not isinstance(parts, list | tuple) or len(parts) != 4 or not isinstance(parts[1], Mapping):
        raise UnreadableInput("not_a_token", "This is not a signed message.")
    protected, _, payload, signature = parts
    if not all(isinstance(part, bytes) for part in (protected, payload, signature)):
        raise UnreadableInput("not_a_token", "This is not a signed message.")
    return protected, payload, signature


def _header(protected: bytes) -> dict[int, Any]:
    header = _decode(protected)
    if not isinstance(header, dict):
        raise UnreadableInput("token_damaged", "The signed message does not begin with a header.")
    if _CRIT in header:
        raise InvalidProof("token_header", "The message asks for an extension that is not known here.")
    algorithm = header.get(_ALG)
    if isinstance(algorithm, bool) or not isinstance(algorithm, int) or algorithm not in _ALGORITHMS:
        raise InvalidProof("token_algorithm", "The message is not signed with an algorithm that is allowed for badges.")
    kid = header.get(_KID, b"")
    if not isinstance(kid, bytes) or not kid.isascii():
        raise InvalidProof("kid_foreign", "The message does not name its key with a text.")
    return {**header, _KID: kid.decode("ascii")} if kid else header


def _kind(header: Mapping[int, Any]) -> str:
    """The type that the header names, which says what the message is for."""
    kind, content = media_type(header.get(_TYPE)), header.get(_CONTENT)
    for full, name in _TYPES.items():
        if kind == f"{name}+cose" and (content is None or media_type(content) == name):
            return full
    raise InvalidProof("token_type", "The message was made for something else than a credential or presentation.")


def _check(document: Mapping[str, Any], kind: str) -> None:
    check_document(document, kind)
    if kind == "VerifiablePresentation":
        check_secured(document)


def _decode(data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise LimitExceeded("too_large", f"The message is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        value = cbor2.loads(data)
        if cbor2.dumps(value) == data:
            return value
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
        raise UnreadableInput("not_a_token", "This is not a signed message.") from error
    raise UnreadableInput("token_damaged", "The message is not written in its one proper way.")
