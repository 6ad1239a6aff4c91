"""Values the pages show, decided here so that templates only place them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from phereclos.badges import documents
from phereclos.badges.models import Award
from phereclos.organisations.kinds import Setting
from phereclos.ui import markdown
from phereclos.ui.certificate import Certificate

SETTINGS = [Setting.FORMAL, Setting.NON_FORMAL, Setting.INFORMAL]


@dataclass(frozen=True, slots=True)
class SignedWords:
    """What the signed bytes of one of our awards say: shown from them, not from rows that may have changed since."""

    title: str
    description: str
    criteria: SafeString
    alignments: list[dict[str, str]]
    issuer: str
    version: str


def signed_words(award: Award) -> SignedWords:
    said: dict[str, Any] = json.loads(bytes(award.credential))
    achievement = said["credentialSubject"]["achievement"]
    return SignedWords(
        title=achievement["name"],
        description=achievement["description"],
        criteria=criteria(achievement["criteria"]["narrative"]),
        alignments=achievement.get("alignment", []),
        issuer=said["issuer"]["name"],
        version=achievement.get("version", ""),
    )


def criteria(text: str) -> SafeString:
    """The criteria's Markdown, its lists with the signs of the visual language."""
    return mark_safe(markdown.render(text).replace("<ul>", '<ul class="list">'))


def certificate(award: Award) -> Certificate:
    """The sheet to print: the deed above the line, how to check it below."""
    words = signed_words(award)
    address = documents.address(award.get_absolute_url())
    day = date_format(award.awarded_at, "j F Y")
    signature = award.issuer.name + "\n" + _("signed on %(day)s") % {"day": day}
    return Certificate(
        issuer=words.issuer,
        issuer_note=_("Demonstration: everything here is invented.") if settings.DEMONSTRATION else "",
        holder=award.holder or _("Name written by hand: ____________________"),
        title=words.title,
        deed=words.description,
        badge_src=reverse("badges:achievement_svg", args=[award.achievement.slug]),
        badge_alt=award.achievement.alt,
        address=address,
        setting=_("Setting: %(setting)s") % {"setting": award.achievement.get_setting_display()},
        signatures=[signature],
        not_proved=award.achievement.not_proved,
        qr=qr(address),
        withdrawn=_withdrawn(award),
    )


def _withdrawn(award: Award) -> str:
    if award.revoked_at is None:
        return ""
    day = date_format(award.revoked_at, "j F Y")
    return _("Withdrawn on %(day)s. This paper does not count any more.") % {"day": day}


def qr(address: str) -> SafeString:
    """The address as a QR code in SVG, with a label."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(
        svgclass=None, lineclass=None, omitsize=True, title=_("QR code: %(address)s") % {"address": address}
    )
    return mark_safe(drawn)
