"""Controller documents (Controlled Identifiers 1.0 section 2; DID Core 1.0 section 5), judged as hostile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from verifiable_badges.errors import InvalidKey, Unsupported
from verifiable_badges.keys.did import is_did
from verifiable_badges.keys.jwk import keys_in_set
from verifiable_badges.keys.methods import public_key
from verifiable_badges.keys.public import PublicKey

Method = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ControllerDocument:
    """Who may sign for the party at `address`. `methods` holds what it shows, by absolute address."""

    address: str
    members: Mapping[str, Any]
    methods: Mapping[str, Method]

    def listed(self, purpose: str) -> Iterator[tuple[str, Method | None]]:
        """Each method listed for a purpose, by its address; None for one that is only named and shown elsewhere.

        Raises `InvalidKey` for a list with anything else in it.
        """
        for entry in _several(self.members, purpose):
            if isinstance(entry, str):
                name = _absolute(entry, self.address)
                yield name, self.methods.get(name)
            else:
                yield _name_of(entry, self.address), entry

    def find(self, method: str, purpose: str) -> Method | None:
        """The method at this address, if it is listed for the purpose. Raises `InvalidKey` if it is not."""
        for name, shown in self.listed(purpose):
            if name == method:
                return shown
        raise InvalidKey("key_not_listed", "The document of whoever signed does not list this key for that purpose.")

    def lists_method(self, method: str, public: PublicKey, purpose: str) -> bool:
        """Whether `method` is listed for `purpose`, with this very key where it is shown."""
        return any(
            name == method and (shown is None or public_key(shown) == public) for name, shown in self.listed(purpose)
        )

    def lists_key(self, public: PublicKey, purpose: str) -> bool:
        """Whether this key is shown for `purpose`, under whatever name, or stands in the JWK set that this page is."""
        shown = (one for _, one in self.listed(purpose) if one is not None)
        return any(_key_or_none(one) == public for one in shown) or public in keys_in_set(self.members)


def read_document(address: str, document: object) -> ControllerDocument:
    """What `address` led to. Raises `InvalidKey` if it is another document, or malformed in what it says of keys.

    A page that is not a DID document, such as an issuer's profile, need not name itself.
    """
    if not isinstance(document, dict):
        raise InvalidKey("controller_document", f"What lies at {address} is not a document about keys.")
    name = document.get("id")
    if name is None and is_did(address):
        raise InvalidKey("controller_document", f"The document at {address} does not say whose it is.")
    if name not in (None, address) and not (isinstance(name, str) and name.startswith(address + "#")):
        raise InvalidKey("controller_document", f"The document at {address} says that it is another one.")
    methods: dict[str, Method] = {}
    for method in _several(document, "verificationMethod"):
        if isinstance(method, str):
            raise InvalidKey("controller_document", "A key in the document is named without being shown.")
        name = _name_of(method, address)
        if name in methods:
            raise InvalidKey("controller_document", "The document shows two keys under one name.")
        methods[name] = method
    return ControllerDocument(address, document, methods)


def _several(document: Mapping[str, Any], member: str) -> list[str | Method]:
    value = document.get(member, [])
    entries = value if isinstance(value, list) else [value]
    if not all(isinstance(entry, str | Mapping) for entry in entries):
        raise InvalidKey("controller_document", f"The document's “{member}” is malformed.")
    return entries


def _name_of(method: Method, base: str) -> str:
    name = method.get("id")
    if not isinstance(name, str) or not name or not isinstance(method.get("controller", ""), str):
        raise InvalidKey("controller_document", "A key in the document has no proper name or controller.")
    return _absolute(name, base)


def _absolute(name: str, base: str) -> str:
    """Documents may write `#key` for their own keys."""
    return base + name if name.startswith("#") else name


def _key_or_none(method: Method) -> PublicKey | None:
    try:
        return public_key(method)
    except (InvalidKey, Unsupported):
        return None
