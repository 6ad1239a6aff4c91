"""`python -m tests.verifiable_badges.fuzzing MINUTES`: ends with 1 if anything was found. SEED=… gives other cases.

`--case SEED:NUMBER` runs one case again, in sight.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.verifiable_badges.fuzzing.running import Finding, examine, watched, work
from tests.verifiable_badges.fuzzing.targets import case as case_of


def main(arguments: list[str]) -> int:
    match arguments:
        case ["--work", numbers, folder]:
            seed, first, last = map(int, numbers.split(":"))
            work(seed, first, last, Path(folder))
            return 0
        case ["--case", numbers]:
            return again(*map(int, numbers.split(":")))
        case _:
            return search(float(arguments[0]) if arguments else 1.0, int(os.environ.get("SEED", "2026")))


def again(seed: int, number: int) -> int:
    target, data = case_of(seed, number)
    print(f"{target.name}: {len(data)} bytes: {data[:2000]!r}")
    found = examine(seed, number)
    print(found or "nothing")
    return int(bool(found))


def search(minutes: float, seed: int) -> int:
    found = 0
    for answer in watched(seed, 0, 10**12, minutes * 60):
        if isinstance(answer, Finding):
            found += 1
            print(answer, flush=True)
        else:
            print(f"{answer} inputs in {minutes:g} minutes, seed {seed}: {found or 'nothing'} found")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
