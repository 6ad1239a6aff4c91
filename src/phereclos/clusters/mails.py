"""Mails about clusters."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from phereclos.clusters.access import INVITATION_PURPOSE
from phereclos.clusters.models import CharterVersion, Cluster, ClusterInvitation, Membership
from phereclos.ledger import links, mail
from phereclos.organisations.models import Organisation


@mail.kind("clusters.invitation")
def invitation(*, invitation_id: int) -> mail.Mail | None:
    row = (
        ClusterInvitation.objects.select_related("cluster", "invited_by__organisation", "invited_by__person")
        .filter(pk=invitation_id, accepted_at=None, withdrawn_at=None)
        .first()
    )
    if row is None:
        return None
    token = links.make(purpose=INVITATION_PURPOSE, key=str(row.uid), until=row.expires_at)
    context = {"invitation": row, "link": settings.PUBLIC_URL + reverse("clusters:join_by_link", args=[token])}
    subject = _("%(organisation)s invites you into the cluster %(cluster)s") % {
        "organisation": row.invited_by.organisation,
        "cluster": row.cluster,
    }
    return mail.Mail(subject, render_to_string("clusters/mail/invitation.txt", context))


@mail.kind("clusters.asked_to_join")
def asked_to_join(*, membership_id: int) -> mail.Mail | None:
    row = _membership(membership_id)
    if row is None or row.state != Membership.State.ASKED:
        return None
    subject = _("%(organisation)s asks to join %(cluster)s") % {
        "organisation": row.organisation,
        "cluster": row.cluster,
    }
    context = {"membership": row, "link": settings.PUBLIC_URL + reverse("clusters:members", args=[row.cluster.slug])}
    return mail.Mail(subject, render_to_string("clusters/mail/asked_to_join.txt", context))


@mail.kind("clusters.decided")
def decided(*, membership_id: int) -> mail.Mail | None:
    row = _membership(membership_id)
    if row is None or row.state not in {Membership.State.ACTIVE, Membership.State.DECLINED}:
        return None
    admitted = row.state == Membership.State.ACTIVE
    words = _("%(organisation)s is a member of %(cluster)s") if admitted else _("About joining %(cluster)s")
    context = {
        "membership": row,
        "admitted": admitted,
        "link": settings.PUBLIC_URL + row.cluster.get_absolute_url(),
    }
    subject = words % {"organisation": row.organisation, "cluster": row.cluster}
    return mail.Mail(subject, render_to_string("clusters/mail/decided.txt", context))


@mail.kind("clusters.charter_changed")
def charter_changed(*, version_id: int) -> mail.Mail | None:
    """Dropped when a still newer version was written before it went out: that one has its own mail."""
    version = CharterVersion.objects.select_related("cluster").filter(pk=version_id).first()
    if version is None or version.cluster.charter_versions.filter(number__gt=version.number).exists():
        return None
    link = settings.PUBLIC_URL + reverse("clusters:charter", args=[version.cluster.slug])
    subject = _("The charter of %(cluster)s has a new version") % {"cluster": version.cluster}
    return mail.Mail(subject, render_to_string("clusters/mail/charter_changed.txt", {"version": version, "link": link}))


@mail.kind("clusters.handed_over")
def handed_over(*, cluster_id: int, from_id: int, to_id: int) -> mail.Mail | None:
    """Both sides read that it happened, and how to undo it, for nobody is asked to agree beforehand."""
    cluster = Cluster.objects.filter(pk=cluster_id).first()
    known = Organisation.objects.in_bulk([from_id, to_id])
    if cluster is None or len(known) < 2:
        return None
    link = settings.PUBLIC_URL + reverse("clusters:hand_over", args=[cluster.slug])
    context = {"cluster": cluster, "before": known[from_id], "after": known[to_id], "link": link}
    subject = _("%(organisation)s coordinates %(cluster)s now") % {"organisation": known[to_id], "cluster": cluster}
    return mail.Mail(subject, render_to_string("clusters/mail/handed_over.txt", context))


def _membership(number: int) -> Membership | None:
    return Membership.objects.select_related("cluster__coordinator", "organisation").filter(pk=number).first()
