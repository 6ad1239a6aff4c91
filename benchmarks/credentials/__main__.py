"""See `benchmarks.credentials`."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks.credentials.report import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.credentials")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--documents", action="store_true", help="print the table of all kinds of documents")
    parser.add_argument("--quick", action="store_true", help="few short rounds and a small batch: to try it out")
    parser.add_argument("--bulk", type=int, default=None, metavar="N", help="badges in the batch (100000)")
    options = parser.parse_args()
    result = run(quick=options.quick, bulk=options.bulk)
    if options.json:
        print(json.dumps(result.to_json(), indent=2, ensure_ascii=False))
    else:
        print(result.as_text(all_documents=options.documents))
    return 0


if __name__ == "__main__":
    sys.exit(main())
