"""bake and unbake: badges of several standards in pictures."""

import json

import pytest

from tests.verifiable_badges.makers import SVG, png, signed
from verifiable_badges.__main__ import main
from verifiable_badges.baking import Baked, Version, bake_png, unbake


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "picture.png").write_bytes(png())
    (tmp_path / "picture.svg").write_bytes(SVG)
    (tmp_path / "badge.json").write_bytes(signed() + b"\n")
    return tmp_path


@pytest.mark.parametrize("form", ["png", "svg"])
@pytest.mark.parametrize("standard", ["ob-3.0", "clr-2.0", "ob-2.0"])
def test_a_badge_is_placed_where_its_standard_says(folder, form, standard):
    paths = [str(folder / name) for name in (f"picture.{form}", "badge.json", "baked")]

    assert main(["bake", *paths, "--standard", standard]) == 0
    assert unbake((folder / "baked").read_bytes()) == Baked(Version(standard), signed().decode())


def test_without_a_word_it_is_open_badges_3(folder):
    assert main(["bake", *(str(folder / name) for name in ("picture.png", "badge.json", "baked"))]) == 0
    assert unbake((folder / "baked").read_bytes()).version is Version.OPEN_BADGES_3


@pytest.mark.parametrize("standard", ["ob-1.0", "3"])
def test_other_standards_are_refused(folder, standard):
    with pytest.raises(SystemExit) as stop:
        main(["bake", *(str(folder / name) for name in ("picture.png", "badge.json", "b")), "--standard", standard])
    assert stop.value.code == 2


def test_all_badges_of_a_picture_are_printed(folder, capfd):
    both = bake_png(png(), "new")[:-12] + bake_png(png(), "old", version=Version.OPEN_BADGES_2)[33:]
    (folder / "both.png").write_bytes(both)
    capfd.readouterr()

    assert main(["unbake", "--all", str(folder / "both.png")]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert lines == [{"standard": "ob-3.0", "text": "new"}, {"standard": "ob-2.0", "text": "old"}]


def test_a_picture_without_a_badge_prints_nothing_for_all_and_fails_for_one(folder, capfd):
    assert main(["unbake", "--all", str(folder / "picture.png")]) == 0
    assert capfd.readouterr().out == ""
    assert main(["unbake", str(folder / "picture.png")]) == 2
