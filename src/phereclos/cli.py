"""The command `phereclos`. Exit codes: 0 good, 1 the thing is bad, 2 could not be done or checked."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from phereclos.configuration import Configuration, ConfigurationError, read
from phereclos.running import preparing

GOOD, BAD, COULD_NOT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["manage"]:
        return manage(given[1:])
    options = parser().parse_args(given)
    try:
        return int(options.run(options))
    except (ConfigurationError, preparing.CannotStart, preparing.NoSite) as error:
        return sentence(str(error))


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="phereclos", description="A living local education cluster.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("up", help="start the web server and the background worker")
    command.add_argument("--prepare-only", action="store_true", help="bring everything up to date and end")
    command.set_defaults(run=up)

    command = commands.add_parser("verify", help="check a badge: a file, a link, or - for standard input")
    command.add_argument("badge")
    command.add_argument("--json", action="store_true", help="the report for programs")
    command.set_defaults(run=verify)

    command = commands.add_parser("doctor", help="say what is not ready or not well")
    command.add_argument("--invariants", action="store_true", help="check what must always hold, row by row")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=doctor)

    command = commands.add_parser("backup", help="write database and media into one file; secrets travel apart")
    command.add_argument("file", type=Path)
    command.set_defaults(run=backup)

    command = commands.add_parser("restore", help="bring a backup back into an empty data folder")
    command.add_argument("file", type=Path)
    command.set_defaults(run=restore)

    commands.add_parser("manage", help="Django's own commands")
    return top


def sentence(text: str, code: int = COULD_NOT) -> int:
    print(text, file=sys.stderr)
    return code


def prepared_folder() -> None:
    """The data folder with its secrets, before the settings are read."""
    preparing.check_folder(Path(os.environ.get("DATA_DIR") or "data").absolute())


def set_up_django() -> Configuration:
    """The configuration of the site that is here; nothing is made. Raises NoSite and other sentences."""
    configuration = read()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phereclos.settings")
    import django

    django.setup()
    preparing.require_site(configuration)
    return configuration


def up(options: argparse.Namespace) -> int:
    from phereclos.running import supervisor

    prepared_folder()
    configuration = read()
    if not options.prepare_only:
        preparing.check_port(configuration)
    preparing.prepare(configuration, say)
    if options.prepare_only:
        return GOOD
    return supervisor.run(configuration, say, lambda: welcome(configuration))


def say(text: str) -> None:
    print(f"  {text}", flush=True)


def welcome(configuration: Configuration) -> None:
    from phereclos.setup.welcome import lines

    print("\n".join(("", *lines(configuration), "")), flush=True)


def verify(options: argparse.Namespace) -> int:
    from phereclos.running import checking

    try:
        data = checking.read_badge(options.badge)
    except OSError as error:
        return sentence(f"{options.badge} cannot be read ({error.strerror}).")
    try:
        set_up_django()
    except (ConfigurationError, preparing.CannotStart, preparing.NoSite):
        print("No site runs here: checked without a network and without records.", file=sys.stderr)
        report = checking.report_without_site(data)
    else:
        report = checking.report_of_site(data)
    return checking.show(report, as_json=options.json)


def doctor(options: argparse.Namespace) -> int:
    configuration = set_up_django()
    from phereclos.running import doctor as doctors

    findings = doctors.invariants() if options.invariants else doctors.examine(configuration)
    if options.json:
        print(json.dumps([finding.to_json() for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(f"{finding.sign} {finding.text}")
    return BAD if any(finding.level == "bad" for finding in findings) else GOOD


def backup(options: argparse.Namespace) -> int:
    configuration = set_up_django()
    from phereclos.running import backups

    try:
        print(backups.write(configuration, options.file))
    except backups.CannotBackUp as error:
        return sentence(str(error))
    return GOOD


def restore(options: argparse.Namespace) -> int:
    from phereclos.running import backups

    try:
        print(backups.restore(Path(os.environ.get("DATA_DIR") or "data").absolute(), options.file))
    except backups.CannotBackUp as error:
        return sentence(str(error))
    return GOOD


def manage(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phereclos.settings")
    try:
        prepared_folder()
        read()
    except (ConfigurationError, preparing.CannotStart) as error:
        return sentence(str(error))
    execute_from_command_line(["phereclos manage", *arguments])
    return GOOD
