"""From the address of a verification method to a public key, and to who controls it.

The network is the caller's: `resolve` gets a DID or an https address and returns the JSON object found there, or raises
`Unavailable`. What it returns is judged here as hostile. did:key needs nobody's help.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidDate, InvalidKey, InvalidProof, Unavailable, Unsupported
from verifiable_badges.keys.did import did_key_public, did_web_to_url, is_did
from verifiable_badges.keys.public import PublicKey

Resolver = Callable[[str], dict[str, Any]]
"""Gets a DID or https address, returns the JSON object found there; raises `Unavailable` if it cannot be reached."""


@dataclass(frozen=True, slots=True)
class ResolvedKey:
    """A key with the identity its document names as its controller.

    `confirmed` says whether the controller's own document lists the method for the purpose; a key document that merely
    *claims* a controller does not confirm anything.
    """

    public: PublicKey
    method: str
    controller: str
    confirmed: bool
    expires: datetime | None = None
    revoked: datetime | None = None


def resolve_key(method: str, resolve: Resolver, purpose: str = "assertionMethod") -> ResolvedKey:
    """The key at `method`, a DID with fragment or an https address (Controlled Identifiers 1.0 section 3.3).

    Raises `InvalidKey` if what is found there is not a key for this purpose, `InvalidProof` if `method` cannot be
    one's address, `Unavailable` if it cannot be fetched, `Unsupported` for DID methods other than key and web.
    """
    base, _, fragment = method.partition("#")
    if base.startswith("did:key:"):
        return _from_did_key(method, base, fragment)
    _check_address(base)
    document = fetch_document(base, resolve)
    if "verificationMethod" in document or purpose in document:
        return _from_controller_document(method, base, document, purpose)
    return _from_key_document(method, base, document)


def lists_method(document: Mapping[str, Any], method: str, public: PublicKey, purpose: str = "assertionMethod") -> bool:
    """Whether a controller's document names `method`, with this very key where it shows one, for `purpose`."""
    base = str(document.get("id", ""))
    for entry in _entries(document, purpose):
        name = entry if isinstance(entry, str) else entry.get("id")
        if _absolute(name, base) == method:
            shown = entry if isinstance(entry, Mapping) else _described(document, method, base)
            return shown is None or _key_of(shown) == public
    return False


def lists_key(document: Mapping[str, Any], public: PublicKey, purpose: str = "assertionMethod") -> bool:
    """Whether a controller's document shows this key, under whatever name, for `purpose`."""
    base = str(document.get("id", ""))
    for entry in _entries(document, purpose):
        shown = entry if isinstance(entry, Mapping) else _described(document, _absolute(entry, base), base)
        if shown is not None and _key_or_none(shown) == public:
            return True
    return False


def fetch_document(address: str, resolve: Resolver) -> dict[str, Any]:
    """The controller document of a DID or https address, which must say that it is that document."""
    document = resolve(address)
    if not isinstance(document, dict):
        raise InvalidKey("controller_document", f"What lies at {address} is not a document about keys.")
    if document.get("id") not in (None, address) and not str(document["id"]).startswith(address + "#"):
        raise InvalidKey("controller_document", f"The document at {address} says that it is another one.")
    return document


def _check_address(base: str) -> None:
    if is_did(base):
        if not base.startswith("did:web:"):
            raise Unsupported("did_method", f"Identities of the kind {base.split(':')[1][:20]} are not known here.")
        did_web_to_url(base)
    elif not base.startswith("https://"):
        raise InvalidProof("verification_method", "The key is not named by a DID or an https address.")


def _from_did_key(method: str, did: str, fragment: str) -> ResolvedKey:
    if fragment not in ("", did.removeprefix("did:key:")):
        raise InvalidKey("did_key_fragment", "The did:key names another key than its own.")
    return ResolvedKey(did_key_public(did), method, did, confirmed=True)


def _from_controller_document(method: str, base: str, document: dict[str, Any], purpose: str) -> ResolvedKey:
    listed = next((e for e in _entries(document, purpose) if _name(e, base) == method), None)
    if listed is None:
        raise InvalidKey("key_not_listed", "The issuer's document does not list this key for making statements.")
    shown = listed if isinstance(listed, Mapping) else _described(document, method, base)
    if shown is None:
        raise InvalidKey("key_not_described", "The issuer's document names this key without showing it.")
    controller = shown.get("controller")
    if controller != base:
        raise InvalidKey("key_controller", "The key belongs to somebody else than the document that shows it.")
    return _resolved(shown, method, base, confirmed=True)


def _from_key_document(method: str, base: str, document: dict[str, Any]) -> ResolvedKey:
    """A key published alone, as a Multikey or JWK at its own address. Its controller is only claimed."""
    shown: Mapping[str, Any] = {"publicKeyJwk": document} if "kty" in document else document
    controller = document.get("controller")
    return _resolved(shown, method, controller if isinstance(controller, str) else base, confirmed=False)


def _resolved(shown: Mapping[str, Any], method: str, controller: str, *, confirmed: bool) -> ResolvedKey:
    return ResolvedKey(
        public=_key_of(shown),
        method=method,
        controller=controller,
        confirmed=confirmed,
        expires=_optional_date(shown, "expires"),
        revoked=_optional_date(shown, "revoked"),
    )


def _key_of(shown: Mapping[str, Any]) -> PublicKey:
    if "publicKeyMultibase" in shown:
        return PublicKey.from_multibase(shown["publicKeyMultibase"])
    if "publicKeyJwk" in shown:
        return PublicKey.from_jwk(shown["publicKeyJwk"])
    raise InvalidKey("key_missing", "The document does not show a key in a form that we know.")


def _key_or_none(shown: Mapping[str, Any]) -> PublicKey | None:
    try:
        return _key_of(shown)
    except InvalidKey:
        return None


def _optional_date(shown: Mapping[str, Any], name: str) -> datetime | None:
    if name not in shown:
        return None
    try:
        return parse_datetime(shown[name], "The key's date")
    except InvalidDate as error:
        raise InvalidKey("key_date", error.message) from error


def _entries(document: Mapping[str, Any], member: str) -> Iterator[str | Mapping[str, Any]]:
    value = document.get(member, [])
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, str | Mapping):
            yield entry


def _described(document: Mapping[str, Any], method: str, base: str) -> Mapping[str, Any] | None:
    for entry in _entries(document, "verificationMethod"):
        if isinstance(entry, Mapping) and _absolute(entry.get("id"), base) == method:
            return entry
    return None


def _name(entry: str | Mapping[str, Any], base: str) -> str:
    return _absolute(entry if isinstance(entry, str) else entry.get("id"), base)


def _absolute(name: object, base: str) -> str:
    """DID documents may write `#key` for their own keys."""
    text = name if isinstance(name, str) else ""
    return base + text if text.startswith("#") else text


def unavailable(address: str) -> NoReturn:
    """A resolver and fetcher that reaches nothing: for use without a network."""
    raise Unavailable("offline", f"{address} was not asked, because no network is used here.")
