"""Step 3: a signature holds for the credential (Open Badges 3.0 section 8.2.2; VC Data Integrity 1.0 section 4.4)."""

from dataclasses import dataclass
from datetime import datetime

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import (
    InvalidDocument,
    InvalidKey,
    InvalidProof,
    UnknownContext,
    Unsupported,
    VerifiableBadgesError,
)
from verifiable_badges.jose.presentation import check_presentation_time, verify_presentation
from verifiable_badges.jose.sd_jwt import verify_sd_jwt
from verifiable_badges.jose.vc_jwt import UnverifiedToken, check_token_time, verify_token
from verifiable_badges.jsonld import Reading
from verifiable_badges.keys import ResolvedKey
from verifiable_badges.proofs.data_integrity import VerifiedProof, verify_document
from verifiable_badges.report import Check, Outcome
from verifiable_badges.structure import BADGES, PRESENTATION
from verifiable_badges.verifying.generic import check_deciding_terms
from verifiable_badges.verifying.taking_apart import Secured
from verifiable_badges.verifying.world import World

ASSERTION, AUTHENTICATION = "assertionMethod", "authentication"

_RESPELLABLE = Check(
    "reading",
    Outcome.UNKNOWN,
    "generic_reading",
    "It brings meanings of words of its own. What decides was compared; the rest could be worded otherwise under the "
    "same signature.",
)


@dataclass(frozen=True, slots=True)
class Proved:
    """The check, and where it passed the key that signed, the context editions under which the signature holds, and
    what it was made for. `notes` are further checks about how it can be read."""

    check: Check
    key: ResolvedKey | None = None
    contexts: tuple[dict[str, str], ...] = ()
    purpose: str = ""
    notes: tuple[Check, ...] = ()


def check_proof(secured: Secured, kind: str, world: World) -> Proved:
    """Any one proof suffices; of a token, its own."""
    if secured.covered is not None:
        return secured.covered
    try:
        if secured.sd_jwt:
            return _check_sd_jwt(secured, kind, world)
        if secured.token is not None:
            return _check_token(secured.token, kind, world)
        return _check_embedded(secured, kind, world)
    except VerifiableBadgesError as error:
        return Proved(Check.from_error("proof", error))


def _check_token(token: UnverifiedToken, kind: str, world: World) -> Proved:
    """A presentation is its holder's and answers the challenge; anything else is its issuer's."""
    if kind == PRESENTATION:
        key = verify_presentation(token, resolve=world.resolve, challenge=world.challenge, domain=world.domain)
        check_presentation_time(token, key, world.now)
        return proved_by(key, purpose=AUTHENTICATION)
    key = verify_token(token, resolve=world.resolve)
    check_token_time(token, key, world.now)
    return proved_by(key)


def _check_sd_jwt(secured: Secured, kind: str, world: World) -> Proved:
    """What was asked of whoever shows it, the holder's own token inside answers."""
    found = verify_sd_jwt(secured.sd_jwt, resolve=world.resolve, challenge=world.challenge, domain=world.domain)
    found.check_time(world.now)
    return proved_by(found.key, purpose=AUTHENTICATION if kind == PRESENTATION else ASSERTION)


def proved_by(key: ResolvedKey, contexts: tuple[dict[str, str], ...] = (), purpose: str = ASSERTION) -> Proved:
    """The answer where the signature of this key holds."""
    reason = "The badge is unchanged since it was signed."
    return Proved(Check("proof", Outcome.PASSED, "proof", reason, {"method": key.method}), key, contexts, purpose)


def _check_embedded(secured: Secured, kind: str, world: World) -> Proved:
    document = secured.credential
    reading = Reading.BADGE if kind in BADGES else _reading_for(document)
    purpose = AUTHENTICATION if kind == PRESENTATION else ASSERTION
    challenge, domain = (world.challenge, world.domain) if kind == PRESENTATION else (None, None)
    proof = verify_document(
        document, resolve=world.resolve, purpose=purpose, challenge=challenge, domain=domain, reading=reading
    )
    proved = in_time(proof, purpose, world.now)
    contexts = document.get("@context")
    # A proof over the JSON covers the contexts that it names; others may have been added behind them.
    covers_contexts = not proof.contexts and proof.options.get("@context", contexts) == contexts
    if reading is Reading.BADGE or covers_contexts:
        return proved
    if proof.contexts:
        check_deciding_terms(document, proof.contexts)
    return Proved(proved.check, proved.key, proved.contexts, proved.purpose, (_RESPELLABLE,))


def in_time(proof: VerifiedProof, purpose: str, now: datetime) -> Proved:
    """The answer for a proof that holds. Raises `InvalidProof` or `InvalidKey` if it, or its key, had ended."""
    _check_dates(proof, now)
    used = tuple({"url": one.url, "sha256": one.sha256} for one in proof.contexts)
    return proved_by(proof.key, used, purpose)


def _reading_for(document: dict[str, object]) -> Reading:
    """Credentials of other kinds than badges may bring contexts of their own; those that do not are read strictly."""
    try:
        Reading.BADGE.check(document)
        Reading.BADGE.context_urls(document)
    except (InvalidDocument, UnknownContext, Unsupported):
        return Reading.GENERIC
    return Reading.BADGE


def _check_dates(proof: VerifiedProof, now: datetime) -> None:
    """Refuse a proof that ended, and a key that was not to be used any more when the proof was made."""
    if "expires" in proof.options and parse_datetime(proof.options["expires"]) < now:
        raise InvalidProof("proof_expired", "The signature was made for a time that is over.")
    if proof.key.revoked is None and proof.key.expires is None:
        return
    created = proof.options.get("created")
    for end, code, reason in (
        (proof.key.revoked, "key_revoked", "The issuer has withdrawn the key before this was signed."),
        (proof.key.expires, "key_expired", "The issuer's key had run out before this was signed."),
    ):
        if end is not None and (created is None or parse_datetime(created) >= end):
            raise InvalidKey(code, reason)
