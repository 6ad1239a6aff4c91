"""Verifying a badge: the steps of Open Badges 3.0 section 8.2, giving one report.

1. readable     the bytes hold a badge
2. structure    it has the required parts, and only one reading
3. proof        a signature holds for it
4. issuer       the key that signed belongs to the issuer it names
5. valid_from, expiry
6. status       the issuer has not withdrawn it
7. recipient and the caller's other expectations
8. endorsements each by the same steps

Whether the issuer deserves trust, and whether what they say is so, no signature can tell.

The world comes in as arguments: `resolve` fetches DID documents and keys, `fetch_status` status lists, `now` is the
time. Both callables raise `Unavailable` when they cannot or must not reach an address; that makes a check unknown,
never passed. Anything else they raise is the caller's own mistake and is not caught.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verifiable_badges.dates import CLOCK_SKEW, parse_datetime
from verifiable_badges.errors import (
    InvalidCredential,
    InvalidKey,
    InvalidProof,
    Unsupported,
    VerifiableBadgesError,
)
from verifiable_badges.jsonld import Edition
from verifiable_badges.keys import ResolvedKey, Resolver, did_key, is_did
from verifiable_badges.keys.resolving import fetch_document, lists_key, lists_method
from verifiable_badges.limits import MAX_ENDORSEMENTS
from verifiable_badges.policy import Expectation
from verifiable_badges.proofs.data_integrity import VerifiedProof, verify_document
from verifiable_badges.proofs.vc_jwt import UnverifiedToken, credential_with_dates, decode_token, verify_token
from verifiable_badges.reading import Presented, read
from verifiable_badges.report import Check, Outcome, Report, verdict
from verifiable_badges.status.checking import StatusFetcher, check_status
from verifiable_badges.status.lists import ListCache
from verifiable_badges.structure import as_list, check_structure, claims_to_be_credential, issuer_id, kind_of


@dataclass(frozen=True, slots=True)
class _World:
    """The caller's eyes and clock."""

    resolve: Resolver
    fetch_status: StatusFetcher
    now: datetime
    status_cache: ListCache | None


@dataclass(frozen=True, slots=True)
class _Secured:
    """A credential with what secures it: its token, or the proof inside."""

    credential: dict[str, Any]
    token: UnverifiedToken | None = None


def verify(
    data: bytes | Presented,
    *,
    resolve: Resolver,
    fetch_status: StatusFetcher,
    now: datetime,
    expectations: Sequence[Expectation] = (),
    status_cache: ListCache | None = None,
) -> Report:
    """The report on what was handed in. Never raises for what is in `data`; `now` must have its zone.

    `status_cache` saves proving the same status list for every badge of a batch; the caller makes and drops it.
    """
    if now.tzinfo is None:
        raise ValueError("`now` needs its time zone.")
    world = _World(_asking_once(resolve), fetch_status, now, status_cache)
    try:
        presented = data if isinstance(data, Presented) else read(data)
        if presented.kind == "link":
            return _report_on_link(presented)
        secured = _take_apart(presented)
    except VerifiableBadgesError as error:
        return Report((Check.from_error("readable", error),), "unreadable")
    readable = Check("readable", Outcome.PASSED, "readable", "The badge could be read.", {"carrier": presented.carrier})
    if not claims_to_be_credential(secured.credential):
        # Nothing of it can hold or have ended, so nothing more is asked.
        return Report((readable, _NO_CREDENTIAL), kind_of(secured.credential), secured.credential)
    checks, contexts = _check_credential(secured, world)
    checks += [expectation.judge(secured.credential) for expectation in expectations]
    if not any(check.name == "recipient" for check in checks):
        checks.append(_NOT_ASKED)
    checks += _check_endorsements(secured.credential, world)
    return Report((readable, *checks), kind_of(secured.credential), secured.credential, contexts)


_NO_CREDENTIAL = Check(
    "structure", Outcome.FAILED, "not_a_credential", "This does not even claim to be a badge or another credential."
)
_NOT_ASKED = Check(
    "recipient",
    Outcome.UNKNOWN,
    "recipient_not_asked",
    "Nobody said whose badge it should be, so this was not compared.",
    needed=False,
)


def _asking_once(resolve: Resolver) -> Resolver:
    """A badge and its endorsements often lead to one document; within one report it is asked for once."""
    answers: dict[str, dict[str, Any] | VerifiableBadgesError] = {}

    def ask(address: str) -> dict[str, Any]:
        if address not in answers:
            try:
                answers[address] = resolve(address)
            except VerifiableBadgesError as error:
                answers[address] = error
        answer = answers[address]
        if isinstance(answer, VerifiableBadgesError):
            raise answer
        return answer

    return ask


