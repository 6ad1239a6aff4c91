"""The engine beside the libraries that others use, on one core, with the same documents, by turns.

    python -m benchmarks.credentials [--json] [--documents] [--quick] [--bulk N]

`issue_values` is compared with peers that issue the whole document, since none of them can do less. `verify` is proof,
structure, issuer and dates, without asking a status list, for the engine; the peers check no more than that, and not
what is inside: of the endorsed badge and the record the engine verifies each credential within as well. Ratios
are those of paired bursts. A peer that cannot be had or that gives another signature is named, never dropped.
"""

from __future__ import annotations

from benchmarks.figures import Figure


def measure() -> list[Figure]:
    """For `make bench`: each ratio as a figure, and what is missing as a line on standard error."""
    from benchmarks.credentials.report import run  # not above: the batch must not carry it

    return run().figures()
