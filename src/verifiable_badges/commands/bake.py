"""`bake PICTURE BADGE OUTPUT`: place a signed badge in a picture."""

import argparse
from pathlib import Path
from typing import Any

from verifiable_badges.baking import Version, bake_png, bake_svg
from verifiable_badges.baking.png import SIGNATURE as PNG_SIGNATURE
from verifiable_badges.commands import GOOD, add_command, read_file
from verifiable_badges.reading import read


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "bake", _run, "place a signed badge in a picture")
    command.add_argument("picture", help="PNG or SVG")
    command.add_argument("badge", help="the signed JSON or token")
    command.add_argument("output", help="the new picture")
    command.add_argument(
        "--standard",
        type=Version,
        default=Version.OPEN_BADGES_3,
        choices=[version for version in Version if version is not Version.OPEN_BADGES_1],
        help="which standard says where the badge is placed",
    )


def _run(options: argparse.Namespace) -> int:
    picture, text = read_file(options.picture), read_file(options.badge)
    read(text)  # a badge that could not be read again is not baked
    bake = bake_png if picture.startswith(PNG_SIGNATURE) else bake_svg
    Path(options.output).write_bytes(bake(picture, text.strip(), version=options.standard))
    return GOOD
