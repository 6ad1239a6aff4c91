"""What happens in the life of a cluster: founded, joined, chartered, left, written about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from phereclos.clusters.blueprints import Blueprint, Pair
from phereclos.clusters.models import (
    CharterAcceptance,
    CharterVersion,
    Cluster,
    ClusterInvitation,
    FoundingStep,
    LogbookEntry,
    Membership,
    ReferencePoint,
)
from phereclos.ledger import audit, mail
from phereclos.ledger import once as keys
from phereclos.organisations.actions import vouch
from phereclos.organisations.models import Organisation, Representative
from phereclos.organisations.names import name_key
from phereclos.organisations.slugs import free_slug

INVITATION_LIVES = timedelta(days=30)
MOST_INVITATIONS_A_DAY = 60


class NameTaken(Exception):
    """A cluster of this name exists; `cluster` is it."""

    def __init__(self, cluster: Cluster) -> None:
        super().__init__(cluster.name)
        self.cluster = cluster


class ChangedMeanwhile(Exception):
    """Somebody saved a newer version after this one was opened; `newest` is theirs, and nothing was overwritten."""

    def __init__(self, newest: CharterVersion) -> None:
        super().__init__(str(newest.number))
        self.newest = newest


class EditedMeanwhile(Exception):
    """Somebody saved the cluster's facts after they were shown; `newest` is theirs, and nothing was overwritten."""

    def __init__(self, newest: Cluster) -> None:
        super().__init__(newest.edition)
        self.newest = newest


class NotPossible(Exception):
    """The step does not fit the present state; `str()` is a plain sentence in the reader's language."""


def found_cluster(
    *,
    by: Representative,
    name: str,
    region: str,
    countries: Sequence[str],
    languages: Sequence[str],
    aims: str,
    blueprint: Blueprint,
    reference_points: Sequence[Pair],
    founding_steps: Sequence[Pair] = (),
    once: str,
    is_demonstration: bool = False,
    at: datetime | None = None,
) -> Cluster:
    """Found a cluster that `by`'s organisation coordinates: a draft until a second organisation joins.

    Without `founding_steps` those of the blueprint stand. Raises NameTaken, also for two founders in the same moment.
    The same `once` again gives the same cluster.
    """
    moment = at or timezone.now()
    try:
        with transaction.atomic():
            row, new = keys.remember(scope="clusters.found", key=once, content=[by.pk, name_key(name)])
            if not new:
                return Cluster.objects.get(pk=row.result)
            cluster = Cluster.objects.create(
                name=name,
                slug=free_slug(Cluster, name, fallback="cluster"),
                region=region,
                countries=",".join(countries),
                languages=list(languages),
                aims=aims,
                blueprint=blueprint.slug,
                coordinator=by.organisation,
                founded_by=by,
                founded_at=moment,
                is_demonstration=is_demonstration,
            )
            _fill(cluster, blueprint, reference_points, founding_steps or blueprint.founding_steps, by, moment)
            audit.record(who=by, for_whom=by.organisation, verb="clusters.found", what=cluster, at=moment)
            keys.settle(row, str(cluster.pk))
            return cluster
    except IntegrityError as error:
        other = Cluster.objects.filter(name_key=name_key(name)).first()
        if other is None:
            raise
        raise NameTaken(other) from error


def edit_cluster(
    *,
    cluster: Cluster,
    name: str,
    region: str,
    countries: Sequence[str],
    languages: Sequence[str],
    aims: str,
    based_on: str,
    by: Representative,
) -> Cluster:
    """Change what the public page says; the address stays. Raises EditedMeanwhile, NameTaken.

    `based_on` is the edition that was shown.
    """
    try:
        with transaction.atomic():
            cluster = _locked(cluster)
            newest = cluster.edition
            cluster.name, cluster.region, cluster.aims = name, region, aims
            cluster.countries, cluster.languages = ",".join(countries), list(languages)
            audit.take_turn()  # the key of the name is unique
            if cluster.edition == newest:  # nothing to change, or sent twice
                return cluster
            if newest != based_on:
                raise EditedMeanwhile(Cluster.objects.get(pk=cluster.pk))
            cluster.save()
            audit.record(who=by, for_whom=by.organisation, verb="clusters.edit", what=cluster)
            return cluster
    except IntegrityError as error:
        other = Cluster.objects.filter(name_key=name_key(name)).exclude(pk=cluster.pk).first()
        if other is None:
            raise
        raise NameTaken(other) from error


