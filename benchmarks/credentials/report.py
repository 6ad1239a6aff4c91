"""One whole run, and its figures as JSON, as a table and as lines of `make bench`."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.credentials import bulk as bulk_batch
from benchmarks.credentials import correctness, inputs
from benchmarks.credentials.children import ENGINE, SCRIPTS, Child, Trouble, one_core
from benchmarks.credentials.documents import FOUR_KILOBYTES, OTHERS, Kind
from benchmarks.credentials.rounds import PEER_WORK, Pace, Runner, measure, ratios, spread
from benchmarks.figures import Figure

PACE, PACE_OF_OTHERS = Pace(9, 0.15, 2.0), Pace(5, 0.08, 0.3)
QUICK = Pace(3, 0.05, 0.1)
BULK, QUICK_BULK = 100_000, 2_000
_SHAPES_PER_ROUND = 120


@dataclass(frozen=True, slots=True)
class OfKind:
    """What was measured with one kind of document: rates by child and work, ratios by work and peer, one a round."""

    name: str
    bytes_signed: int
    rates: dict[str, dict[str, list[float]]]
    wrong: dict[str, dict[str, str]]

    def to_json(self) -> dict[str, Any]:
        shares = ratios(self.rates)
        return {
            "bytes": self.bytes_signed,
            "engine": _medians(self.rates[ENGINE]),
            "peers": {name: _medians(works) for name, works in self.rates.items() if name != ENGINE},
            "ratios": {work: _medians(by_peer) for work, by_peer in shares.items()},
            "spread": {
                "engine": _spreads(self.rates[ENGINE]),
                "peers": {name: _spreads(works) for name, works in self.rates.items() if name != ENGINE},
                "ratios": {work: _spreads(by_peer) for work, by_peer in shares.items()},
            },
            "wrong": self.wrong,
        }


@dataclass(slots=True)
class Result:
    """All of one run."""

    core: int | None
    about: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    kinds: list[OfKind] = field(default_factory=list)
    peak_mb: dict[str, float] = field(default_factory=dict)
    bulk: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The 4 kB badge on top, the other documents under `documents`."""
        first = self.kinds[0]
        return {
            "machine": machine(),
            "core": self.core,
            "libraries": self.about,
            "missing": self.missing,
            "document": first.name,
            **first.to_json(),
            "documents": {kind.name: kind.to_json() for kind in self.kinds},
            "peak_mb": self.peak_mb,
            "bulk": self.bulk,
            "seconds": round(self.seconds, 1),
        }

    def figures(self) -> list[Figure]:
        for name, reason in self.missing.items():
            print(f"Not measured: {name}, for {reason}.", file=sys.stderr)
        found = [
            Figure(f"{kind.name}: {work} / {peer}", "times", tuple(values))
            for kind in self.kinds
            for work, by_peer in ratios(kind.rates).items()
            for peer, values in by_peer.items()
        ]
        found.append(Figure(f"{self.bulk['n']} badges from values to PNG", "s", (self.bulk["seconds"],)))
        return [*found, Figure("… peak of a process", "MB", (self.bulk["peak_mb"],))]

    def as_text(self, *, all_documents: bool) -> str:
        lines = [machine(), f"one core ({self.core}), median of paired rounds, quartiles in brackets"]
        lines += [f"  {name:<14}{about}" for name, about in self.about.items()]
        lines += [f"  {name:<14}NOT MEASURED: {reason}" for name, reason in self.missing.items()]
        for kind in self.kinds if all_documents else self.kinds[:1]:
            lines += ["", *_table(kind)]
        lines += ["", "peak MB  " + "  ".join(f"{name} {mb:.0f}" for name, mb in self.peak_mb.items())]
        lines.append(f"bulk     {self.bulk['n']} from values to PNG, {self.bulk['processes']} processes: "
                     f"{self.bulk['seconds']} s, {self.bulk['peak_mb']} MB each at most")  # fmt: skip
        return "\n".join([*lines, f"took     {self.seconds:.0f} s"])


