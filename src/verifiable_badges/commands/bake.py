"""`bake PICTURE BADGE OUTPUT`: place a signed badge in a picture."""

import argparse
from pathlib import Path
from typing import Any

from verifiable_badges.baking import bake_png, bake_svg
from verifiable_badges.baking.png import SIGNATURE as PNG_SIGNATURE
from verifiable_badges.commands import GOOD, add_command, read_file
from verifiable_badges.reading import read


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "bake", _run, "place a signed badge in a picture")
    command.add_argument("picture", help="PNG or SVG")
    command.add_argument("badge", help="the signed JSON or token")
    command.add_argument("output", help="the new picture")


def _run(options: argparse.Namespace) -> int:
    picture, text = read_file(options.picture), read_file(options.badge)
    read(text)  # a badge that could not be read again is not baked
    bake = bake_png if picture.startswith(PNG_SIGNATURE) else bake_svg
    Path(options.output).write_bytes(bake(picture, text.decode("utf-8").strip()))
    return GOOD