def _fill(
    cluster: Cluster,
    blueprint: Blueprint,
    points: Sequence[Pair],
    steps: Sequence[Pair],
    by: Representative,
    moment: datetime,
) -> None:
    Membership.objects.create(
        cluster=cluster, organisation=by.organisation, role=Membership.Role.COORDINATOR,
        state=Membership.State.ACTIVE, asked_at=moment, joined_on=moment.date(),
    )  # fmt: skip
    ReferencePoint.objects.bulk_create(
        ReferencePoint(cluster=cluster, position=n, title=point.title, question=point.text)
        for n, point in enumerate(points, start=1)
    )
    FoundingStep.objects.bulk_create(
        FoundingStep(cluster=cluster, position=n, title=step.title, help=step.text)
        for n, step in enumerate(steps, start=1)
    )
    CharterVersion.objects.create(
        cluster=cluster, number=1, text=blueprint.charter_for(cluster.name), written_by=by, written_at=moment
    )


@transaction.atomic
def invite(
    *, cluster: Cluster, email: str, organisation_name: str, by: Representative, at: datetime | None = None
) -> ClusterInvitation:
    """Invite a mailbox; whoever follows the link joins with an organisation. An open invitation is not doubled."""
    moment = at or timezone.now()
    cluster = _locked(cluster)  # what is open and what was sent today is counted under this lock
    open_one = cluster.invitations.filter(
        email__iexact=email, accepted_at=None, withdrawn_at=None, expires_at__gt=moment
    ).first()
    if open_one:
        return open_one
    if cluster.invitations.filter(invited_at__gt=moment - timedelta(days=1)).count() >= MOST_INVITATIONS_A_DAY:
        raise NotPossible(_("Sixty invitations went out within a day; the next can go tomorrow. Nothing was sent."))
    invitation = ClusterInvitation.objects.create(
        cluster=cluster, email=email.lower(), organisation_name=organisation_name, invited_by=by,
        invited_at=moment, expires_at=moment + INVITATION_LIVES,
    )  # fmt: skip
    mail.stage(kind="clusters.invitation", to=invitation.email, references={"invitation_id": invitation.pk})
    audit.record(who=by, for_whom=by.organisation, verb="clusters.invite", what=invitation, at=moment)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: ClusterInvitation, by: Representative) -> None:
    invitation = ClusterInvitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if invitation.accepted_at:
        raise NotPossible(_("The invitation was accepted already."))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    audit.record(who=by, for_whom=by.organisation, verb="clusters.withdraw_invitation", what=invitation)


@transaction.atomic
def accept_invitation(*, invitation: ClusterInvitation, by: Representative, at: datetime | None = None) -> Membership:
    """Join with `by`'s organisation. The invitation carries the word of a vouched coordinator, so it vouches too.

    The word is given to one mailbox: somebody else to whom the mail was forwarded asks to join instead, and the
    invitation stays open.
    """
    moment = at or timezone.now()
    invitation = ClusterInvitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if invitation.membership_id:
        raise NotPossible(_("The invitation was used already."))
    if invitation.withdrawn_at:
        raise NotPossible(_("The invitation was withdrawn."))
    cluster = _locked(invitation.cluster)
    if cluster.memberships.active().filter(organisation=by.organisation).exists():
        raise NotPossible(_("This organisation is a member already."))
    if by.person.email.lower() != invitation.email.lower():
        return ask_to_join(cluster=cluster, by=by, at=at)
    membership, _new = Membership.objects.select_for_update(no_key=True).get_or_create(
        cluster=cluster, organisation=by.organisation, state=Membership.State.ASKED, defaults={"asked_at": moment}
    )
    invitation.accepted_at, invitation.membership = moment, membership
    invitation.save(update_fields=["accepted_at", "membership"])
    _vouch_if_needed(by.organisation, cluster, invitation.invited_by, moment)
    _join(membership, cluster, moment)
    audit.record(who=by, for_whom=by.organisation, verb="clusters.join", what=membership, at=moment)
    return membership


