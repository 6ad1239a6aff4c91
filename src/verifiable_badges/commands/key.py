"""`key OUTPUT`: make a signing key."""

import argparse
import json
import os
from typing import Any

from verifiable_badges.commands import GOOD, add_command
from verifiable_badges.keys import KeyKind, SigningKey, did_key, did_key_method

_KINDS = {"Ed25519": KeyKind.ED25519, "P-256": KeyKind.P256, "P-384": KeyKind.P384}


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "key", _run, "make a signing key")
    command.add_argument("output", help="a new file for the secret; readable by you alone")
    command.add_argument("--kind", choices=list(_KINDS), default="Ed25519", help="by default Ed25519")


def _run(options: argparse.Namespace) -> int:
    key = SigningKey.generate(os.urandom, _KINDS[options.kind])
    descriptor = os.open(options.output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write((key.seed.hex() if key.kind is KeyKind.ED25519 else key.secret_multibase) + "\n")
    answer = {"did": did_key(key.public), "verificationMethod": did_key_method(key.public)}
    print(json.dumps(answer, indent=2) if options.json else answer["did"])
    return GOOD
