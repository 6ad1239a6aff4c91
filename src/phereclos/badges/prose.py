"""Markdown of achievements as safe HTML."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "ul", "ol", "li", "strong", "em", "h3", "h4", "blockquote", "br", "code", "a"}


def html(text: str) -> SafeString:
    """Paragraphs, lists and headings; a level-two heading of the text becomes the page's level three."""
    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    parser = MarkdownIt("commonmark", {"html": False})
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3" if token.tag in {"h1", "h2"} else "h4"
        if token.type == "bullet_list_open":
            token.attrSet("class", "list")
    made = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(made, tags=TAGS, attributes={"a": {"href"}, "ul": {"class"}}, url_schemes={"https"})
    return mark_safe(clean)
