"""Our own addresses, answered from the database and never fetched (docs/decisions: our own addresses)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from phereclos.badges import documents, identities
from phereclos.badges.models import Award, Issuer, IssuerKey, StatusList
from verifiable_badges.errors import Unavailable

_AWARD = re.compile(r"/badges/awards/([0-9a-f-]{36})(?:/|\.json|\.svg|\.png)?", re.ASCII)
_STATUS = re.compile(r"/badges/status/([0-9a-f-]{36})/?", re.ASCII)
_PORTS = {"http": 80, "https": 443}
_DID = re.compile(r"did:web:[^:]+:badges:issuers:([a-z0-9_-]{1,90})", re.ASCII)


def is_ours(address: str) -> bool:
    """Compared as programs read addresses: `HTTPS://Host:443/` is `https://host/`."""
    ours, asked = _origin(settings.PUBLIC_URL), _origin(address)
    return asked is not None and asked == ours


def award_uid(address: str) -> UUID | None:
    """The award a link to this site means, whether it exists or not."""
    return _uid(_AWARD, _path(address))


def awarded_bytes(address: str) -> bytes:
    """The signed bytes behind a link to this site. Raises Unavailable, also for awards their holder has not opened."""
    uid = award_uid(address)
    award = Award.objects.open_to_all().filter(uid=uid).first() if uid else None
    if award is None:
        raise Unavailable("not_here", "There is no badge that anybody may see at this address.")
    return bytes(award.credential)


def published_list(address: str) -> bytes:
    """The signed bytes of one of our status lists. Raises Unavailable."""
    uid = _uid(_STATUS, _path(address))
    row = StatusList.objects.filter(uid=uid).first() if uid else None
    if row is None:
        raise Unavailable("not_here", "There is no list of withdrawn badges at this address.")
    return bytes(row.credential)


def unavailable_list(address: str) -> bytes:
    """In place of `published_list` where the status is not asked."""
    raise Unavailable("not_asked", "The list of withdrawn badges was not asked.")


def is_our_did(did: str) -> bool:
    """Whether this did:web is one of this site's."""
    if not identities.has_did_web(settings.PUBLIC_URL):
        return False
    match = _DID.fullmatch(did)
    return match is not None and did == identities.of_slug(settings.PUBLIC_URL, match[1])


def issuer_named(identity: str) -> str:
    """The name of our issuer that signs or signed under this identity, "" for strangers."""
    key = IssuerKey.objects.filter(did=identity).select_related("issuer").first()
    return key.issuer.name if key else ""


class KeyDocuments:
    """A resolver for our own identities: `resolve(did)` gives the DID document as we publish it.

    `beside` is one stolen key to list as well: for a badge that our log holds from before the theft.
    """

    def __init__(self, beside: IssuerKey | None = None) -> None:
        self._beside = beside
        self._known: dict[str, dict[str, Any]] = {}

    def __call__(self, did: str) -> dict[str, Any]:
        if did not in self._known:
            self._known[did] = self._compose(did)
        return self._known[did]

    def _compose(self, did: str) -> dict[str, Any]:
        match = _DID.fullmatch(did)
        issuer = Issuer.objects.prefetch_related("keys").filter(slug=match[1]).first() if match else None
        if issuer is None:
            raise Unavailable("not_here", "There is no issuer of this name on this site.")
        return documents.identity_document(did, issuer.keys.all(), beside=self._beside)


def _origin(address: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and effective port; None for what is no plain address."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname.rstrip("."), port


def _path(address: str) -> str:
    """The path of an address of ours, "" for others."""
    return urlsplit(address).path if is_ours(address) else ""


def _uid(pattern: re.Pattern[str], path: str) -> UUID | None:
    match = pattern.fullmatch(path)
    try:
        return UUID(match[1]) if match else None
    except ValueError:
        return None
