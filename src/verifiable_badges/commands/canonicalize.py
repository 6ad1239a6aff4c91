"""`canonicalize`: the canonical form of RDF (RDFC-1.0)."""

import argparse
import json
import sys
from typing import Any

from verifiable_badges.commands import GOOD, add_command, read_file
from verifiable_badges.errors import LimitExceeded, UnreadableInput
from verifiable_badges.jsonld import canonicalize, parse_nquads
from verifiable_badges.limits import MAX_BYTES


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "canonicalize", _run, "put N-Quads into their canonical form (RDFC-1.0)")
    command.add_argument("file", nargs="?", default="-", help="the N-Quads; standard input if left out")
    command.add_argument("--map", action="store_true", help="print the new name of each blank node instead, as JSON")
    command.add_argument("--hash", choices=["SHA256", "SHA384"], default="SHA256", help="what to tell them apart with")


def _run(options: argparse.Namespace) -> int:
    data = read_file(options.file)
    if len(data) > MAX_BYTES:
        raise LimitExceeded("too_large", f"The text is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInput("not_utf8", "The text is not UTF-8: at least one letter is damaged.") from error
    canonical = canonicalize(parse_nquads(text), algorithm=options.hash.lower())
    answer = json.dumps(canonical.issued, ensure_ascii=False) + "\n" if options.map else canonical.text
    sys.stdout.buffer.write(answer.encode("utf-8"))
    return GOOD
