"""Hosted badges: the issuer's server shows them (Open Badges 2.0 section 4.2)."""

from typing import Any

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.structure import as_list
from verifiable_badges.verifying.openbadges2.documents import (
    Badge,
    address_of,
    fetch_json,
    host_of,
    identifier,
    is_version_2,
    verification,
)
from verifiable_badges.verifying.world import World

HOSTED = frozenset({"HostedBadge", "hosted"})


def fetch_assertion(presented: dict[str, Any], world: World) -> tuple[dict[str, Any], str]:
    """The assertion as its server shows it, and its address. What was presented only tells where to look.

    Raises `InvalidCredential` if it names no address or is another one there, `Gone` where it is withdrawn,
    `Unavailable` where it cannot be had.
    """
    address = hosting_address(presented)
    if not address:
        raise InvalidCredential("hosted_nowhere", "The badge is not signed, and does not say where it is hosted.")
    found = fetch_json(address, world)
    if not found.get("revoked") and not is_version_2(found) and identifier(found) != identifier(presented):
        raise InvalidCredential("document_other", "At the badge's address lies another badge.")
    return found, address


def hosting_address(assertion: dict[str, Any]) -> str:
    """Version 2.0 hosts a badge at its id, versions 1 at an address of its own."""
    if is_version_2(assertion):
        return address_of(assertion.get("id"))
    return address_of(verification(assertion).get("url")) or address_of(assertion.get("id"))


def check_scope(badge: Badge, address: str) -> None:
    """Refuse a badge at an address where the issuer does not host badges (section 3 "VerificationObject").

    Without a word of the issuer's, that is another host than that of the profile. Raises `InvalidCredential`.
    """
    scope = badge.issuer.get("verification")
    scope = scope if isinstance(scope, dict) else {}
    beginnings = [one for one in as_list(scope.get("startsWith")) if isinstance(one, str)]
    if beginnings:
        # The host is compared as a whole: "https://a.example" is also how "https://a.example.evil.example" begins.
        fits = any(address.startswith(one) and host_of(address) == host_of(one) for one in beginnings)
    else:
        origins = [one.lower() for one in as_list(scope.get("allowedOrigins")) if isinstance(one, str)]
        hosts = [host_of(one) or one for one in origins] or [host_of(badge.issuer_id)]
        fits = host_of(address) in hosts
    if not fits:
        raise InvalidCredential("hosted_elsewhere", "The badge lies at an address where its issuer hosts no badges.")
