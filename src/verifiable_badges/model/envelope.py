"""What every credential has around its subject (VC Data Model 2.0 section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.jsonld import CREDENTIALS_V1, CREDENTIALS_V2
from verifiable_badges.model.base import Model, member
from verifiable_badges.model.profile import Profile
from verifiable_badges.model.related_resource import RelatedResource
from verifiable_badges.model.text import Text


@dataclass(frozen=True, slots=True)
class StatusEntry(Model):
    """Where to look whether a credential still holds; the members are those of `BitstringStatusListEntry`.

    Entries of other types have only `type`, perhaps `id`, and what is in `more`.
    """

    id: str = ""
    type: str | tuple[str, ...] = field(kw_only=True)
    status_purpose: str = ""
    status_list_index: str = ""
    status_list_credential: str = ""
    status_size: int | None = None
    status_message: tuple[Mapping[str, Any], ...] = ()
    status_reference: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CredentialSchema(Model):
    """A JSON schema the credential says it fits (`schemas.declared_schemas` checks it)."""

    id: str
    type: str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefreshService(Model):
    """Where a newer edition of the credential may be had."""

    id: str = ""
    type: str | tuple[str, ...] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class TermsOfUse(Model):
    """Under which terms the credential was issued; `type` is a term or a full address."""

    id: str = ""
    type: str | tuple[str, ...] = field(kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope(Model):
    """Everything but the subject. `status` is what `status.entry` returns, or several such entries.

    An update changes `valid_from` and keeps the first day in `awarded_date`.
    """

    first: ClassVar[tuple[str, ...]] = (
        *("@context", "id", "type", "name", "description", "image", "issuer", "validFrom", "validUntil"),
        *("awardedDate", "partial", "credentialSubject", "evidence", "credentialStatus"),
    )

    context: tuple[str | Mapping[str, Any], ...] = field(default=(CREDENTIALS_V2,), metadata=member("@context"))
    id: str = ""
    type: tuple[str, ...] = ("VerifiableCredential",)
    name: Text = ""
    description: Text = ""
    issuer: Profile | str | Mapping[str, Any]
    valid_from: datetime | None = field(default=None, metadata=member("validFrom", older="issuanceDate"))
    valid_until: datetime | None = field(default=None, metadata=member("validUntil", older="expirationDate"))
    status: StatusEntry | Mapping[str, Any] | tuple[StatusEntry | Mapping[str, Any], ...] | None = field(
        default=None, metadata=member("credentialStatus")
    )
    credential_schema: tuple[CredentialSchema, ...] = ()
    refresh_service: RefreshService | tuple[RefreshService, ...] | None = None
    terms_of_use: tuple[TermsOfUse, ...] = ()
    related_resource: tuple[RelatedResource, ...] = ()
    render_method: tuple[Mapping[str, Any], ...] = ()
    confidence_method: tuple[Mapping[str, Any], ...] = ()
    proof: tuple[Mapping[str, Any], ...] = ()

    def __post_init__(self) -> None:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise InvalidCredential("dates_reversed", "The credential would end before it begins.")
        if len({one.id for one in self.related_resource}) < len(self.related_resource):
            raise InvalidCredential("resource_twice", "The credential speaks of one related resource twice.")

    def check_named(self) -> None:
        """Some kinds need an id and a name, though in the form of VC 1.1 they were made without."""
        for name in ("id", "name"):
            if not getattr(self, name) and CREDENTIALS_V1 not in self.context:
                raise InvalidCredential(
                    f"{name}_missing", f"The credential has no {name}, which its kind needs.", path=name
                )

    @property
    def issuer_id(self) -> str:
        """The DID or address of the issuer, "" if it has none."""
        if isinstance(self.issuer, str):
            return self.issuer
        found = self.issuer.id if isinstance(self.issuer, Profile) else self.issuer.get("id")
        return found if isinstance(found, str) else ""