@transaction.atomic
def ask_to_join(*, cluster: Cluster, by: Representative, at: datetime | None = None) -> Membership:
    """Ask for `by`'s organisation; the coordinator decides. Asking twice is asking once."""
    moment = at or timezone.now()
    cluster = _locked(cluster)  # two colleagues at once ask once
    present = cluster.memberships.filter(organisation=by.organisation, state__in=("asked", "active")).first()
    if present:
        return present
    membership = Membership.objects.create(cluster=cluster, organisation=by.organisation, asked_at=moment)
    # An organisation nobody vouched for causes no mail; the coordinator finds it on the desk.
    leads = cluster.coordinator.representatives.leads() if by.organisation.is_vouched else Representative.objects.none()
    for lead in leads.select_related("person"):
        mail.stage(
            kind="clusters.asked_to_join", to=lead.person.email, references={"membership_id": membership.pk},
            once=str(membership.pk),
        )  # fmt: skip
    audit.record(who=by, for_whom=by.organisation, verb="clusters.ask_to_join", what=membership, at=moment)
    return membership


@transaction.atomic
def admit(
    *, membership: Membership, by: Representative, replaces: Membership | None = None, at: datetime | None = None
) -> Membership:
    """Let an organisation in that asked; `replaces` names a member that left and whose place it takes."""
    moment = at or timezone.now()
    cluster = _locked(membership.cluster)
    membership = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    if membership.state == Membership.State.ACTIVE:
        return membership
    if membership.state != Membership.State.ASKED:
        raise NotPossible(_("Nobody waits here any more."))
    membership.replaces = replaces
    _vouch_if_needed(membership.organisation, cluster, by, moment)
    _join(membership, cluster, moment)
    _tell_decided(membership)
    audit.record(who=by, for_whom=by.organisation, verb="clusters.admit", what=membership, at=moment)
    return membership


@transaction.atomic
def decline(*, membership: Membership, by: Representative) -> Membership:
    membership = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    if membership.state != Membership.State.ASKED:
        raise NotPossible(_("Nobody waits here any more."))
    membership.state = Membership.State.DECLINED
    membership.save(update_fields=["state"])
    _tell_decided(membership)
    audit.record(who=by, for_whom=by.organisation, verb="clusters.decline", what=membership)
    return membership


@transaction.atomic
def leave(*, membership: Membership, by: Representative, reason: str = "", at: datetime | None = None) -> Membership:
    """Leave the cluster; what was done stays on record, and the plank stays as an empty one."""
    moment = at or timezone.now()
    membership = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    if membership.state != Membership.State.ACTIVE:
        raise NotPossible(_("The organisation is not a member any more."))
    if membership.role == Membership.Role.COORDINATOR:
        raise NotPossible(_("The coordinator hands the coordination over before leaving."))
    membership.state, membership.left_on, membership.left_reason = Membership.State.LEFT, moment.date(), reason
    membership.save(update_fields=["state", "left_on", "left_reason"])
    audit.record(who=by, for_whom=by.organisation, verb="clusters.leave", what=membership, at=moment)
    return membership


@transaction.atomic
def hand_over_coordination(*, cluster: Cluster, to: Membership, by: Representative) -> Cluster:
    """Another active member coordinates from now on; the leads of both organisations read of it by mail."""
    cluster = _locked(cluster)
    if cluster.coordinator_id != by.organisation_id:
        raise NotPossible(_("Your organisation does not coordinate the cluster any more."))
    to = Membership.objects.select_for_update(no_key=True).get(pk=to.pk, cluster=cluster)
    if to.state != Membership.State.ACTIVE:
        raise NotPossible(_("Only a present member can coordinate."))
    cluster.memberships.filter(role=Membership.Role.COORDINATOR).update(role=Membership.Role.MEMBER)
    to.role = Membership.Role.COORDINATOR
    to.save(update_fields=["role"])
    cluster.coordinator = to.organisation
    cluster.save(update_fields=["coordinator"])
    entry = audit.record(who=by, for_whom=by.organisation, verb="clusters.hand_over_coordination", what=cluster)
    both = Representative.objects.leads().filter(organisation__in=[by.organisation, to.organisation])
    for lead in both.select_related("person"):
        mail.stage(
            kind="clusters.handed_over", to=lead.person.email,
            references={"cluster_id": cluster.pk, "from_id": by.organisation_id, "to_id": to.organisation_id},
            once=f"handed over {entry.pk} {lead.pk}",
        )  # fmt: skip
    return cluster