def _report_on_link(presented: Presented) -> Report:
    reason = "This is a link to a badge. The badge itself was not fetched."
    check = Check("readable", Outcome.UNKNOWN, "link", reason, {"url": presented.url})
    return Report((check,), "link")


def _take_apart(presented: Presented) -> _Secured:
    if presented.kind == "json" and presented.document is not None:
        return _Secured(presented.document)
    token = decode_token(presented.token)
    return _Secured(credential_with_dates(token), token)


def _check_credential(secured: _Secured, world: _World) -> tuple[list[Check], tuple[dict[str, str], ...]]:
    """Steps 2 to 6."""
    credential = secured.credential
    checks = [_check_structure(credential)]
    proof, key, contexts = _check_proof(secured, world)
    checks.append(proof)
    checks.append(_check_issuer(credential, key, world))
    checks += _check_dates(credential, world.now)
    checks.append(_check_status(credential, world, genuine=verdict(checks) is not Outcome.FAILED))
    return checks, contexts


def _check_structure(credential: Mapping[str, Any]) -> Check:
    try:
        check_structure(credential)
    except VerifiableBadgesError as error:
        return Check.from_error("structure", error)
    return Check("structure", Outcome.PASSED, "structure", "The badge has all its parts, and they say one thing.")


def _check_proof(secured: _Secured, world: _World) -> tuple[Check, ResolvedKey | None, tuple[dict[str, str], ...]]:
    contexts: tuple[Edition, ...] = ()
    try:
        if secured.token is not None:
            key = verify_token(secured.token, resolve=world.resolve)
        else:
            proof = verify_document(secured.credential, resolve=world.resolve)
            _check_proof_dates(proof, world.now)
            key = proof.key
            contexts = proof.contexts
    except VerifiableBadgesError as error:
        return Check.from_error("proof", error), None, ()
    used = tuple({"url": edition.url, "sha256": edition.sha256} for edition in contexts)
    detail = {"method": key.method}
    return Check("proof", Outcome.PASSED, "proof", "The badge is unchanged since it was signed.", detail), key, used


def _check_proof_dates(proof: VerifiedProof, now: datetime) -> None:
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


def _check_issuer(credential: Mapping[str, Any], key: ResolvedKey | None, world: _World) -> Check:
    """The key is the issuer's if the issuer's own document says so; a key's own claim is not enough."""
    if key is None:
        return Check(
            "issuer", Outcome.UNKNOWN, "issuer_no_proof", "Without a proof nobody can tell who made the badge."
        )
    try:
        _check_control(issuer_id(credential), key, world.resolve)
    except VerifiableBadgesError as error:
        return Check.from_error("issuer", error)
    detail = {"issuer": issuer_id(credential)}
    return Check("issuer", Outcome.PASSED, "issuer", "It was signed by the issuer it names.", detail)


def _check_control(issuer: str, key: ResolvedKey, resolve: Resolver) -> None:
    if not issuer:
        raise InvalidCredential("issuer_missing", "The badge does not say who issued it.")
    if issuer.startswith("did:key:"):
        # Such an issuer is its key; what a page says about who controls a key does not count.
        if issuer != did_key(key.public):
            raise InvalidCredential("issuer_mismatch", "It was signed with a key that is not the issuer's.")
        return
    if issuer == key.controller and key.confirmed:
        return
    if not (issuer.startswith("https://") or is_did(issuer)):
        raise Unsupported("issuer_address", "The issuer has no address at which its key could be compared.")
    if is_did(issuer) and not issuer.startswith("did:web:"):
        raise Unsupported("did_method", "The issuer's kind of identity is not known here.")
    document = fetch_document(issuer, resolve)
    if lists_method(document, key.method, key.public) or lists_key(document, key.public):
        return
    if "assertionMethod" not in document and "verificationMethod" not in document:
        raise Unsupported("issuer_without_keys", "The issuer's page does not list its keys, so none can be compared.")
    raise InvalidCredential("issuer_mismatch", "It was signed with a key that is not the issuer's.")


def _check_dates(credential: Mapping[str, Any], now: datetime) -> Iterator[Check]:
    begin = credential.get("validFrom", credential.get("issuanceDate"))
    end = credential.get("validUntil", credential.get("expirationDate"))
    yield _check_begin(begin, now)
    yield _check_end(begin, end, now)


