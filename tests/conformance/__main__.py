"""See `tests.conformance`."""

from __future__ import annotations

import argparse
import contextlib
import sys

from tests.conformance.serving import Server


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description="The engine behind the VC-API.")
    parser.add_argument("--port", type=int, default=40443, help="the port on loopback (40443)")
    parser.add_argument("--base-url", default="", help="where the world reaches this server, for status lists")
    options = parser.parse_args()
    server = Server(options.port, options.base_url)
    print(f"http://127.0.0.1:{server.server_port}/vc-api/", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
