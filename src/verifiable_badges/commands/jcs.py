"""`jcs`: the canonical form of JSON (RFC 8785)."""

import argparse
import sys
from typing import Any

from verifiable_badges.commands import GOOD, add_command, read_file
from verifiable_badges.json_text import parse
from verifiable_badges.jsonld.jcs import jcs


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "jcs", _run, "put JSON into its canonical form (RFC 8785)")
    command.add_argument("file", nargs="?", default="-", help="the JSON; standard input if left out")


def _run(options: argparse.Namespace) -> int:
    sys.stdout.buffer.write(jcs(parse(read_file(options.file))))
    return GOOD
