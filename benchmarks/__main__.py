"""`make bench`: what it costs to start, to read a page, to award and to sign, printed with n, median and spread.

    python -m benchmarks [start|pages|awards|credentials]… [--json]

Each part is a module with `measure() -> list[Figure]`. Times depend on the machine, so it is named with them.
"""

from __future__ import annotations

import json
import platform
import sys
from importlib import import_module

PARTS = ("start", "pages", "awards", "credentials")


def main() -> int:
    wanted = [part for part in sys.argv[1:] if not part.startswith("-")] or list(PARTS)
    unknown = set(wanted) - set(PARTS)
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    figures = [figure for part in wanted for figure in import_module(f"benchmarks.{part}").measure()]
    if "--json" in sys.argv:
        print(json.dumps({"machine": machine(), "figures": [figure.to_json() for figure in figures]}, indent=2))
    else:
        print(machine())
        print("\n".join(map(str, figures)))
    return 0


def machine() -> str:
    import os

    return f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
