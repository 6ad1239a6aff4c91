"""The mails about badges."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from phereclos.badges.models import Award
from phereclos.ledger import links, mail

CLAIM = "claim"
CLAIM_DAYS = 180


def claim_address(award: Award) -> str:
    token = links.make(purpose=CLAIM, key=str(award.uid), until=award.awarded_at + timedelta(days=CLAIM_DAYS))
    return f"{settings.PUBLIC_URL}{reverse('badges:claim', args=[token])}"


@mail.kind("badges.awarded")
def awarded_mail(*, award: int) -> mail.Mail | None:
    """To the mailbox the badge was given to; with a link to take or refuse it while nobody has."""
    row = Award.objects.with_names().filter(pk=award, revoked_at=None, paused_at=None).first()
    if row is None or not (row.mailbox or row.person):
        return None
    values = {"issuer": row.issuer.name, "title": row.achievement.name, "description": row.achievement.description}
    if row.person:
        values["address"] = f"{settings.PUBLIC_URL}{row.get_absolute_url()}"
        body = _("%(issuer)s has given you a badge: %(title)s.\n\n%(description)s\n\nIt is here:\n%(address)s\n")
    else:
        values["address"] = claim_address(row)
        body = _(
            "%(issuer)s has given you a badge: %(title)s.\n\n%(description)s\n\n"
            "Look at it, and say whether it is yours:\n%(address)s\n\n"
            "Opening the link changes nothing. If it is not for you, say so there.\n"
        )
    return mail.Mail(subject=_("A badge for you: %(title)s") % values, body=body % values)


@mail.kind("badges.revoked")
def revoked_mail(*, award: int) -> mail.Mail | None:
    row = Award.objects.with_names().filter(pk=award).exclude(revoked_at=None).first()
    if row is None:
        return None
    values = {
        "issuer": row.issuer.name,
        "title": row.achievement.name,
        "why": row.get_revoked_class_display(),
        "reason": row.revoked_reason,
    }
    body = _(
        "%(issuer)s has withdrawn the badge “%(title)s”: %(why)s.\n\n%(reason)s\n\n"
        "Whoever checks it from now on will read that it was withdrawn. Ask %(issuer)s if you think this is wrong.\n"
    )
    return mail.Mail(subject=_("Withdrawn: %(title)s") % values, body=body % values)
