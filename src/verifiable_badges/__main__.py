"""`python -m verifiable_badges`: the commands, without a network.

Exit codes: 0 good, 1 bad, 2 could not be checked or could not be done.
"""

import argparse
import json
import sys
from collections.abc import Sequence

from verifiable_badges.commands import (
    COULD_NOT,
    bake,
    canonicalize,
    derive,
    issue,
    jcs,
    jose,
    key,
    unbake,
    verify,
    verify_proof,
)
from verifiable_badges.errors import VerifiableBadgesError

_COMMANDS = (verify, issue, derive, bake, unbake, key, verify_proof, canonicalize, jcs, jose)


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
    group = parser.add_subparsers(required=True, metavar="command")
    for command in _COMMANDS:
        command.add(group)
    return parser


if __name__ == "__main__":
    sys.exit(main())
