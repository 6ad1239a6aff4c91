"""`make soak RUNS=200`: kill web server and worker at random while 2,000 badges are awarded; restart; check everything.

RUNS counts kills. Each batch of 2,000 begins with a fresh copy of the demonstration and is killed ten times before it
may end. Then every invariant is checked row by row and the database's integrity too. Ends with 1 when anything broke.
The moments come from a seed (SEED=…), printed with the result; where they fall also depends on the machine.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.product import Product, free_port, launch, start, wait_until_ready

LINES = 2000
KILLS_A_BATCH = 10
LONGEST_WAIT = 7.0  # as long as a start and the signing after it, so that both are hit
LIMIT = 300.0


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    seed = int(os.environ.get("SEED", "2026"))
    chance = random.Random(seed)
    kills = batches = 0
    with tempfile.TemporaryDirectory() as folder:
        pristine = Path(folder) / "pristine"
        port = str(free_port())  # one for all: the address is part of what was signed
        start(pristine, DEMONSTRATION="1", PORT=port).stop()
        while kills < runs:
            data_dir = Path(folder) / f"data-{batches}"
            shutil.copytree(pristine, data_dir)
            wanted = min(KILLS_A_BATCH, runs - kills)
            broken = batch_under_fire(data_dir, port, wanted, chance)
            kills, batches = kills + wanted, batches + 1
            print(f"batch {batches}: {kills} kills, {broken or 'whole'}", flush=True)
            if broken:
                return 1
            shutil.rmtree(data_dir)
    print(f"{kills} kills in {batches} batches of {LINES}, seed {seed}: every award once, signed, with its own index.")
    return 0


def batch_under_fire(data_dir: Path, port: str, kills: int, chance: random.Random) -> str:
    """One batch, killed so many times; returns what is broken afterwards, or nothing."""
    product = start(data_dir, DEMONSTRATION="1", PORT=port)
    try:
        batch = accept(product, 0)
        for _ in range(kills):
            time.sleep(chance.uniform(0, LONGEST_WAIT))
            product.kill()
            product = launch(data_dir, DEMONSTRATION="1", PORT=port)
        wait_until_ready(product)
        wait_until_done(product, batch)
        return problems(product)
    finally:
        product.kill()


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
