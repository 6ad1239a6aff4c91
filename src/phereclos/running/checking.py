"""`phereclos verify`: the same answer as the page `/verify/`, in a terminal."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from verifiable_badges import Check, Outcome, Report, VerifiableBadgesError, read, verify
from verifiable_badges.errors import Unavailable
from verifiable_badges.keys.resolving import unavailable

SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✕", Outcome.UNKNOWN: "?"}
WORDS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.UNKNOWN: "could not be checked"}
CODES = {Outcome.PASSED: 0, Outcome.FAILED: 1, Outcome.UNKNOWN: 2}


def read_badge(named: str) -> bytes:
    """The bytes of a file or of standard input; a link or pasted text stays as it is. Raises OSError."""
    if named == "-":
        return sys.stdin.buffer.read()
    if named.startswith(("http://", "https://", "{")) or (named.count(".") == 2 and named.startswith("eyJ")):
        return named.encode()
    return Path(named).read_bytes()


def report_of_site(data: bytes) -> Report:
    from phereclos.badges.verification import verify_input

    return verify_input(data, now=datetime.now(UTC))


def report_without_site(data: bytes) -> Report:
    """By the engine alone: what would need a network or our records could not be checked."""
    try:
        presented = read(data)
        if presented.kind == "link":
            unavailable(presented.url)
    except VerifiableBadgesError as error:
        kind = "link" if isinstance(error, Unavailable) else "unreadable"
        return Report((Check.from_error("readable", error),), kind)
    return verify(presented, resolve=unavailable, fetch=unavailable, now=datetime.now(UTC))


def show(report: Report, *, as_json: bool) -> int:
    """Print the report and return the exit code: 0 passed, 1 failed, 2 could not be checked."""
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(report)))
    return CODES[report.verdict]


def lines(report: Report) -> list[str]:
    shown = [f"{SIGNS[check.outcome]} {check.name}: {check.reason}" for check in report.checks]
    return [*shown, f"Verdict: {WORDS[report.verdict]}."]
