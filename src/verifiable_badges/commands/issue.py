"""`issue FILE --key KEY [--cryptosuite NAME]`: sign a credential and print it."""

import argparse
import os
import sys
from typing import Any

from verifiable_badges.commands import GOOD, add_command, load_key, moment, read_file
from verifiable_badges.errors import UnreadableInput
from verifiable_badges.issuing import issue, issue_base
from verifiable_badges.json_text import parse
from verifiable_badges.keys import did_key_method
from verifiable_badges.proofs.ecdsa_sd_2023 import CRYPTOSUITE as ECDSA_SD_2023


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "issue", _run, "sign a credential; prints the signed JSON")
    command.add_argument("file", help="the unsigned credential, or - for standard input")
    command.add_argument("--key", required=True, help="a key file made with the command key")
    command.add_argument("--method", help="the address of the key; by default that of its did:key")
    command.add_argument("--created", help="the date and time of the signature")
    command.add_argument("--cryptosuite", default="eddsa-rdfc-2022", help="by default eddsa-rdfc-2022")
    command.add_argument(
        "--mandatory",
        action="append",
        metavar="POINTER",
        help="with ecdsa-sd-2023: a JSON pointer to what must be shown; may be repeated; by default all that a badge "
        "needs and does not say who its holder is",
    )


def _run(options: argparse.Namespace) -> int:
    key = load_key(options.key)
    credential = parse(read_file(options.file))
    if not isinstance(credential, dict):
        raise UnreadableInput("not_a_credential", "The file does not hold a credential.")
    method = options.method or did_key_method(key.public)
    created = moment(options.created)
    if options.cryptosuite == ECDSA_SD_2023:
        signed = issue_base(
            credential,
            key=key,
            verification_method=method,
            created=created,
            random=os.urandom,
            mandatory_pointers=options.mandatory,
        )
    else:
        signed = issue(
            credential, key=key, verification_method=method, created=created, cryptosuite=options.cryptosuite
        )
    sys.stdout.buffer.write(signed + b"\n")
    return GOOD
