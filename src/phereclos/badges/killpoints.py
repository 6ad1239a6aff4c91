"""Named places where a test may kill this process as a power cut would. Does nothing unless KILL_AT names one.

`KILL_AT=after_sign:7` kills at the seventh time this process reaches `after_sign`. The tests of awarding
(tests/badges/test_kill.py) use it to be exact; nothing else may.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

POINTS = (
    "batch_accepted",  # the lines are committed, no task has begun
    "lease_taken",  # a worker holds the batch, nothing is written
    "after_index",  # an index is chosen, nothing is signed
    "after_sign",  # signed, not yet written
    "after_award",  # written, not yet committed
    "after_lines",  # all awards of a portion are written, the lease is not yet proved
    "before_commit",  # the lease is proved, the portion is not yet committed
    "after_commit",  # a portion is committed, the next has not begun
    "before_finish",  # every award is there, the batch is not yet said to be done
    "after_finish",  # done, the lease is not yet given back
)

_reached: Counter[str] = Counter()


def reach(point: str) -> None:
    named, _, number = os.environ.get("KILL_AT", "").partition(":")
    if not named or named != point:
        return
    _reached[point] += 1
    if _reached[point] == int(number or 1):
        os.kill(os.getpid(), signal.SIGKILL)