def _check_begin(begin: object, now: datetime) -> Check:
    try:
        moment = parse_datetime(begin, "The date from which the badge holds")
    except VerifiableBadgesError as error:
        return Check.from_error("valid_from", error)
    if moment > now + CLOCK_SKEW:
        reason = "The badge does not hold yet."
        return Check("valid_from", Outcome.FAILED, "not_yet_valid", reason, {"from": moment.isoformat()})
    return Check(
        "valid_from", Outcome.PASSED, "valid_from", "The badge holds since its date.", {"from": moment.isoformat()}
    )


def _check_end(begin: object, end: object, now: datetime) -> Check:
    if end is None:
        return Check("expiry", Outcome.PASSED, "no_expiry", "The badge has no end.")
    try:
        moment = parse_datetime(end, "The date until which the badge holds")
        reversed_ = begin is not None and moment < parse_datetime(begin, "The date from which the badge holds")
    except VerifiableBadgesError as error:
        return Check.from_error("expiry", error)
    detail = {"until": moment.isoformat()}
    if reversed_:
        return Check("expiry", Outcome.FAILED, "dates_reversed", "The badge would end before it begins.", detail)
    if moment < now:
        return Check("expiry", Outcome.FAILED, "expired", "The badge has run out.", detail)
    return Check("expiry", Outcome.PASSED, "expiry", "The badge has not run out.", detail)


def _check_status(credential: Mapping[str, Any], world: _World, *, genuine: bool) -> Check:
    """A forged badge must not send us to addresses of its own choice, so its status is not asked."""
    if not as_list(credential.get("credentialStatus")):
        return Check(
            "status", Outcome.PASSED, "status_none", "The issuer keeps no list on which it could be withdrawn."
        )
    if not genuine:
        return Check(
            "status", Outcome.UNKNOWN, "status_not_asked", "The badge failed before, so its status was not asked."
        )
    try:
        return check_status(
            credential,
            resolve=world.resolve,
            fetch_status=world.fetch_status,
            now=world.now,
            check_control=_check_control,
            cache=world.status_cache,
        )
    except VerifiableBadgesError as error:
        return Check.from_error("status", error)


def _check_endorsements(credential: Mapping[str, Any], world: _World) -> list[Check]:
    """One check for each endorsement at the three places where they stand; what is beyond the limit is said."""
    found = list(_endorsements(credential))
    checks = [
        _check_endorsement(endorsement, number, world) for number, endorsement in enumerate(found[:MAX_ENDORSEMENTS])
    ]
    if len(found) > MAX_ENDORSEMENTS:
        reason = f"The badge carries {len(found)} endorsements. Only the first {MAX_ENDORSEMENTS} were checked."
        detail = {"not_checked": len(found) - MAX_ENDORSEMENTS}
        checks.append(Check("endorsements", Outcome.UNKNOWN, "endorsements_too_many", reason, detail, needed=False))
    return checks


def _endorsements(credential: Mapping[str, Any]) -> Iterator[Any]:
    subjects = [subject for subject in as_list(credential.get("credentialSubject")) if isinstance(subject, Mapping)]
    achievements = [one for subject in subjects for one in as_list(subject.get("achievement"))]
    for holder in [credential, credential.get("issuer"), *achievements]:
        if isinstance(holder, Mapping):
            yield from as_list(holder.get("endorsement"))
            yield from as_list(holder.get("endorsementJwt"))


def _check_endorsement(endorsement: Any, number: int, world: _World) -> Check:
    """The endorsement's own steps 2 to 6. Endorsements of endorsements are not followed, and named as such."""
    try:
        secured = _take_endorsement_apart(endorsement)
    except VerifiableBadgesError as error:
        return Check.from_error("endorsements", error, needed=False)
    checks, _ = _check_credential(secured, world)
    outcome = verdict(checks)
    worst = next((check for check in checks if check.outcome is outcome), checks[0])
    detail = {"number": number + 1, "issuer": issuer_id(secured.credential), "id": secured.credential.get("id")}
    if outcome is not Outcome.PASSED:
        return Check("endorsements", outcome, f"endorsement_{worst.code}", worst.reason, detail, needed=False)
    nested = sum(1 for _ in _endorsements(secured.credential))
    if nested:
        reason = "The endorsement is genuine. It carries endorsements of its own, which were not checked."
        return Check(
            "endorsements", outcome, "endorsement_nested", reason, {**detail, "not_checked": nested}, needed=False
        )
    return Check("endorsements", outcome, "endorsement", "The endorsement is genuine.", detail, needed=False)


def _take_endorsement_apart(endorsement: Any) -> _Secured:
    if isinstance(endorsement, str):
        token = decode_token(endorsement)
        return _Secured(credential_with_dates(token), token)
    if not isinstance(endorsement, dict):
        raise InvalidCredential("endorsement_form", "An endorsement is not written as a credential.")
    return _Secured(endorsement)