def run(*, quick: bool = False, bulk: int | None = None) -> Result:
    """Everything, in one go: first the batch, with two processes on all cores, then the rest on one."""
    begun = time.perf_counter()
    batch = bulk_batch.measure(bulk or (QUICK_BULK if quick else BULK))
    with one_core() as core, contextlib.ExitStack() as open_children:
        result = Result(core, bulk=batch)
        children = list(_children(result, open_children))
        for kind in (FOUR_KILOBYTES, *OTHERS):
            pace = QUICK if quick else PACE if kind is FOUR_KILOBYTES else PACE_OF_OTHERS
            result.kinds.append(_measure_kind(kind, children, pace))
        result.peak_mb = {child.name: round(child.peak_mb(), 1) for child in children}
    result.seconds = time.perf_counter() - begun
    return result


def _children(result: Result, open_children: contextlib.ExitStack) -> Iterator[Child]:
    """The engine and whoever of the peers is there."""
    for name, script in {ENGINE: "engine", **SCRIPTS}.items():
        try:
            child = open_children.enter_context(Child(name, script))
            child.prepare(inputs.setup())
        except Trouble as error:
            if name == ENGINE:
                raise
            result.missing[name] = str(error)
            continue
        result.about[name] = child.about
        yield child


def _measure_kind(kind: Kind, children: list[Child], pace: Pace) -> OfKind:
    shapes = max(4, _SHAPES_PER_ROUND // kind.weight) * (pace.rounds + 1)
    first = kind is FOUR_KILOBYTES
    made = inputs.make(kind, copies=max(20, 200 // kind.weight), shapes=shapes, tokens=first)
    runners, wrong = [], {}
    for child in children:
        works = _works(child, with_tokens=first)
        texts = {name: some for name, some in made.by_work().items() if name in (*works, "template")}
        child.ask(inputs=texts)
        faults = correctness.faults(child, works, made)
        if faults:
            wrong[child.name] = faults
        runners += [
            Runner(child, work, shapes if child.name == ENGINE and work == "verify_unknown" else None)
            for work in works
            if work not in faults
        ]
    rates = measure(runners, pace)
    return OfKind(kind.name, len(made.signed[0].encode()), {name: dict(works) for name, works in rates.items()}, wrong)


def _works(child: Child, *, with_tokens: bool) -> list[str]:
    """The works of a child that are measured with one kind of document; JWTs only with the first."""
    return [work for work in child.works if with_tokens or not work.startswith("jwt_")]


def _medians(values: dict[str, list[float]]) -> dict[str, float]:
    return {name: spread(some)["median"] for name, some in values.items()}


def _spreads(values: dict[str, list[float]]) -> dict[str, Any]:
    return {name: spread(some) for name, some in values.items()}


def _table(kind: OfKind) -> list[str]:
    lines = [f"{kind.name} ({kind.bytes_signed} bytes)"]
    engine = _medians(kind.rates[ENGINE])
    for work, by_peer in ratios(kind.rates).items():
        lines.append(f"  {work:<16}{engine[work]:>10,.0f} /s")
        for peer, values in by_peer.items():
            found = spread(values)
            theirs = kind.rates.get(peer, {}).get(PEER_WORK[work])
            rate = f"{spread(theirs)['median']:>10,.0f} /s" if theirs else " " * 13
            times = f"{found['median']:>9.3g} x  ({found['q1']:.3g} to {found['q3']:.3g}, n={found['n']})"
            lines.append(f"    {peer:<14}{rate}{times}")
    lines += [f"  WRONG: {name}, {work}: {why}" for name, works in kind.wrong.items() for work, why in works.items()]
    return lines


def machine() -> str:
    """The processor's name where the system tells it."""
    name = platform.processor() or platform.machine()
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as file:
        name = next((line.partition(":")[2].strip() for line in file if line.startswith("model name")), name)
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


__all__ = ["Result", "machine", "run"]
