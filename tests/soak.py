"""`make soak RUNS=200`: kill web server and worker at random while 2,000 badges are awarded; restart; check everything.

RUNS counts kills. Each batch of 2,000 is killed several times before it may end. After each batch every invariant is
checked row by row and the database's integrity too. Ends with 1 when anything broke. The moments come from a seed
(SEED=…), printed with the result; where they fall also depends on the machine.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.product import Product, start

LINES = 2000
KILLS_A_BATCH = 5
LONGEST_WAIT = 4.0
LIMIT = 300.0


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    seed = int(os.environ.get("SEED", "2026"))
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        product = start(Path(folder) / "data", DEMONSTRATION="1")
        kills = batches = 0
        try:
            while kills < runs:
                batch = accept(product, batches)
                for _ in range(min(KILLS_A_BATCH, runs - kills)):
                    time.sleep(chance.uniform(0, LONGEST_WAIT))
                    product.kill()
                    kills += 1
                    product = start(product.data_dir, DEMONSTRATION="1")
                wait_until_done(product, batch)
                batches += 1
                broken = problems(product)
                print(f"batch {batches}: {kills} kills, {broken or 'whole'}", flush=True)
                if broken:
                    return 1
        finally:
            product.kill()
    print(f"{kills} kills in {batches} batches of {LINES}, seed {seed}: every award once, signed, with its own index.")
    return 0


def accept(product: Product, number: int) -> str:
    """Accept a batch as a lead of the demonstration would; returns its number."""
    return script(product, "accept", str(number)).strip()


def wait_until_done(product: Product, batch: str) -> None:
    begun = time.monotonic()
    while script(product, "done", batch).strip() != "yes":
        if time.monotonic() - begun > LIMIT:
            raise RuntimeError(f"batch {batch} was not finished within {LIMIT:.0f} s")
        time.sleep(0.5)


def problems(product: Product) -> str:
    found = product.command("doctor", "--invariants")
    whole = script(product, "integrity").strip()
    return (
        ""
        if found.returncode == 0 and whole == "ok"
        else f"{found.stdout.decode()}{found.stderr.decode()} integrity: {whole}"
    )


def script(product: Product, *arguments: str) -> str:
    command = [sys.executable, "-m", "tests.soak_steps", *arguments]
    return subprocess.run(command, env=product.environment, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
