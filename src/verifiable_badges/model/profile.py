"""Who issues, assesses, creates or receives: profiles, pictures, identities (Open Badges 3.0 section B.1)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.model.base import Model
from verifiable_badges.model.text import Text

if TYPE_CHECKING:
    from verifiable_badges.model.endorsement import EndorsementCredential


@dataclass(frozen=True, slots=True)
class Image(Model):
    """A picture by its address (https or data), with a text for those who do not see it."""

    id: str
    type: str = field(default="Image", kw_only=True)
    caption: Text = ""


@dataclass(frozen=True, slots=True)
class GeoCoordinates(Model):
    """A place on the earth, in degrees of WGS84."""

    type: str = field(default="GeoCoordinates", kw_only=True)
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Address(Model):
    """A postal address, `geo` or both."""

    type: tuple[str, ...] = field(default=("Address",), kw_only=True)
    address_country: Text = ""
    address_country_code: Text = ""
    address_region: Text = ""
    address_locality: Text = ""
    street_address: Text = ""
    post_office_box_number: Text = ""
    postal_code: Text = ""
    geo: GeoCoordinates | None = None


@dataclass(frozen=True, slots=True)
class IdentifierEntry(Model):
    """A further name in another system, such as a student number; `identifier_type` as in `IdentityObject`."""

    type: str = field(default="IdentifierEntry", kw_only=True)
    identifier: str
    identifier_type: str


@dataclass(frozen=True, slots=True)
class Profile(Model):
    """An organisation or person. For an issuer, `id` is the DID whose key signs."""

    id: str
    type: tuple[str, ...] = field(default=("Profile",), kw_only=True)
    name: Text = ""
    url: str = ""
    email: str = ""
    description: Text = ""
    image: Image | None = None
    phone: str = ""
    address: Address | None = None
    other_identifier: tuple[IdentifierEntry, ...] = ()
    official: Text = ""
    """The name of the official who speaks for the organisation."""
    parent_org: Profile | None = None
    family_name: Text = ""
    given_name: Text = ""
    additional_name: Text = ""
    patronymic_name: Text = ""
    honorific_prefix: Text = ""
    honorific_suffix: Text = ""
    family_name_prefix: Text = ""
    date_of_birth: str = ""
    """`YYYY-MM-DD`. Not to be published of children."""
    endorsement: tuple[EndorsementCredential, ...] = ()
    endorsement_jwt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityObject(Model):
    """A way to recognise the recipient. Hashed with a salt where it is personal (Open Badges 3.0 IdentityObject)."""

    first: ClassVar[tuple[str, ...]] = ("type", "hashed")

    identity_hash: str
    identity_type: str
    hashed: bool
    salt: str = ""
    type: str = field(default="IdentityObject", kw_only=True)

    @classmethod
    def of_email(cls, email: str, salt: str) -> IdentityObject:
        """A mailbox, hashed as it is given, with the salt appended. An empty salt would be guessed and is refused."""
        if not salt:
            raise InvalidCredential("salt_missing", "A hashed mailbox needs a salt, or it can be guessed.")
        return cls(hash_identity(email, salt), "emailAddress", hashed=True, salt=salt)


def hash_identity(identifier: str, salt: str = "", algorithm: str = "sha256") -> str:
    """`sha256$` and the hex digest of identifier and salt; `md5` only to compare with old badges."""
    digest = hashlib.new(algorithm, (identifier + salt).encode("utf-8"), usedforsecurity=False)
    return f"{algorithm}${digest.hexdigest()}"
