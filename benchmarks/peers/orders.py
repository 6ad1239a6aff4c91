"""The Python side of the orders that `benchmarks.peers` describes."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Work = Callable[[Any], object]


def serve(
    prepare: Callable[[dict[str, Any]], tuple[str, Mapping[str, Work]]],
    *,
    load: Mapping[str, Callable[[str], Any]] | None = None,
) -> None:
    """Answer orders until standard input ends. `prepare` gives a text about the library and its works.

    `load` says for which works an input is made into something else before any time is measured.
    """
    load = load or {}
    works: Mapping[str, Work] = {}
    inputs: dict[str, list[Any]] = {}
    answers = sys.stdout
    sys.stdout = sys.stderr  # some libraries talk
    for line in sys.stdin:
        order = json.loads(line)
        answer: dict[str, Any] = {}
        try:
            if "prepare" in order:
                about, works = prepare(order["prepare"])
                answer = {"works": list(works), "about": about}
            elif "inputs" in order:
                for work, texts in order["inputs"].items():
                    inputs[work] = [load.get(work, str)(text) for text in texts]
            elif "try" in order:
                work = order["try"]
                output = works[work](load.get(work, str)(order["text"]))
                answer = {"output": output.decode() if isinstance(output, bytes) else output}
            elif "run" in order:
                answer = {"ns": _run(works[order["run"]], inputs[order["run"]], order["from"], order["times"])}
            else:
                answer = {"peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


def seconds(moment: str) -> int:
    """A date and time as the tokens of Open Badges write it."""
    return int(datetime.fromisoformat(moment).timestamp())


def _run(work: Work, texts: list[Any], place: int, times: int) -> int:
    chosen = [texts[(place + number) % len(texts)] for number in range(times)]
    begun = time.process_time_ns()
    for text in chosen:
        work(text)
    return time.process_time_ns() - begun
