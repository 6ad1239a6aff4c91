"""Step 3: a signature holds for the credential (Open Badges 3.0 section 8.2.2)."""

from dataclasses import dataclass
from datetime import datetime

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidKey, InvalidProof, VerifiableBadgesError
from verifiable_badges.keys import ResolvedKey
from verifiable_badges.proofs.data_integrity import VerifiedProof, verify_document
from verifiable_badges.proofs.vc_jwt import verify_token
from verifiable_badges.report import Check, Outcome
from verifiable_badges.verifying.taking_apart import Secured
from verifiable_badges.verifying.world import World


@dataclass(frozen=True, slots=True)
class Proved:
    """The check, and where it passed the key that signed and the context editions under which the signature holds."""

    check: Check
    key: ResolvedKey | None = None
    contexts: tuple[dict[str, str], ...] = ()


def check_proof(secured: Secured, world: World) -> Proved:
    """Any one proof suffices; of a token, its own."""
    try:
        if secured.token is not None:
            return proved_by(verify_token(secured.token, resolve=world.resolve))
        proof = verify_document(secured.credential, resolve=world.resolve)
        _check_dates(proof, world.now)
    except VerifiableBadgesError as error:
        return Proved(Check.from_error("proof", error))
    return proved_by(proof.key, tuple({"url": one.url, "sha256": one.sha256} for one in proof.contexts))


def proved_by(key: ResolvedKey, contexts: tuple[dict[str, str], ...] = ()) -> Proved:
    """The answer where the signature of this key holds."""
    reason = "The badge is unchanged since it was signed."
    return Proved(Check("proof", Outcome.PASSED, "proof", reason, {"method": key.method}), key, contexts)


def _check_dates(proof: VerifiedProof, now: datetime) -> None:
    """A proof that ended, or a key that was not to be used any more when the proof was made."""
    if "expires" in proof.options and parse_datetime(proof.options["expires"]) < now:
        raise InvalidProof("proof_expired", "The signature was made for a time that is over.")
    created = proof.options.get("created")
    for end, code, reason in (
        (proof.key.revoked, "key_revoked", "The issuer has withdrawn the key before this was signed."),
        (proof.key.expires, "key_expired", "The issuer's key had run out before this was signed."),
    ):
        if end is not None and (created is None or parse_datetime(created) >= end):
            raise InvalidKey(code, reason)
