"""The engine itself, under the same orders as the others, and the bare signatures beneath it.

`issue_values` takes the texts that differ between two badges, as objects, the way a database gives them: the input
`template` is the badge they belong to. `issue_document` takes whole documents as JSON. `verify_known` and
`verify_unknown` say whether proof, dates and structure hold and the issuer is the one who signed; status lists are not
asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import orjson

from benchmarks.peers.orders import Work, serve
from verifiable_badges import Outcome, issue, verify
from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.issuing import issue_many
from verifiable_badges.jose.vc_jwt import Profile, decode_token, issue_token, verify_token
from verifiable_badges.keys import PublicKey, SigningKey
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.report import Report


class Engine:
    """What one process knows of the orders it was given."""

    def __init__(self) -> None:
        self._options: dict[str, Any] = {}
        self._waiting: list[Mapping[str, str]] = []
        self._signed: Iterator[bytes] = iter(())

    def prepare(self, setup: dict[str, Any]) -> tuple[str, Mapping[str, Work]]:
        key, now = SigningKey.from_seed(bytes.fromhex(setup["seed"])), datetime.fromisoformat(setup["now"])
        created = datetime.fromisoformat(setup["created"])
        options = self._options = {"key": key, "verification_method": setup["method"], "created": created}
        message, signature = bytes(64), key.sign(bytes(64))

        def judge(data: bytes) -> bool:
            return _holds(verify(data, resolve=unavailable, fetch=unavailable, now=now))

        works: dict[str, Work] = {
            "issue_values": self.issue_values,
            "issue_document": lambda data: issue(orjson.loads(data), **options),
            "verify_known": judge,
            "verify_unknown": judge,
            "jwt_issue": lambda data: issue_token(
                orjson.loads(data), key=key, kid=setup["method"], profile=Profile.OPEN_BADGES
            ),
            "jwt_verify": lambda token: _token_holds(token, key.public),
            "raw_sign": lambda _: key.sign(message),
            "raw_verify": lambda _: key.public.verify(signature, message),
        }
        return "verifiable_badges", works

    def begin(self, template: str) -> None:
        """Awards that come from now on are of this badge."""
        self._waiting.clear()
        self._signed = issue_many(orjson.loads(template), iter(self._waiting.pop, None), **self._options)

    def issue_values(self, award: Mapping[str, str]) -> bytes:
        self._waiting.append(award)
        return next(self._signed)


def _token_holds(token: str, known: PublicKey) -> bool:
    """Signature, header and claims, with the issuer's key at hand."""
    try:
        verify_token(decode_token(token), resolve=unavailable, known=known)
    except VerifiableBadgesError:
        return False
    return True


def _holds(report: Report) -> bool:
    """All passed except the status list, which cannot be asked here."""
    return all(check.outcome is Outcome.PASSED or check.name in ("status", "recipient") for check in report.checks)


if __name__ == "__main__":
    engine = Engine()
    as_bytes = dict.fromkeys(("issue_document", "verify_known", "verify_unknown", "jwt_issue"), str.encode)
    serve(engine.prepare, load={"template": engine.begin, "issue_values": orjson.loads, **as_bytes})
