"""`phereclos verify`: the same answer as the page `/verify/`, in a terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.utils import timezone

from verifiable_badges.report import Outcome, Report

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


def show(data: bytes, *, as_json: bool) -> int:
    """Print the report and return the exit code: 0 passed, 1 failed, 2 could not be checked."""
    from phereclos.badges.verification import verify_input

    report = verify_input(data, now=timezone.now())
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(report)))
    return CODES[report.verdict]


def lines(report: Report) -> list[str]:
    shown = [f"{SIGNS[check.outcome]} {check.name}: {check.reason}" for check in report.checks]
    return [*shown, f"Verdict: {WORDS[report.verdict]}."]
