"""A strict content security policy holds because no template writes a style or a script into a page."""

import re
from pathlib import Path

import phereclos

SOURCE = Path(phereclos.__file__).parent
TEMPLATES = [path for path in SOURCE.rglob("templates/**/*") if path.suffix in {".html", ".svg"}]
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>%]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without a source": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>%]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "something from an outside host": re.compile(
        r"<(?:link|script|img|iframe|source)\b[^>]*(?:src|href)=\"(?:https?:)?//", re.I
    ),
}


def test_templates_were_found() -> None:
    assert len(TEMPLATES) > 40


def test_no_template_holds_what_the_policy_forbids() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {what}"
        for path in TEMPLATES
        if "mail" not in path.parts
        for what, pattern in FORBIDDEN.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]

    assert not found
