"""Organisations, their people, the clusters they found and join, charters and logbook: by the actions a person uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.utils.text import slugify

from phereclos.accounts.models import Person
from phereclos.clusters import actions as clusters
from phereclos.clusters.blueprints import blueprints
from phereclos.clusters.models import CharterVersion, Cluster, FoundingStep, Membership, ReferencePoint
from phereclos.demonstration.agenda import Agenda
from phereclos.demonstration.content import ClusterFile, LogbookFile, OrganisationFile, PersonFile
from phereclos.demonstration.people import OPERATOR
from phereclos.ledger import audit
from phereclos.organisations import actions as organisations
from phereclos.organisations.models import Representative

ALWAYS_ACCEPT = {"saltgate", "brueckenfeld", "museum", "fornalva"}  # a visitor looks at their desks first


@dataclass
class Member:
    """An organisation of the world with its people, as they come and go."""

    file: OrganisationFile
    lead: Representative
    people: list[Representative] = field(default_factory=list)
    membership: Membership | None = None

    @property
    def country(self) -> str:
        return self.file.country

    def is_in(self) -> bool:
        return self.membership is not None and self.membership.state == Membership.State.ACTIVE

    def awarder(self) -> Representative:
        """Who signs badges here: the one who does it besides leading, else the lead."""
        return next((who for who in self.people if who.role == "awarder"), self.lead)

    def present(self) -> list[Representative]:
        return [who for who in self.people if who.until is None]


@dataclass
class Town:
    """One cluster with its members by key."""

    file: ClusterFile
    cluster: Cluster
    members: dict[str, Member] = field(default_factory=dict)

    @property
    def coordinator(self) -> Member:
        return self.members[self.file.organisations[0].key]


def operator(at: datetime) -> Person:
    person = Person.objects.create_superuser(OPERATOR, name="Demo Operator", is_demonstration=True, date_joined=at)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    audit.record(who=person, verb="setup.make_operator", what=person, at=at)
    return person


def found(file: ClusterFile, agenda: Agenda, vouches: Person) -> Town:
    """The coordinator registers, is vouched for by the operator and founds the cluster; the rest goes on the agenda."""
    first = file.organisations[0]
    began = agenda.before(file.founded, 10)
    lead = _register(first, began - timedelta(days=9))
    organisations.vouch(organisation=lead.organisation, operator=vouches, at=began - timedelta(days=8))
    lead.organisation.refresh_from_db()
    blueprint = blueprints()[file.blueprint]
    cluster = clusters.found_cluster(
        by=lead, name=file.name, region=file.region, countries=file.countries, languages=file.languages,
        aims=file.aims, blueprint=blueprint, reference_points=blueprint.reference_points,
        once=f"demonstration:{file.key}", is_demonstration=True, at=began,
    )  # fmt: skip
    town = Town(file, cluster)
    town.members[first.key] = Member(first, lead, [lead], cluster.memberships.get())
    _people(town.members[first.key], agenda, began + timedelta(days=1))
    for each in file.organisations[1:]:
        agenda.put(agenda.before(each.joined + 6, 11), partial(_ask, town, each))
        agenda.put(agenda.before(each.joined, 14), partial(_admit, town, each, agenda))
        if each.left:
            agenda.put(agenda.before(each.left, 16), partial(_leave, town, each))
    for each in file.asked:
        agenda.put(agenda.before(each.asked, 15, 20), partial(_ask, town, each))
    _records(town, agenda)
    return town


def _register(file: OrganisationFile, at: datetime) -> Representative:
    return organisations.create_organisation(
        person=_person(file.people[0], at), name=file.name, kind=file.kind, country=file.country, place=file.place,
        about=file.about, contact_email=f"office@{slugify(file.name)[:60]}.example.org", at=at,
    )  # fmt: skip


def _person(file: PersonFile, at: datetime) -> Person:
    email = f"{slugify(file.name).replace('-', '.')}@example.org"
    person = Person.objects.create_user(email, name=file.name, is_demonstration=True, date_joined=at)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _people(member: Member, agenda: Agenda, at: datetime) -> None:
    """Colleagues come by invitation in the days after; some leave again."""
    for file in member.file.people[1:]:
        at += timedelta(days=1, minutes=37)
        colleague = _invited(member, file, at)
        member.people.append(colleague)
        if file.left:
            agenda.put(agenda.before(file.left, 12), partial(_goes, member, colleague))


def _invited(member: Member, file: PersonFile, at: datetime) -> Representative:
    person = _person(file, at)
    invitation = organisations.invite(by=member.lead, email=person.email, role=file.role, at=at)
    colleague = organisations.accept_invitation(invitation=invitation, person=person, at=at + timedelta(hours=2))
    assert isinstance(colleague, Representative)
    if file.deputy:
        colleague = organisations.change_role(representative=colleague, by=member.lead, role=file.role, is_deputy=True)
    return colleague


def _goes(member: Member, who: Representative, at: datetime) -> None:
    organisations.end_representation(representative=who, by=member.lead, at=at)
    member.people.remove(who)


def _ask(town: Town, file: OrganisationFile, at: datetime) -> None:
    lead = _register(file, at - timedelta(hours=1))
    member = town.members[file.key] = Member(file, lead, [lead])
    member.membership = clusters.ask_to_join(cluster=town.cluster, by=lead, at=at)


def _admit(town: Town, file: OrganisationFile, agenda: Agenda, at: datetime) -> None:
    member = town.members[file.key]
    assert member.membership is not None
    replaced = town.members[file.replaces].membership if file.replaces else None
    member.membership = clusters.admit(membership=member.membership, by=town.coordinator.lead, replaces=replaced, at=at)
    member.lead.organisation.refresh_from_db()
    newest = town.cluster.charter_versions.order_by("-number").first()
    if newest is not None:
        clusters.accept_charter(version=newest, by=member.lead, at=at + timedelta(days=1, hours=2))
    _people(member, agenda, at)


def _leave(town: Town, file: OrganisationFile, at: datetime) -> None:
    member = town.members[file.key]
    assert member.membership is not None
    member.membership = clusters.leave(membership=member.membership, by=member.lead, reason=file.left_reason, at=at)


def _records(town: Town, agenda: Agenda) -> None:
    """Founding steps, charters with their acceptances, logbook and open invitations."""
    file = town.file
    for place, step in enumerate(town.cluster.founding_steps.all()):
        agenda.put(agenda.before(file.founded - 3 - 11 * place, 13), partial(_step, town, step))
    for days, text in file.charters:
        agenda.put(agenda.before(days, 17), partial(_charter, town, agenda, text))
    points = list(town.cluster.reference_points.all())
    for entry in file.logbook:
        agenda.put(agenda.before(entry.days, 18, 5), partial(_logbook, town, points[entry.point - 1], entry))
    for days, email, name in file.invitations:
        agenda.put(agenda.before(days, 10, 40), partial(_invite, town, email, name))


def _step(town: Town, step: FoundingStep, at: datetime) -> None:
    clusters.tick_step(step=step, done=True, by=town.coordinator.lead, on=at.date())


def _charter(town: Town, agenda: Agenda, text: str, at: datetime) -> None:
    """A new version; the members accept it in the weeks after, most of them."""
    version = clusters.write_charter(
        cluster=town.cluster, text=text, based_on=town.cluster.charter_versions.count(), by=town.coordinator.lead, at=at
    )
    for key, member in town.members.items():
        if member.is_in() and (key in ALWAYS_ACCEPT or agenda.random.random() < 0.92):
            agenda.put(at + timedelta(hours=agenda.random.randint(1, 400)), partial(_accept, member, version))


def _accept(member: Member, version: CharterVersion, at: datetime) -> None:
    if member.is_in():
        clusters.accept_charter(version=version, by=member.lead, at=at)


def _logbook(town: Town, point: ReferencePoint, entry: LogbookFile, at: datetime) -> None:
    clusters.write_logbook(
        cluster=town.cluster, point=point, happened_on=at.date(), text=entry.text, by=town.members[entry.by].lead,
        once=f"demonstration:{town.file.key}:{entry.days}", at=at,
    )  # fmt: skip


def _invite(town: Town, email: str, name: str, at: datetime) -> None:
    clusters.invite(cluster=town.cluster, email=email, organisation_name=name, by=town.coordinator.lead, at=at)
