"""docs/developing/threats.md: every case is there once, and every test it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "developing" / "threats.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
NAMED = re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE)


def names_in(path: Path) -> set[str]:
    """The names of a file's tests, read and not run."""
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_case_has_its_row() -> None:
    assert [int(number) for number, _case, _shown in ROWS] == list(range(1, 177))


def test_every_test_that_is_named_exists() -> None:
    files = {name for name, _test in NAMED}
    there = {(name, test) for name in files for test in names_in(ROOT / "tests" / name)}

    assert sorted(set(NAMED) - there) == []
    assert len(NAMED) > 150


def test_a_case_without_a_test_says_why() -> None:
    """A name of a test, or a sentence."""
    for number, case, shown in ROWS:
        assert "::test_" in shown or len(shown.split()) >= 3, (number, case)


def test_the_page_stands_by_itself() -> None:
    assert "../shared" not in PAGE
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        assert (ROOT / "docs" / "developing" / target).resolve().is_file(), target
