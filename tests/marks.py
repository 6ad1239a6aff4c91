"""Finds words in templates that are not marked for translation. `python -m tests.marks` prints them and ends with 1."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "src" / "phereclos"
BLOCKS = re.compile(
    r"\{% (blocktranslate|comment|blocktrans)\b.*?\{% end\1 %\}|<!--.*?-->|<(svg|script|code|pre)\b.*?</\2>"
    r"|\{% block body_class %\}.*?\{% endblock %\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}",
    re.DOTALL,
)
TAGS = re.compile(r"<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r"""\b(?:alt|title|placeholder|aria-label)="([^"]*)\"""")
WORD = re.compile(r"[^\W\d_]{2,}")
# Names are the same in every language; the gallery shows invented specimens to people who build.
NAMES = {
    "Phereclos",
    "JSON",
    "PNG",
    "SVG",
    "CSV",
    "BibTeX",
    "Open",
    "Badges",
    "QR",
    "CC",
    "BY",
    "nbsp",
    "middot",
    "ndash",
    "mdash",
    "amp",
    "shy",
    "thinsp",
    "lt",
    "gt",
}
NOT_TRANSLATED = {"ui/templates/ui/gallery.html"}


def unmarked(text: str) -> list[str]:
    """Runs of words that a reader would see and a translator would not."""
    bare = BLOCKS.sub(" ", text)
    seen = [*TAGS.sub("\n", bare).split("\n"), *SPOKEN.findall(bare)]
    return [line.strip() for line in seen if set(WORD.findall(line)) - NAMES]


def main() -> int:
    found = 0
    for path in sorted(ROOT.rglob("templates/**/*.html")):
        name = str(path.relative_to(ROOT))
        if name in NOT_TRANSLATED or "/gallery" in name:
            continue
        for line in unmarked(path.read_text(encoding="utf-8")):
            print(f"{name}: not marked for translation: {line[:100]}")
            found += 1
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
