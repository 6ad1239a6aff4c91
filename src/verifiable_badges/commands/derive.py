"""`derive SIGNED OUTPUT [POINTER …]`: from a badge signed with ecdsa-sd-2023, what its holder chooses to show."""

import argparse
from pathlib import Path
from typing import Any

from verifiable_badges.commands import GOOD, add_command, read_file
from verifiable_badges.errors import UnreadableInput
from verifiable_badges.json_text import parse, write
from verifiable_badges.proofs.ecdsa_sd_2023 import derive


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "derive", _run, "show a part of a badge that was signed with ecdsa-sd-2023")
    command.add_argument("file", help="the badge as its issuer gave it to the holder, or - for standard input")
    command.add_argument("output", help="the new file with what is shown")
    command.add_argument(
        "pointer",
        nargs="*",
        help="a JSON pointer to what is shown besides the mandatory parts, such as /credentialSubject/result",
    )


def _run(options: argparse.Namespace) -> int:
    document = parse(read_file(options.file))
    if not isinstance(document, dict):
        raise UnreadableInput("not_a_credential", "The file does not hold a credential.")
    Path(options.output).write_bytes(write(derive(document, selective_pointers=options.pointer)) + b"\n")
    return GOOD
