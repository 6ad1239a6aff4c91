"""Under which identity an issuer signs (docs/decisions: public address). Pure.

A site on https with a name gives its issuers a did:web: the document with their keys lies here. On a loopback or
plain-http address nobody outside could fetch that document, so the identity is the key itself (did:key), and a badge of
the demonstration verifies anywhere without asking us.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from verifiable_badges.keys import PublicKey, did_key, did_web

ISSUERS = "badges/issuers"


def has_did_web(public_url: str) -> bool:
    parts = urlsplit(public_url)
    return parts.scheme == "https" and not _is_number(parts.hostname or "") and parts.hostname != "localhost"


def identity(*, public_url: str, slug: str, key: PublicKey) -> str:
    """The DID of an issuer that signs with this key."""
    return of_slug(public_url, slug) if has_did_web(public_url) else did_key(key)


def of_slug(public_url: str, slug: str) -> str:
    """The did:web whose document this site serves at /badges/issuers/<slug>/did.json."""
    return did_web(public_url, f"{ISSUERS}/{slug}")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
