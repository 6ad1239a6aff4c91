"""The mails of organisations, written when they go out."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from phereclos.ledger import links, mail
from phereclos.ledger.mail import Mail
from phereclos.organisations.models import Invitation, JoinRequest, Organisation
from phereclos.ui.templatetags.ui import day

INVITATION = "invitation"


def invitation_token(invitation: Invitation) -> str:
    return links.make(purpose=INVITATION, key=invitation.uid.hex, until=invitation.expires_at)


@mail.kind("organisations.invitation")
def invitation_mail(*, invitation_id: int) -> Mail | None:
    chosen = Invitation.objects.select_related("organisation", "invited_by__person")
    invitation = chosen.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None).first()
    if invitation is None or invitation.expires_at < timezone.now():
        return None
    address = settings.PUBLIC_URL + reverse("organisations:invitation", args=[invitation_token(invitation)])
    body = _(
        "%(person)s invites you to act on behalf of %(organisation)s, as: %(role)s.\n\n"
        "Look at it and decide here:\n%(address)s\n\n"
        "The link works until %(day)s. Opening it changes nothing; you can also simply leave it."
    ) % {
        "person": invitation.invited_by.person,
        "organisation": invitation.organisation,
        "role": invitation.get_role_display(),
        "address": address,
        "day": day(invitation.expires_at),
    }
    return Mail(_("%(organisation)s invites you") % {"organisation": invitation.organisation}, body)


@mail.kind("organisations.join_request")
def join_request_mail(*, request_id: int) -> Mail | None:
    chosen = JoinRequest.objects.select_related("organisation", "person")
    request = chosen.filter(pk=request_id, state=JoinRequest.State.OPEN).first()
    if request is None:
        return None
    body = _(
        "%(person)s would like to act on behalf of %(organisation)s.\n\n"
        "Say yes or no on your desk:\n%(address)s\n\n"
        "Only say yes if you know this person. Nothing happens until one of you decides."
    ) % {"person": request.person, "organisation": request.organisation, "address": f"{settings.PUBLIC_URL}/me/"}
    return Mail(_("Somebody wants to join %(organisation)s") % {"organisation": request.organisation}, body)


@mail.kind("organisations.join_decided")
def join_decided_mail(*, request_id: int) -> Mail | None:
    request = JoinRequest.objects.select_related("organisation").filter(pk=request_id).first()
    if request is None or request.state == JoinRequest.State.OPEN:
        return None
    names = {"organisation": request.organisation, "address": f"{settings.PUBLIC_URL}/me/"}
    if request.state == JoinRequest.State.APPROVED:
        body = _("You can act on behalf of %(organisation)s now. Your desk:\n%(address)s") % names
        return Mail(_("You act for %(organisation)s now") % names, body)
    body = _(
        "%(organisation)s did not take up your wish to act on its behalf. If that surprises you, ask there in person."
    )
    return Mail(_("Your wish to join %(organisation)s") % names, body % names)


@mail.kind("organisations.vouched")
def vouched_mail(*, organisation_id: int) -> Mail | None:
    organisation = Organisation.objects.vouched().filter(pk=organisation_id).first()
    if organisation is None:
        return None
    names = {"organisation": organisation, "address": settings.PUBLIC_URL + organisation.get_absolute_url()}
    body = _(
        "Somebody has answered for %(organisation)s. From now on its page is public, and you can post needs and "
        "offers, invite colleagues and take part in clusters:\n%(address)s"
    )
    return Mail(_("%(organisation)s is confirmed") % names, body % names)
