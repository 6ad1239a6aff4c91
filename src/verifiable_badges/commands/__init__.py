"""The commands of `python -m verifiable_badges`: one module each, whose `add(group)` joins it to the command line.

This is the only place of the engine that reads files, the clock and the system's randomness. Here is what they share.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidKey
from verifiable_badges.keys import SigningKey
from verifiable_badges.limits import MAX_BYTES

GOOD, BAD, COULD_NOT = 0, 1, 2
"""The exit codes: it is so, it is not so, it could not be checked or could not be done."""

Run = Callable[[argparse.Namespace], int]
"""Carries a command out and returns its exit code. Errors of this package are said by `main`, which exits with 2."""


def add_command(group: Any, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    """A new command in `group`, what `ArgumentParser.add_subparsers` returns; takes `--json` like every other."""
    command: argparse.ArgumentParser = group.add_parser(name, help=text, description=text)
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)
    return command


def read_file(path: str) -> bytes:
    """At most one byte more than is accepted, so that a device or a pipe without end does no harm."""
    if path == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with open(path, "rb") as file:
        return file.read(MAX_BYTES + 1)


def load_key(path: str) -> SigningKey:
    """The key in a file that the command `key` has written: an Ed25519 seed in hex, or any `secretKeyMultibase`."""
    try:
        text = read_file(path).decode("ascii").strip()
        return SigningKey.from_multibase(text) if text[:1] == "z" else SigningKey.from_seed(bytes.fromhex(text))
    except ValueError as error:
        raise InvalidKey("seed", "The key file does not hold a key.") from error


def moment(text: str | None) -> datetime:
    """The given date and time, or now."""
    return parse_datetime(text) if text else datetime.now(UTC)
