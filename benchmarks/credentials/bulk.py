"""A hundred thousand badges from values to signed, baked PNG, by two processes that keep nothing.

python -m benchmarks.credentials.bulk FIRST COUNT     (one of the two; waits for a line before it begins)
"""

from __future__ import annotations

import json
import resource
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from typing import Any

from benchmarks.credentials import documents
from benchmarks.credentials.children import ROOT
from benchmarks.credentials.correctness import holds
from verifiable_badges.baking import PngTemplate, unbake_png
from verifiable_badges.issuing import issue_many

PROCESSES = 2


def measure(count: int) -> dict[str, Any]:
    """{"n", "processes", "seconds", "peak_mb", "per_process": [{"seconds", "peak_mb"}, …], "picture_bytes"}"""
    share = count // PROCESSES
    commands = [
        [sys.executable, "-m", "benchmarks.credentials.bulk", str(first), str(share)]
        for first in range(0, share * PROCESSES, share)
    ]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for command in commands
    ]
    for process in processes:
        assert process.stdout
        process.stdout.readline()
    begun = time.perf_counter()
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [json.loads(process.communicate()[0]) for process in processes]
    seconds = time.perf_counter() - begun
    return {
        "n": share * PROCESSES,
        "processes": PROCESSES,
        "seconds": round(seconds, 3),
        "peak_mb": max(answer["peak_mb"] for answer in answers),
        "per_process": answers,
        "picture_bytes": len(picture()),
    }


def badges(first: int, count: int) -> Iterator[bytes]:
    """Signed badges, one after the other."""
    return issue_many(
        documents.four_kilobytes(first),
        map(documents.award, range(first, first + count)),
        key=documents.KEY,
        verification_method=documents.METHOD,
        created=documents.CREATED,
    )


def picture() -> bytes:
    """A PNG of 64 by 64 grey dots that do not compress."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x * x * 31 + y * y * 57 + x * y) % 251 for x in range(64)) for y in range(64))
    header = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def main() -> int:
    first, count = int(sys.argv[1]), int(sys.argv[2])
    template = PngTemplate(picture())
    kept: dict[int, bytes] = {}
    print("ready", flush=True)
    sys.stdin.readline()
    begun = time.perf_counter()
    for number, signed in enumerate(badges(first, count), start=first):
        baked = template.bake(signed)
        if number % (count // 5 or 1) == 0:
            kept[number] = baked
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for number, baked in kept.items():  # a few are looked at afterwards: they are what they should be
        text = unbake_png(baked)
        assert text is not None
        assert holds(text)
        expected = documents.four_kilobytes(number)
        assert {name: value for name, value in json.loads(text).items() if name != "proof"} == expected
    print(json.dumps({"seconds": round(seconds, 3), "peak_mb": round(peak, 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
