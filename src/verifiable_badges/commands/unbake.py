"""`unbake PICTURE`: print the badge in a picture, or all that are in it."""

import argparse
import sys
from typing import Any

from verifiable_badges.baking import unbake_all
from verifiable_badges.commands import GOOD, add_command, read_file
from verifiable_badges.json_text import write
from verifiable_badges.reading import read


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "unbake", _run, "print the badge in a picture")
    command.add_argument("file", help="PNG or SVG")
    command.add_argument(
        "--all", action="store_true", help="every badge in it, a line of JSON with its standard for each"
    )


def _run(options: argparse.Namespace) -> int:
    picture = read_file(options.file)
    if options.all:
        for badge in unbake_all(picture):
            sys.stdout.buffer.write(write({"standard": badge.version, "text": badge.text}) + b"\n")
        return GOOD
    presented = read(picture)
    document = write(presented.document) if presented.document is not None else b""
    sys.stdout.buffer.write((document or (presented.token or presented.url).encode("utf-8")) + b"\n")
    return GOOD
