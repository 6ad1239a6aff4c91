"""`verify-proof`: check the Data Integrity proofs of any JSON document, and nothing else about it."""

import argparse
import json
import sys
from datetime import datetime
from typing import Any

from verifiable_badges.commands import BAD, COULD_NOT, GOOD, add_command, moment, read_file
from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import CannotDecide, InvalidProof, UnreadableInput, VerifiableBadgesError
from verifiable_badges.json_text import parse
from verifiable_badges.jsonld import Reading
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.data_integrity import VerifiedProof, verify_every_proof


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "verify-proof", _run, "check the Data Integrity proof of a document")
    command.add_argument("file", nargs="?", default="-", help="the document; standard input if left out")
    command.add_argument("--purpose", default="assertionMethod", help="what the proof should be made for")
    command.add_argument("--challenge", help="the challenge it should answer")
    command.add_argument("--domain", action="append", help="for whom it should be made; may be repeated")
    command.add_argument("--now", help="check as of this date and time")
    command.add_argument("--badge", action="store_true", help="allow only what the JSON-LD of a badge may use")


def _run(options: argparse.Namespace) -> int:
    try:
        proofs = _verify(options)
    except VerifiableBadgesError as error:
        outcome = COULD_NOT if isinstance(error, CannotDecide) else BAD
        if options.json:
            answer = {"verified": False, "error": error.code, "message": error.message}
            print(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            print(error.message, file=sys.stderr)
        return outcome
    if options.json:
        methods = [proof.key.method for proof in proofs]
        print(json.dumps({"verified": True, "verificationMethods": methods}, ensure_ascii=False, indent=2))
    else:
        print("The document is unchanged since it was signed.")
    return GOOD


def _verify(options: argparse.Namespace) -> list[VerifiedProof]:
    document = parse(read_file(options.file))
    if not isinstance(document, dict):
        raise UnreadableInput("not_a_document", "The text is not a JSON document.")
    proofs = verify_every_proof(
        document,
        resolve=unavailable,
        purpose=options.purpose,
        challenge=options.challenge,
        domain=options.domain,
        reading=Reading.BADGE if options.badge else Reading.GENERIC,
    )
    for proof in proofs:
        _check_end(proof, moment(options.now))
    return proofs


def _check_end(proof: VerifiedProof, now: datetime) -> None:
    if "expires" in proof.options and parse_datetime(proof.options["expires"]) < now:
        raise InvalidProof("proof_expired", "The signature was made for a time that is over.")
