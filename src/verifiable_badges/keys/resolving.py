"""From the address of a verification method to a public key, and to who controls it.

The network is the caller's: `resolve` gets a DID or an https address and returns the JSON object found there, or raises
`Unavailable`. What it returns is judged here as hostile. did:key and did:jwk need nobody's help.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from verifiable_badges.errors import InvalidKey, InvalidProof, Unavailable, Unsupported
from verifiable_badges.keys.did import did_jwk_public, did_key_public, did_web_to_url, is_did
from verifiable_badges.keys.documents import ControllerDocument, Method, read_document
from verifiable_badges.keys.jwk import jwk_public, key_in_set
from verifiable_badges.keys.methods import end_of, public_key
from verifiable_badges.keys.public import PublicKey

Resolver = Callable[[str], dict[str, Any]]
"""Gets a DID or https address, returns the JSON object found there; raises `Unavailable` if it cannot be reached."""

_MAX_ADDRESS = 4096


@dataclass(frozen=True, slots=True)
class ResolvedKey:
    """A key with the identity its document names as its controller.

    `confirmed` says whether the controller's own document lists the method for the purpose; a key document that merely
    *claims* a controller does not confirm anything. `expires` and `revoked` are judged by whoever knows the time.
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
    one's address, `Unavailable` if it cannot be fetched, `Unsupported` for DID methods other than key, jwk and web.
    """
    base, _, fragment = method.partition("#")
    if base.startswith(("did:key:", "did:jwk:")):
        return _from_did(method, base, fragment)
    _check_address(method, base)
    found = resolve(base)
    if isinstance(found, dict) and _is_key_set(found):
        return ResolvedKey(key_in_set(found, fragment), method, base, confirmed=True)
    document = read_document(base, found)
    if "verificationMethod" in found or purpose in found:
        shown = document.find(method, purpose)
        if shown is None:
            raise InvalidKey("key_not_described", "The issuer's document names this key without showing it.")
        return _confirmed(shown, method, base)
    return _from_key_document(method, base, found)


def resolve_named(party: str, kid: str, resolve: Resolver, purpose: str = "assertionMethod") -> ResolvedKey:
    """The key that a party's own page or set of keys calls `kid`, which is no address. Errors as `resolve_key`.

    Keys in DID documents may be called by their fragment or by the `kid` of their JWK.
    """
    base = party.partition("#")[0]
    if base.startswith(("did:key:", "did:jwk:")):
        return _from_did(base, base, "")
    _check_address(party, base)
    found = resolve(base)
    if isinstance(found, dict) and _is_key_set(found):
        return ResolvedKey(key_in_set(found, kid), f"{base}#{kid}", base, confirmed=True)
    named = [
        (name, shown)
        for name, shown in read_document(base, found).listed(purpose)
        if shown is not None and kid in (name.partition("#")[2], _kid_of(shown))
    ]
    if len(named) != 1:
        raise InvalidKey("key_not_listed", "The document of whoever signed does not list exactly one key of that name.")
    name, shown = named[0]
    return _confirmed(shown, name, base)


def fetch_document(address: str, resolve: Resolver) -> dict[str, Any]:
    """The controller document of a DID or https address, which must say that it is that document."""
    document = resolve(address)
    read_document(address, document)
    return document


def lists_method(document: Mapping[str, Any], method: str, public: PublicKey, purpose: str = "assertionMethod") -> bool:
    """Whether a controller's document names `method`, with this very key where it shows one, for `purpose`."""
    return _read(document).lists_method(method, public, purpose)


def lists_key(document: Mapping[str, Any], public: PublicKey, purpose: str = "assertionMethod") -> bool:
    """Whether a controller's document shows this key, under whatever name, for `purpose`."""
    return _read(document).lists_key(public, purpose)


def _read(document: Mapping[str, Any]) -> ControllerDocument:
    return read_document(str(document.get("id", "")).partition("#")[0], document)


def _check_address(method: str, base: str) -> None:
    if len(method) > _MAX_ADDRESS:
        raise InvalidProof("verification_method", "The address of the key is too long.")
    if is_did(base):
        if not base.startswith("did:web:"):
            raise Unsupported("did_method", f"Identities of the kind {base.split(':')[1][:20]} are not known here.")
        did_web_to_url(base)
    elif not base.startswith("https://"):
        raise InvalidProof("verification_method", "The key is not named by a DID or an https address.")


def _from_did(method: str, did: str, fragment: str) -> ResolvedKey:
    """A DID that is its own key, for every purpose."""
    public = did_key_public(did) if did.startswith("did:key:") else did_jwk_public(did)
    own = did.removeprefix("did:key:") if did.startswith("did:key:") else "0"
    if fragment not in ("", own):
        raise InvalidKey("did_key_fragment", "The DID names another key than its own.")
    return ResolvedKey(public, method, did, confirmed=True)


def _is_key_set(document: Mapping[str, Any]) -> bool:
    return "keys" in document and "verificationMethod" not in document


def _confirmed(shown: Method, method: str, base: str) -> ResolvedKey:
    if shown.get("controller") != base:
        raise InvalidKey("key_controller", "The key belongs to somebody else than the document that shows it.")
    return _resolved(shown, method, base, confirmed=True)


def _from_key_document(method: str, base: str, document: dict[str, Any]) -> ResolvedKey:
    """A key published alone, as a Multikey or JWK at its own address. Its controller is only claimed."""
    if "kty" in document:
        return ResolvedKey(jwk_public(document), method, base, confirmed=False)
    controller = document.get("controller")
    return _resolved(document, method, controller if isinstance(controller, str) else base, confirmed=False)


def _resolved(shown: Method, method: str, controller: str, *, confirmed: bool) -> ResolvedKey:
    return ResolvedKey(
        public=public_key(shown),
        method=method,
        controller=controller,
        confirmed=confirmed,
        expires=end_of(shown, "expires"),
        revoked=end_of(shown, "revoked"),
    )


def _kid_of(method: Method) -> object:
    jwk = method.get("publicKeyJwk")
    return jwk.get("kid") if isinstance(jwk, Mapping) else None


def unavailable(address: str) -> NoReturn:
    """A resolver and fetcher that reaches nothing: for use without a network."""
    raise Unavailable("offline", f"{address} was not asked, because no network is used here.")
