"""Was the badge given to this person? (Open Badges 3.0 section 8.2 step "recipient"; Open Badges 2.0 IdentityObject)"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from verifiable_badges.model.profile import hash_identity
from verifiable_badges.policy.facts import NOTHING_PROVED, Facts
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import as_list, subjects

_MAILBOX = "emailAddress"
# Open Badges 2.0 names its kinds of identities otherwise.
_OLDER_TYPES = {"email": _MAILBOX, "id": "id"}
_LONGEST_SALT = 1000


@dataclass(frozen=True, slots=True)
class RecipientIs:
    """The badge was given to the person known by one of these signs.

    `email` is a mailbox. `id` is the subject's id, such as the DID of a wallet. `identity` is a value of any
    `identity_type` of the standard (`sourcedId`, `userName`, `ext:…`). One sign that fits is enough. Hashed mailboxes
    are compared as given and in small letters, since issuers do either; other values exactly.
    """

    email: str = ""
    id: str = ""
    identity: str = ""
    identity_type: str = _MAILBOX

    def judge(self, credential: Mapping[str, Any], facts: Facts = NOTHING_PROVED) -> Check:
        """`recipient`: passed, failed, or unknown if the badge names its recipient by no sign of these kinds."""
        known = [
            (kind, value)
            for kind, value in ((_MAILBOX, self.email), ("id", self.id), (self.identity_type, self.identity))
            if value.strip()
        ]
        signs, who = list(_signs(credential)), "person" if self.id or self.identity else "mailbox"
        comparable = False
        for kind, value in known:
            for sign in signs:
                if sign.get("identityType") == kind:
                    comparable = True
                    if _matches(sign, value, is_mailbox=kind == _MAILBOX):
                        return Check("recipient", Outcome.PASSED, "recipient", f"The badge was given to this {who}.")
        if comparable:
            return Check("recipient", Outcome.FAILED, "recipient_other", f"The badge was given to another {who}.")
        return Check(
            "recipient",
            Outcome.UNKNOWN,
            "recipient_unnamed",
            f"The badge does not say to which {who} it was given.",
        )


def _signs(credential: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every sign by which a badge names its recipient, in the form of Open Badges 3.0; ids have the type `id`.

    Several subjects are several recipients, and none of them is *the* one.
    """
    found = subjects(credential)
    for subject in found if len(found) == 1 else []:
        yield from (one for one in as_list(subject.get("identifier")) if isinstance(one, Mapping))
        yield from _from_id(subject.get("id"))
    for recipient in as_list(credential.get("recipient")):
        if isinstance(recipient, Mapping):
            kind = recipient.get("type")
            yield {
                "identityType": _OLDER_TYPES.get(kind, kind) if isinstance(kind, str) else None,
                "identityHash": recipient.get("identity"),
                "hashed": recipient.get("hashed"),
                "salt": recipient.get("salt", ""),
            }


def _from_id(name: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(name, str):
        yield {"identityType": "id", "identityHash": name, "hashed": False}
        if name.lower().startswith("mailto:"):
            yield {"identityType": _MAILBOX, "identityHash": name[len("mailto:") :], "hashed": False}


def _matches(sign: Mapping[str, Any], value: str, *, is_mailbox: bool) -> bool:
    claimed, salt = str(sign.get("identityHash", "")).strip(), str(sign.get("salt") or "")
    value = value.strip()
    if sign.get("hashed") is not True:
        return claimed.lower() == value.lower() if is_mailbox else claimed == value
    claimed = claimed.lower()
    algorithm = claimed.partition("$")[0]
    if algorithm not in ("sha256", "md5") or len(salt) > _LONGEST_SALT:
        return False
    spellings = {value, value.lower()} if is_mailbox else {value}
    return any(hash_identity(spelling, salt, algorithm) == claimed for spelling in spellings)
