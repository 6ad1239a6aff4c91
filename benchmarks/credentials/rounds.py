"""Engine and peers by turns in short bursts, so that a machine that slows down slows all of them."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.credentials.children import Child

# Which of their works the engine's is compared with.
PEER_WORK = {
    "issue_values": "issue",
    "issue_document": "issue",
    "verify_known": "verify",
    "verify_unknown": "verify_unknown",
    "jwt_issue": "jwt_issue",
    "jwt_verify": "jwt_verify",
}
RAW_WORK = {"issue_values": "raw_sign", "issue_document": "raw_sign", "verify_known": "raw_verify",
            "verify_unknown": "raw_verify"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pace:
    """How many rounds, how long a burst lasts and how long everybody warms up before, in seconds."""

    rounds: int
    burst: float
    warm_up: float


@dataclass(slots=True)
class Runner:
    """One work of one child. A limited runner never gets the same input twice."""

    child: Child
    work: str
    limited_to: int | None = None
    place: int = 0
    times: int = 1

    def warm_up(self, pace: Pace) -> None:
        """Run until it is warm, and find how many times fill a burst."""
        if self.limited_to is not None:
            self.times = max(1, self.limited_to // (pace.rounds + 1))
            self.rate()
            return
        spent, times = 0.0, 1
        while spent < pace.warm_up:
            seconds = self.child.seconds(self.work, self.place, times)
            spent += seconds
            self.place += times
            self.times = max(1, round(pace.burst * times / seconds))
            times = min(times * 2, max(1, round(pace.warm_up / 4 * times / seconds)))

    def rate(self) -> float:
        """One burst; operations per second."""
        seconds = self.child.seconds(self.work, self.place, self.times)
        self.place += self.times
        return self.times / seconds


Rates = dict[str, dict[str, list[float]]]
"""By child and work: one rate for each round."""


def measure(runners: Sequence[Runner], pace: Pace) -> Rates:
    """The rates of all, one work after the other within each round, the order turned from round to round."""
    for runner in runners:
        runner.warm_up(pace)
    rates: Rates = defaultdict(lambda: defaultdict(list))
    ordered = sorted(runners, key=lambda runner: _GROUPS.index(_group(runner.work)))
    for number in range(pace.rounds):
        turn = number * 3 % len(ordered)
        for runner in (*ordered[turn:], *ordered[:turn]):
            rates[runner.child.name][runner.work].append(runner.rate())
    return rates


_GROUPS = ("jwt", "raw", "issue", "verify")


def _group(work: str) -> str:
    return work.partition("_")[0]


def ratios(rates: Mapping[str, Mapping[str, Sequence[float]]]) -> dict[str, dict[str, list[float]]]:
    """Of the engine's rate to each peer's, round by round. For `raw_ed25519`, the share of what is possible."""
    found: dict[str, dict[str, list[float]]] = {}
    engine = rates["engine"]
    for work, theirs in PEER_WORK.items():
        if work not in engine:
            continue
        compared = {name: works[theirs] for name, works in rates.items() if name != "engine" and theirs in works}
        if RAW_WORK.get(work) in engine:
            compared["raw_ed25519"] = engine[RAW_WORK[work]]
        found[work] = {
            name: [ours / other for ours, other in zip(engine[work], others, strict=True)]
            for name, others in compared.items()
        }
    return found


def spread(values: Sequence[float]) -> dict[str, Any]:
    """Median and quartiles, three digits that count."""
    if len(values) < 2:
        return {"n": len(values), "median": rounded(values[0]), "q1": rounded(values[0]), "q3": rounded(values[0])}
    q1, median, q3 = statistics.quantiles(values, n=4, method="inclusive")
    return {"n": len(values), "median": rounded(median), "q1": rounded(q1), "q3": rounded(q3)}


def rounded(value: float) -> float:
    return float(f"{value:.4g}")
