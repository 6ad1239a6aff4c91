"""Who issues, assesses or creates (Open Badges 3.0 Profile), pictures, and hashed identities of recipients."""

import hashlib
from dataclasses import dataclass
from typing import Any

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.model.base import members


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by its address (https or data), with a text for those who do not see it."""

    id: str
    caption: str = ""

    def to_json(self) -> dict[str, Any]:
        """{"id", "type": "Image", "caption"}"""
        return members(id=self.id, type="Image", caption=self.caption)


@dataclass(frozen=True, slots=True)
class Profile:
    """An organisation or person. For an issuer, `id` is the DID whose key signs."""

    id: str
    name: str = ""
    url: str = ""
    email: str = ""
    description: str = ""
    image: Image | None = None

    def to_json(self) -> dict[str, Any]:
        """{"id", "type": ["Profile"], "name", "url", "email", "description", "image"}"""
        return members(
            id=self.id,
            type=["Profile"],
            name=self.name,
            url=self.url,
            email=self.email,
            description=self.description,
            image=self.image,
        )


@dataclass(frozen=True, slots=True)
class IdentityObject:
    """A way to recognise the recipient. Hashed with a salt where it is personal (Open Badges 3.0 IdentityObject)."""

    identity_hash: str
    identity_type: str
    hashed: bool
    salt: str = ""

    @classmethod
    def of_email(cls, email: str, salt: str) -> "IdentityObject":
        """A mailbox, hashed as it is given, with the salt appended. An empty salt would be guessed and is refused."""
        if not salt:
            raise InvalidCredential("salt_missing", "A hashed mailbox needs a salt, or it can be guessed.")
        return cls(hash_identity(email, salt), "emailAddress", hashed=True, salt=salt)

    def to_json(self) -> dict[str, Any]:
        """{"type": "IdentityObject", "hashed", "identityHash", "identityType", "salt"}"""
        return members(
            type="IdentityObject",
            hashed=self.hashed,
            identityHash=self.identity_hash,
            identityType=self.identity_type,
            salt=self.salt,
        )


def hash_identity(identifier: str, salt: str = "", algorithm: str = "sha256") -> str:
    """`sha256$` and the hex digest of identifier and salt; `md5` only to compare with old badges."""
    digest = hashlib.new(algorithm, (identifier + salt).encode("utf-8"), usedforsecurity=False)
    return f"{algorithm}${digest.hexdigest()}"
