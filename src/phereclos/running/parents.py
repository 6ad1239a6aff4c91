"""Nobody outlives whoever started them, however that one dies."""

from __future__ import annotations

import ctypes
import os
import signal
import sys


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """On Linux this process gets the signal when its parent dies, also by `kill -9` (prctl PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, int(number))
        if os.getppid() == 1:  # the parent died in between
            os.kill(os.getpid(), number)
