"""The engine itself, under the same orders as the others, and the bare signatures beneath it.

`issue_values` takes what differs between two badges as JSON values; `issue_document` whole documents as JSON text.
`verify_known` and `verify_unknown` say whether proof, dates and structure hold and the issuer is the one who signed;
status lists are not asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from benchmarks.peers.orders import Work, serve
from verifiable_badges import Outcome, issue, verify
from verifiable_badges.keys import SigningKey
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.report import Report


def prepare(setup: dict[str, Any]) -> tuple[str, Mapping[str, Work]]:
    key = SigningKey.from_seed(bytes.fromhex(setup["seed"]))
    method, created = setup["method"], datetime.fromisoformat(setup["created"])
    now = datetime.fromisoformat(setup["now"])

    def issue_document(text: str) -> str:
        return issue(json.loads(text), key=key, verification_method=method, created=created).decode()

    def judge(text: str) -> bool:
        return _holds(verify(text.encode(), resolve=unavailable, fetch=unavailable, now=now))

    message, signature = bytes(64), key.sign(bytes(64))
    works: dict[str, Work] = {
        "issue_values": issue_document,
        "issue_document": issue_document,
        "verify_known": judge,
        "verify_unknown": judge,
        "jwt_verify": judge,
        "raw_sign": lambda _: key.sign(message),
        "raw_verify": lambda _: key.public.verify(signature, message),
    }
    return "verifiable_badges", works


def _holds(report: Report) -> bool:
    """All passed except the status list, which cannot be asked here."""
    return all(check.outcome is Outcome.PASSED or check.name in ("status", "recipient") for check in report.checks)


if __name__ == "__main__":
    serve(prepare)
