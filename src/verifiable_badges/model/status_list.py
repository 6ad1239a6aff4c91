"""The credential that publishes a status list (Bitstring Status List 1.0 section 2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verifiable_badges.dates import format_datetime
from verifiable_badges.jsonld import CREDENTIALS_V2
from verifiable_badges.status import StatusList


@dataclass(frozen=True, slots=True)
class BitstringStatusListCredential:
    """A status list before it is signed. `id` is the address it is published at, `issuer` the badges' issuer.

    `purpose` is `revocation`, `suspension`, `refresh`, `message` or one's own word, or several for the same bits.
    `ttl` is how many milliseconds a reader may keep it; `valid_until` is when it must no longer be believed.
    """

    id: str
    issuer: str
    valid_from: datetime
    status_list: StatusList
    purpose: str | Sequence[str] = "revocation"
    valid_until: datetime | None = None
    ttl: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The unsigned credential, ready for `issue`."""
        ends = {"validUntil": format_datetime(self.valid_until)} if self.valid_until else {}
        ttl = {"ttl": self.ttl} if self.ttl is not None else {}
        return {
            "@context": [CREDENTIALS_V2],
            "id": self.id,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.issuer,
            "validFrom": format_datetime(self.valid_from),
            **ends,
            "credentialSubject": {
                "id": f"{self.id}#list",
                "type": "BitstringStatusList",
                "statusPurpose": self.purpose if isinstance(self.purpose, str) else list(self.purpose),
                **ttl,
                "encodedList": self.status_list.encode(),
            },
        }
