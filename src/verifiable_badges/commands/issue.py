"""`issue FILE --key KEY`: sign a credential and print it."""

import argparse
import sys
from typing import Any

from verifiable_badges.commands import GOOD, add_command, load_key, moment, read_file
from verifiable_badges.errors import UnreadableInput
from verifiable_badges.issuing import issue
from verifiable_badges.json_text import parse
from verifiable_badges.keys import did_key_method


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "issue", _run, "sign a credential; prints the signed JSON")
    command.add_argument("file", help="the unsigned credential, or - for standard input")
    command.add_argument("--key", required=True, help="a key file made with the command key")
    command.add_argument("--method", help="the address of the key; by default that of its did:key")
    command.add_argument("--created", help="the date and time of the signature")


def _run(options: argparse.Namespace) -> int:
    key = load_key(options.key)
    credential = parse(read_file(options.file))
    if not isinstance(credential, dict):
        raise UnreadableInput("not_a_credential", "The file does not hold a credential.")
    method = options.method or did_key_method(key.public)
    signed = issue(credential, key=key, verification_method=method, created=moment(options.created))
    sys.stdout.buffer.write(signed + b"\n")
    return GOOD
