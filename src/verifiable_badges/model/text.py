"""Texts for people, plain or with their language (VC Data Model 2.0 section 11.1)."""

from __future__ import annotations

from dataclasses import dataclass, field

from verifiable_badges.model.base import Model, member


@dataclass(frozen=True, slots=True)
class LanguageValue(Model):
    """A text with its language (BCP 47) and, where it matters, its direction, `ltr` or `rtl`."""

    value: str = field(metadata=member("@value"))
    language: str = field(default="", metadata=member("@language"))
    direction: str = field(default="", metadata=member("@direction"))


Text = str | LanguageValue | tuple[str | LanguageValue, ...]
"""A plain text, one with its language, or the same text in several languages."""


def in_language(text: Text, *wanted: str) -> str:
    """The wording in the first of the languages `wanted` that there is (`de` also finds `de-AT`), else the first."""
    wordings = text if isinstance(text, tuple) else (text,)
    for language in wanted:
        for wording in wordings:
            tag = wording.language.lower() if isinstance(wording, LanguageValue) else ""
            if tag == language.lower() or tag.startswith(f"{language.lower()}-"):
                return _plain(wording)
    return _plain(wordings[0]) if wordings else ""


def _plain(wording: str | LanguageValue) -> str:
    return wording if isinstance(wording, str) else wording.value
