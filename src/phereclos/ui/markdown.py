"""Markdown that people and files wrote, as safe HTML: a kept parser without raw HTML, then an allow-list.

Headings become h3 and h4, for a page has its own h1 and h2. Pictures become their words: a page asks no other host.
Links lead only to http, https and mailto, and carry `noopener noreferrer nofollow`; anything else stays text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES = {"http", "https", "mailto"}
TAGS = {"p", "br", "hr", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "code", "pre", "a"}

_ALLOWED = re.compile(r"(https?|mailto):", re.IGNORECASE)


def render(text: str) -> SafeString:
    """Safe HTML of a Markdown text."""
    html = _parser().render(text)
    return mark_safe(
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes=SCHEMES,
            link_rel="noopener noreferrer nofollow",
        )
    )


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.validateLink = lambda url: bool(_ALLOWED.match(url))  # type: ignore[method-assign]
    parser.renderer.rules["image"] = lambda tokens, index, options, env: escape(tokens[index].content)
    parser.core.ruler.push("lower_headings", lambda state: _lower_headings(state.tokens))
    return parser


def _lower_headings(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3" if token.tag in {"h1", "h2"} else "h4"
