"""Markdown that people wrote: it reads, and it cannot act."""

from __future__ import annotations

import pytest

from phereclos.ui.markdown import render


def test_paragraphs_lists_and_emphasis() -> None:
    html = render("One *two* **three**\n\n- four")
    assert "<p>One <em>two</em> <strong>three</strong></p>" in html
    assert "<li>four</li>" in html


def test_headings_stay_below_those_of_the_page() -> None:
    html = render("# One\n\n## Two\n\n### Three")
    assert "<h1" not in html
    assert "<h2" not in html
    assert html.count("<h3>") >= 1


def test_a_link_leaves_nothing_behind() -> None:
    html = render("[there](https://example.org/)")
    assert 'href="https://example.org/"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScript:alert(1)", "&#106;avascript:alert(1)", "java%0Ascript:alert(1)",
     "data:text/html,x", "vbscript:x", "//example.org/", "/relative"],
)  # fmt: skip
def test_other_targets_are_no_links(target: str) -> None:
    assert "<a " not in render(f"[x]({target})")
    assert "<a " not in render(f"[x][a]\n\n[a]: {target}")
    assert "<a " not in render(f"<{target}>")


def test_raw_html_reads_as_typed() -> None:
    assert "<script" not in render("<script>alert(1)</script>")
    assert "&lt;b onclick" in render("<b onclick='x'>")


def test_a_picture_becomes_its_words() -> None:
    html = render("![The quay <b>](https://example.org/quay.png)")
    assert "<img" not in html
    assert "example.org" not in html
    assert "The quay &lt;b&gt;" in html
