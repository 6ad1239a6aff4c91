"""What of the badges waits for a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phereclos.badges.models import Award, AwardBatch, Issuer
from phereclos.organisations import desk
from phereclos.organisations.models import Representative


@desk.register
def badges_to_claim(acting: Representative) -> Iterator[desk.Task]:
    waiting = list(Award.objects.waiting_for(acting.person.email).values_list("awarded_at", flat=True))
    if waiting:
        title = ngettext("A badge was given to you", "%(count)s badges were given to you", len(waiting))
        yield desk.Task(
            title=title % {"count": len(waiting)},
            url=reverse("badges:mine"),
            action=_("Look at it"),
            since=min(waiting),
        )


@desk.register
def refused_badges(acting: Representative) -> Iterator[desk.Task]:
    """Somebody said “not me”: the mailbox was mistyped."""
    if not acting.may_award:
        return
    issuers = Issuer.objects.signed_for_by(acting.organisation)
    for award in Award.objects.with_names().filter(issuer__in=issuers, revoked_at=None).exclude(paused_at=None):
        yield desk.Task(
            title=_("“Not me”, says the receiver of a badge: %(title)s") % {"title": award.achievement.name},
            detail=_("The badge is paused. Withdraw it, and give it again to the right mailbox."),
            url=reverse("badges:withdraw", args=[award.issuer.slug, award.uid]),
            action=_("Withdraw it"),
            since=award.paused_at,
        )


@desk.register
def batches_under_way(acting: Representative) -> Iterator[desk.Task]:
    if not acting.may_award:
        return
    issuers = Issuer.objects.signed_for_by(acting.organisation)
    for batch in AwardBatch.objects.unfinished().filter(issuer__in=issuers).select_related("achievement"):
        yield desk.Task(
            title=_("Being signed: %(total)s × %(title)s")
            % {"total": batch.total, "title": batch.achievement.name},
            url=batch.get_absolute_url(), action=_("See how far it is"), since=batch.accepted_at,
        )  # fmt: skip