def write_charter(
    *, cluster: Cluster, text: str, based_on: int, by: Representative, at: datetime | None = None
) -> CharterVersion:
    """Write a new version over version `based_on`. Raises ChangedMeanwhile when that is not the newest any more."""
    moment = at or timezone.now()
    with transaction.atomic():
        _locked(cluster)
        newest = cluster.charter_versions.order_by("-number").first()
        if newest is None or newest.number != based_on:
            raise ChangedMeanwhile(newest or CharterVersion(cluster=cluster, number=0, text=""))
        if newest.text == text:
            return newest
        version = CharterVersion.objects.create(
            cluster=cluster, number=based_on + 1, text=text, written_by=by, written_at=moment
        )
        _tell_members(version, by)
        audit.record(who=by, for_whom=by.organisation, verb="clusters.write_charter", what=version, at=moment)
        return version


@transaction.atomic
def accept_charter(*, version: CharterVersion, by: Representative, at: datetime | None = None) -> CharterAcceptance:
    """Accept the newest version for `by`'s organisation; accepting twice is accepting once."""
    moment = at or timezone.now()
    newest = version.cluster.charter_versions.order_by("-number").first()
    if newest != version:
        raise NotPossible(_("There is a newer version of the charter."))
    acceptance, new = CharterAcceptance.objects.get_or_create(
        version=version, organisation=by.organisation, defaults={"accepted_by": by, "accepted_at": moment}
    )
    if new:
        audit.record(who=by, for_whom=by.organisation, verb="clusters.accept_charter", what=acceptance, at=moment)
    return acceptance


@transaction.atomic
def tick_step(*, step: FoundingStep, done: bool, by: Representative, on: date | None = None) -> FoundingStep:
    """Note that a founding step is done, or that it is not after all."""
    step.done_on = (on or timezone.localdate()) if done else None
    step.done_by = by.person if done else None
    step.save(update_fields=["done_on", "done_by"])
    audit.record(who=by, for_whom=by.organisation, verb="clusters.tick_step", what=step, details={"done": done})
    return step


@transaction.atomic
def write_logbook(
    *,
    cluster: Cluster,
    point: ReferencePoint,
    happened_on: date,
    text: str,
    by: Representative,
    once: str,
    at: datetime | None = None,
) -> LogbookEntry:
    """Write an entry against a reference point of the same cluster. The same `once` again is the same entry."""
    moment = at or timezone.now()
    if point.cluster_id != cluster.pk:
        raise NotPossible(_("The reference point belongs to another cluster."))
    row, new = keys.remember(scope="clusters.write_logbook", key=once, content=[cluster.pk, point.pk, by.pk, text])
    if not new:
        return LogbookEntry.objects.get(pk=row.result)
    entry = LogbookEntry.objects.create(
        cluster=cluster, reference_point=point, organisation=by.organisation, written_by=by,
        happened_on=happened_on, text=text, written_at=moment,
    )  # fmt: skip
    audit.record(who=by, for_whom=by.organisation, verb="clusters.write_logbook", what=entry, at=moment)
    keys.settle(row, str(entry.pk))
    return entry


def _locked(cluster: Cluster) -> Cluster:
    """The cluster as it stands now, locked before its memberships: who joins and who admits never wait in a circle."""
    return Cluster.objects.select_for_update(no_key=True).get(pk=cluster.pk)


def _join(membership: Membership, cluster: Cluster, moment: datetime) -> None:
    membership.state, membership.joined_on = Membership.State.ACTIVE, moment.date()
    membership.save(update_fields=["state", "joined_on", "replaces"])
    if cluster.state == Cluster.State.DRAFT and cluster.memberships.active().count() >= 2:
        cluster.state, cluster.live_since = Cluster.State.LIVE, moment
        cluster.save(update_fields=["state", "live_since"])


def _vouch_if_needed(organisation: Organisation, cluster: Cluster, by: Representative, moment: datetime) -> None:
    if not organisation.is_vouched and by.organisation.is_vouched and by.organisation_id == cluster.coordinator_id:
        vouch(organisation=organisation, by=by, at=moment)


def _tell_decided(membership: Membership) -> None:
    for lead in membership.organisation.representatives.leads().select_related("person"):
        mail.stage(
            kind="clusters.decided", to=lead.person.email, references={"membership_id": membership.pk},
            once=f"{membership.pk} {membership.state}",
        )  # fmt: skip


def _tell_members(version: CharterVersion, by: Representative) -> None:
    """Leads of the other members read of a new version by mail, for it counts only once they accept it."""
    members = version.cluster.memberships.active().exclude(organisation=by.organisation).values("organisation")
    for lead in Representative.objects.leads().filter(organisation__in=members).select_related("person"):
        mail.stage(
            kind="clusters.charter_changed", to=lead.person.email, references={"version_id": version.pk},
            once=str(version.pk),
        )  # fmt: skip
