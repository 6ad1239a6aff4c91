"""The closed lists that only cases have (others: organisations.kinds). Themes come from content/cases/themes.yaml."""

from __future__ import annotations

from functools import lru_cache

import yaml
from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")
    UNKNOWN = "unknown", _("not known whether it still runs")


class Confidence(TextChoices):
    """How sure the compiler of the facts is of them as a whole."""

    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class EvidenceKind(TextChoices):
    """What a result speaks of. Reach and scale are how many, never what came of it."""

    OUTCOME = "outcome", _("what came of it")
    REACH = "reach", _("how many were reached")
    SCALE = "scale", _("how large it is")


class Strength(TextChoices):
    """How hard a result is to explain by anything else; the order is the depth. It says nothing about success."""

    COUNTED = "counted", _("counted")
    TOLD = "told", _("told")
    COMPARED = "compared", _("compared")
    DRAWN_BY_LOT = "drawn_by_lot", _("drawn by lot")

    @property
    def depth(self) -> int:
        return list(Strength).index(self)


class Finding(TextChoices):
    """What was found, apart from how strongly."""

    GAIN = "gain", _("a gain")
    NONE = "none", _("looked for, not found")
    MIXED = "mixed", _("some of both")
    WORSE = "worse", _("worse than without")
    ONLY_COUNTED = "only_counted", _("only counted")


@lru_cache(maxsize=1)
def themes() -> dict[str, str]:
    """Slug to label, in the file's order."""
    path = settings.CONTENT_DIR / "cases" / "themes.yaml"
    return {slug: str(entry["label"]) for slug, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items()}


def theme_label(slug: str) -> str:
    """The label, or the slug in words for a theme an editor's page kept from an older list."""
    return themes().get(slug) or slug.replace("_", " ")
