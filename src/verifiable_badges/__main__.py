"""`python -m verifiable_badges`: verify, issue, bake, unbake and key, without a network.

Exit codes: 0 good, 1 bad, 2 could not be checked or could not be done.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from verifiable_badges.baking import bake_png, bake_svg
from verifiable_badges.baking.png import SIGNATURE as PNG_SIGNATURE
from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import InvalidKey, Unavailable, UnreadableInput, VerifiableBadgesError
from verifiable_badges.issuing import issue
from verifiable_badges.json_text import parse, write
from verifiable_badges.keys import SigningKey, did_key, did_key_method
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.limits import MAX_BYTES
from verifiable_badges.policy import Expectation, IssuerKnown, RecipientIs
from verifiable_badges.reading import read
from verifiable_badges.report import Outcome, Report
from verifiable_badges.verifying import verify

GOOD, BAD, COULD_NOT = 0, 1, 2
_EXIT = {Outcome.PASSED: GOOD, Outcome.FAILED: BAD, Outcome.UNKNOWN: COULD_NOT}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; prints to standard output, errors as one sentence to standard error."""
    options = _parser().parse_args(arguments)
    try:
        result: int = options.run(options)
    except VerifiableBadgesError as error:
        return _say_error(options, error.code, error.message)
    except OSError as error:
        return _say_error(options, "file", f"{error.filename}: {error.strerror}")
    return result


def _say_error(options: argparse.Namespace, code: str, message: str) -> int:
    if options.json:
        print(json.dumps({"error": code, "message": message}, ensure_ascii=False))
    else:
        print(message, file=sys.stderr)
    return COULD_NOT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m verifiable_badges", description="Open Badges, without a network.")
    commands = parser.add_subparsers(required=True, metavar="command")

    command = _command(commands, "verify", _verify, "check a badge: picture, JSON or token")
    command.add_argument("file", help="the file, or - for standard input")
    command.add_argument("--recipient", help="the mailbox it should have been given to")
    command.add_argument("--issuer", action="append", help="the id of an issuer you know; may be repeated")
    command.add_argument("--now", help="check as of this date and time")
    command.add_argument("--status-list", help="the status list, as a file; none is fetched")

    command = _command(commands, "issue", _issue, "sign a credential; prints the signed JSON")
    command.add_argument("file", help="the unsigned credential, or - for standard input")
    command.add_argument("--key", required=True, help="a key file made with the command key")
    command.add_argument("--method", help="the address of the key; by default that of its did:key")
    command.add_argument("--created", help="the date and time of the signature")

    command = _command(commands, "bake", _bake, "place a signed badge in a picture")
    command.add_argument("picture", help="PNG or SVG")
    command.add_argument("badge", help="the signed JSON or token")
    command.add_argument("output", help="the new picture")

    command = _command(commands, "unbake", _unbake, "print the badge in a picture")
    command.add_argument("file", help="PNG or SVG")

    command = _command(commands, "key", _key, "make a signing key")
    command.add_argument("output", help="a new file for the secret; readable by you alone")
    return parser


def _command(commands: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)
    return command


def _verify(options: argparse.Namespace) -> int:
    expectations: list[Expectation] = []
    if options.recipient:
        expectations.append(RecipientIs(options.recipient))
    if options.issuer:
        expectations.append(IssuerKnown(options.issuer))

    def fetch_status(address: str) -> bytes:
        if options.status_list:
            return _read_file(options.status_list)
        raise Unavailable(
            "offline", f"The list of withdrawn badges at {address} was not asked: no network is used here."
        )

    now = _moment(options.now)
    report = verify(
        _read_file(options.file), resolve=unavailable, fetch_status=fetch_status, now=now, expectations=expectations
    )
    print(json.dumps(report.to_json(), ensure_ascii=False, indent=2) if options.json else _as_text(report))
    return _EXIT[report.verdict]


def _as_text(report: Report) -> str:
    lines = [f"{check.name:<12} {check.outcome.value:<20} {check.reason}" for check in report.checks]
    return "\n".join([*lines, f"{'together':<12} {report.verdict.value}"])


def _issue(options: argparse.Namespace) -> int:
    key = _load_key(options.key)
    credential = parse(_read_file(options.file))
    if not isinstance(credential, dict):
        raise UnreadableInput("not_a_credential", "The file does not hold a credential.")
    method = options.method or did_key_method(key.public)
    signed = issue(credential, key=key, verification_method=method, created=_moment(options.created))
    sys.stdout.buffer.write(signed + b"\n")
    return GOOD


def _bake(options: argparse.Namespace) -> int:
    picture, text = _read_file(options.picture), _read_file(options.badge)
    read(text)  # a badge that could not be read again is not baked
    bake = bake_png if picture.startswith(PNG_SIGNATURE) else bake_svg
    Path(options.output).write_bytes(bake(picture, text.decode("utf-8").strip()))
    return GOOD


def _unbake(options: argparse.Namespace) -> int:
    presented = read(_read_file(options.file))
    document = write(presented.document) if presented.document is not None else b""
    sys.stdout.buffer.write((document or (presented.token or presented.url).encode("utf-8")) + b"\n")
    return GOOD


def _key(options: argparse.Namespace) -> int:
    key = SigningKey.generate(os.urandom)
    descriptor = os.open(options.output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.seed.hex() + "\n")
    answer = {"did": did_key(key.public), "verificationMethod": did_key_method(key.public)}
    print(json.dumps(answer, indent=2) if options.json else answer["did"])
    return GOOD


def _load_key(path: str) -> SigningKey:
    try:
        return SigningKey.from_seed(bytes.fromhex(_read_file(path).decode("ascii").strip()))
    except ValueError as error:
        raise InvalidKey("seed", "The key file does not hold a key.") from error


def _moment(text: str | None) -> datetime:
    return parse_datetime(text) if text else datetime.now(UTC)


def _read_file(path: str) -> bytes:
    """At most one byte more than is accepted, so that a device or a pipe without end does no harm."""
    if path == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with open(path, "rb") as file:
        return file.read(MAX_BYTES + 1)


if __name__ == "__main__":
    sys.exit(main())
