"""`verify FILE`: check a badge, as a picture, JSON or token."""

import argparse
import json
from typing import Any

from verifiable_badges.commands import BAD, COULD_NOT, GOOD, add_command, moment, read_file
from verifiable_badges.errors import Unavailable
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.policy import Expectation, IssuerKnown, RecipientIs
from verifiable_badges.report import Outcome, Report
from verifiable_badges.verifying import verify

_EXIT = {Outcome.PASSED: GOOD, Outcome.FAILED: BAD, Outcome.UNKNOWN: COULD_NOT}


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "verify", _run, "check a badge: picture, JSON or token")
    command.add_argument("file", help="the file, or - for standard input")
    command.add_argument("--recipient", help="the mailbox it should have been given to")
    command.add_argument("--recipient-id", help="the id it should have been given to, such as a DID")
    command.add_argument("--issuer", action="append", help="the id of an issuer you know; may be repeated")
    command.add_argument("--challenge", help="what a presentation has to answer")
    command.add_argument("--domain", action="append", help="for whom a presentation was made; may be repeated")
    command.add_argument("--now", help="check as of this date and time")
    command.add_argument("--status-list", help="the status list, as a file; none is fetched")


def _run(options: argparse.Namespace) -> int:
    expectations: list[Expectation] = []
    if options.recipient or options.recipient_id:
        expectations.append(RecipientIs(options.recipient or "", id=options.recipient_id or ""))
    if options.issuer:
        expectations.append(IssuerKnown(options.issuer))

    def fetch(address: str) -> bytes:
        if options.status_list:
            return read_file(options.status_list)
        raise Unavailable("offline", f"{address} was not asked: no network is used here.")

    report = verify(
        read_file(options.file),
        resolve=unavailable,
        fetch=fetch,
        now=moment(options.now),
        expectations=expectations,
        challenge=options.challenge,
        domain=options.domain,
    )
    print(json.dumps(report.to_json(), ensure_ascii=False, indent=2) if options.json else _as_text(report))
    return _EXIT[report.verdict]


def _as_text(report: Report) -> str:
    lines = [f"{check.name:<12} {check.outcome.value:<20} {check.reason}" for check in report.checks]
    return "\n".join([*lines, f"{'together':<12} {report.verdict.value}"])
