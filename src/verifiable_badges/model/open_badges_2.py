"""Open Badges 2.0: assertions, badge classes, issuers, keys, revocation lists, endorsements.

`to_json()` of each is the document to be hosted at its `id`; that of an assertion whose verification is `signed_by(…)`
is what its JWS says instead. Names are those of the standard, so some are the same as in Open Badges 3.0: use this
module by its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.model.base import Model, member
from verifiable_badges.model.profile import hash_identity
from verifiable_badges.model.text import Text

OPEN_BADGES_V2 = "https://w3id.org/openbadges/v2"
Context = str | Mapping[str, Any] | tuple[str | Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Recipient(Model):
    """Whom the badge is for, by a mailbox, an address or a telephone number (`type`), hashed or plain."""

    type: str
    hashed: bool
    identity: str
    salt: str = ""

    @classmethod
    def of_email(cls, email: str, salt: str) -> Recipient:
        """A mailbox, hashed with the salt appended. An empty salt would be guessed and is refused."""
        if not salt:
            raise InvalidCredential("salt_missing", "A hashed mailbox needs a salt, or it can be guessed.")
        return cls("email", True, hash_identity(email, salt), salt)


@dataclass(frozen=True, slots=True)
class Verification(Model):
    """How to check an assertion, or, in a profile, where its hosted assertions may lie."""

    type: str | tuple[str, ...] = ""
    creator: str = ""
    """The address of the key that signed."""
    starts_with: tuple[str, ...] = ()
    allowed_origins: tuple[str, ...] = ()
    verification_property: str = ""


HOSTED = Verification("HostedBadge")


def signed_by(key: str) -> Verification:
    """Verification by a signature with the key at the address `key`."""
    return Verification("SignedBadge", creator=key)


@dataclass(frozen=True, slots=True)
class Image(Model):
    """A picture with a text for those who do not see it."""

    id: str
    type: str | tuple[str, ...] = field(default="", kw_only=True)
    caption: Text = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Evidence(Model):
    """What shows that the criteria were met."""

    id: str = ""
    type: str | tuple[str, ...] = field(default="", kw_only=True)
    narrative: Text = ""
    name: Text = ""
    description: Text = ""
    genre: Text = ""
    audience: Text = ""


@dataclass(frozen=True, slots=True)
class Criteria(Model):
    """What had to be done: a page, a text in Markdown, or both."""

    id: str = ""
    type: str | tuple[str, ...] = field(default="", kw_only=True)
    narrative: Text = ""


@dataclass(frozen=True, slots=True)
class Alignment(Model):
    """A place in a framework of skills."""

    target_name: Text
    target_url: str
    type: str | tuple[str, ...] = field(default="", kw_only=True)
    target_description: Text = ""
    target_framework: Text = ""
    target_code: str = ""


@dataclass(frozen=True, slots=True)
class CryptographicKey(Model):
    """A public key in PEM. `owner` is the profile that must name this key in turn."""

    context: Context = field(default=OPEN_BADGES_V2, metadata=member("@context"), kw_only=True)
    id: str
    type: str | tuple[str, ...] = field(default="CryptographicKey", kw_only=True)
    owner: str
    public_key_pem: str


@dataclass(frozen=True, slots=True)
class Profile(Model):
    """An issuer, or whoever endorses or receives."""

    also: ClassVar[Mapping[str, str]] = {"Issuer": "Profile"}

    context: Context = field(default=OPEN_BADGES_V2, metadata=member("@context"), kw_only=True)
    id: str
    type: str | tuple[str, ...] = field(default="Issuer", kw_only=True)
    name: Text = ""
    url: str = ""
    email: str = ""
    telephone: str = ""
    description: Text = ""
    image: str | Image = ""
    verification: Verification | None = None
    public_key: str | CryptographicKey | tuple[str | CryptographicKey, ...] = ""
    revocation_list: str = ""
    endorsement: tuple[str | Endorsement, ...] = ()


@dataclass(frozen=True, slots=True)
class BadgeClass(Model):
    """What is recognised."""

    context: Context = field(default=OPEN_BADGES_V2, metadata=member("@context"), kw_only=True)
    id: str
    type: str | tuple[str, ...] = field(default="BadgeClass", kw_only=True)
    name: Text
    description: Text
    image: str | Image
    criteria: str | Criteria
    issuer: str | Profile
    alignment: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[Mapping[str, Any], ...] = ()
    endorsement: tuple[str | Endorsement, ...] = ()


@dataclass(frozen=True, slots=True)
class Assertion(Model):
    """That one recipient earned one badge. `badge` is the badge class or its address."""

    context: Context = field(default=OPEN_BADGES_V2, metadata=member("@context"), kw_only=True)
    id: str
    type: str | tuple[str, ...] = field(default="Assertion", kw_only=True)
    recipient: Recipient
    badge: str | BadgeClass
    verification: Verification
    issued_on: datetime
    image: str | Image = ""
    evidence: tuple[str | Evidence, ...] = ()
    narrative: Text = ""
    expires: datetime | None = None
    revoked: bool | None = None
    revocation_reason: Text = ""
    related: tuple[Mapping[str, Any], ...] = ()
    endorsement: tuple[str | Endorsement, ...] = ()

    def __post_init__(self) -> None:
        if self.expires and self.expires < self.issued_on:
            raise InvalidCredential("dates_reversed", "The badge would end before it begins.")


@dataclass(frozen=True, slots=True)
class RevokedAssertion(Model):
    """An assertion withdrawn, by its `id`, or by the `uid` of Open Badges 1.0."""

    id: str = ""
    uid: str = ""
    revocation_reason: Text = ""


@dataclass(frozen=True, slots=True)
class RevocationList(Model):
    """The signed assertions that an issuer has withdrawn; its address stands in the issuer's profile."""

    context: Context = field(default=OPEN_BADGES_V2, metadata=member("@context"), kw_only=True)
    id: str
    type: str | tuple[str, ...] = field(default="RevocationList", kw_only=True)
    issuer: str | Profile
    revoked_assertions: tuple[str | RevokedAssertion, ...] = ()


@dataclass(frozen=True, slots=True)
class EndorsementClaim(Model):
    """What is said about the thing with the address `id`."""

    id: str
    endorsement_comment: Text = ""


@dataclass(frozen=True, slots=True)
class Endorsement(Model):
    """Somebody vouches for a profile, a badge class or an assertion."""

    context: Context = field(default=OPEN_BADGES_V2, metadata=member("@context"), kw_only=True)
    id: str
    type: str | tuple[str, ...] = field(default="Endorsement", kw_only=True)
    claim: EndorsementClaim | tuple[EndorsementClaim, ...]
    issuer: str | Profile
    issued_on: datetime
    verification: Verification
