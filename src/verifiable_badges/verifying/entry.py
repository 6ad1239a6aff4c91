"""`verify`: from bytes to a report."""

from collections.abc import Sequence
from datetime import datetime

from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.keys import Resolver
from verifiable_badges.policy import Expectation
from verifiable_badges.reading import Presented, read
from verifiable_badges.report import Check, Outcome, Report
from verifiable_badges.status.lists import ListCache
from verifiable_badges.structure import PRESENTATION, claims_to_be_credential, kind_of
from verifiable_badges.verifying.judged import Judged
from verifiable_badges.verifying.judging import judge
from verifiable_badges.verifying.taking_apart import take_apart
from verifiable_badges.verifying.world import Fetcher, World, asking_once

_READABLE = {
    carrier: Check("readable", Outcome.PASSED, "readable", "The badge could be read.", {"carrier": carrier})
    for carrier in ("text", "png", "svg")
}
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


def verify(
    data: bytes | Presented,
    *,
    resolve: Resolver,
    fetch: Fetcher,
    now: datetime,
    expectations: Sequence[Expectation] = (),
    status_cache: ListCache | None = None,
    challenge: str | None = None,
    domain: str | Sequence[str] | None = None,
    refresh: Fetcher | None = None,
) -> Report:
    """The report on what was handed in. Never raises for what is in `data`; `now` must have its zone.

    `resolve` gets a DID or https address and returns the JSON object there; `fetch` gets an address, such as that of a
    status list, and returns its bytes. Both raise `Unavailable` for what they cannot or must not reach.
    `status_cache` saves proving the same status list for every badge of a batch; the caller makes and drops it.
    `challenge` and `domain` are what a presentation has to answer to. `refresh`, if given, fetches a newer edition of a
    badge that names where one may be had; the issuer then learns that somebody looked.
    """
    if now.tzinfo is None:
        raise ValueError("`now` needs its time zone.")
    world = World(asking_once(resolve), fetch, now, status_cache, challenge, domain, refresh)
    try:
        presented = data if isinstance(data, Presented) else read(data)
        if presented.kind == "link":
            return _report_on_link(presented)
        secured = take_apart(presented)
    except VerifiableBadgesError as error:
        return Report((Check.from_error("readable", error),), "unreadable")
    readable = _READABLE[presented.carrier]
    credential = secured.credential
    if not claims_to_be_credential(credential):
        # Nothing of it can hold or have ended, so nothing more is asked.
        return Report((readable, _NO_CREDENTIAL), kind_of(credential), credential)
    judged = judge(secured, world)
    return judged.report(readable, asked=_judge_expectations(judged, expectations))


def _judge_expectations(judged: Judged, expectations: Sequence[Expectation]) -> list[Check]:
    checks = [expectation.judge(judged.credential, judged.facts) for expectation in expectations]
    if judged.kind != PRESENTATION and not any(check.name == "recipient" for check in checks):
        checks.append(_NOT_ASKED)
    return checks


def _report_on_link(presented: Presented) -> Report:
    reason = "This is a link to a badge. The badge itself was not fetched."
    check = Check("readable", Outcome.UNKNOWN, "link", reason, {"url": presented.url})
    return Report((check,), "link")
