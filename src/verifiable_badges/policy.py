"""What the caller expects beyond the badge being genuine. Each expectation is an object with one method.

Verifying answers whether the badge is what it says; whether it is the one you wanted is asked with these.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from verifiable_badges.model.profile import hash_identity
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import as_list, issuer_id, only


class Expectation(Protocol):
    """Something a badge is measured against."""

    def judge(self, credential: Mapping[str, Any]) -> Check:
        """The check for one credential, whose structure may be damaged. Raises nothing."""


@dataclass(frozen=True, slots=True)
class RecipientIs:
    """The badge was given to the person with this mailbox (Open Badges 3.0 section 8.2, step "recipient").

    Hashes are compared as the mailbox was given and in small letters, since issuers do either.
    """

    email: str

    def judge(self, credential: Mapping[str, Any]) -> Check:
        """`recipient`: passed, failed, or unknown if the badge does not name its recipient by mailbox."""
        subject = only(credential.get("credentialSubject"))
        subject = subject if isinstance(subject, Mapping) else {}
        mailboxes = [
            identity
            for identity in as_list(subject.get("identifier"))
            if isinstance(identity, Mapping) and identity.get("identityType") == "emailAddress"
        ]
        name = subject.get("id")
        if isinstance(name, str) and name.lower().startswith("mailto:"):
            mailboxes.append({"hashed": False, "identityHash": name[len("mailto:") :]})
        if any(self._matches(mailbox) for mailbox in mailboxes):
            return Check("recipient", Outcome.PASSED, "recipient", "The badge was given to this mailbox.")
        if mailboxes:
            return Check("recipient", Outcome.FAILED, "recipient_other", "The badge was given to another mailbox.")
        return Check(
            "recipient", Outcome.UNKNOWN, "recipient_unnamed", "The badge does not say to which mailbox it was given."
        )

    def _matches(self, identity: Mapping[str, Any]) -> bool:
        claimed, salt = str(identity.get("identityHash", "")).lower(), str(identity.get("salt", ""))
        spellings = {self.email.strip(), self.email.strip().lower()}
        if identity.get("hashed") is not True:
            return claimed.strip() in {spelling.lower() for spelling in spellings}
        algorithm = claimed.partition("$")[0]
        if algorithm not in ("sha256", "md5"):
            return False
        return any(hash_identity(spelling, salt, algorithm) == claimed for spelling in spellings)


@dataclass(frozen=True, slots=True)
class IssuerKnown:
    """The issuer is one of those whom the caller trusts, given by their ids."""

    ids: Collection[str]

    def judge(self, credential: Mapping[str, Any]) -> Check:
        """`issuer_known`: passed or failed."""
        issuer = issuer_id(credential)
        if issuer in self.ids:
            return Check("issuer_known", Outcome.PASSED, "issuer_known", "The issuer is one of those you know.")
        return Check(
            "issuer_known",
            Outcome.FAILED,
            "issuer_stranger",
            "The issuer is none of those you know.",
            {"issuer": issuer},
        )
