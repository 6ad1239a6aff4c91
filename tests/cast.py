"""The cast: Alice owns, Bob is her colleague, Charlie belongs elsewhere, the stranger is signed out.

Alice leads Saltgate Primary School, Bob represents it, Charlie leads the Museum of Tides; both are vouched members of
the live cluster Tarnhaven, which the Children's University with Dora as its lead coordinates. Erin leads Outsider
College, vouched, of no cluster. All are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from phereclos.accounts.models import Person
from phereclos.clusters.models import Cluster, Membership
from phereclos.organisations.models import Organisation, Representative, Role


def person(name: str) -> Person:
    # The demonstration's people need no second factor, so most tests can go straight to their point.
    return Person.objects.create_user(f"{name.lower()}@example.org", name=name, is_demonstration=True)


def organisation(name: str, kind: str, *, vouched: bool = True) -> Organisation:
    slug = name.lower().replace(" ", "-").replace("'", "")
    return Organisation.objects.create(
        name=name, slug=slug, kind=kind, country="AT", vouched_at=timezone.now() if vouched else None
    )


def represent(who: Person, whom: Organisation, role: str = Role.LEAD) -> Representative:
    return Representative.objects.create(person=who, organisation=whom, role=role)


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


@dataclass
class Cast:
    alice: Representative
    bob: Representative
    charlie: Representative
    dora: Representative
    erin: Representative
    school: Organisation
    museum: Organisation
    university: Organisation
    outsider: Organisation
    cluster: Cluster

    def client(self, role: Representative | None) -> Client:
        """A browser signed in as this person, or signed out for None."""
        return Client() if role is None else signed_in(role.person)


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def gather() -> Cast:
    """Puts everybody into the database."""
    school = organisation("Saltgate Primary School", "school")
    museum = organisation("Museum of Tides", "museum_science_centre")
    university = organisation("Tarnhaven Children's University", "university")
    outsider = organisation("Outsider College", "school")
    alice, bob = represent(person("Alice"), school), represent(person("Bob"), school, Role.MEMBER)
    charlie, dora = represent(person("Charlie"), museum), represent(person("Dora"), university)
    erin = represent(person("Erin"), outsider)
    cluster = Cluster.objects.create(
        name="Tarnhaven", slug="tarnhaven", region="Tarn Coast", countries=["AT"], languages=["en"], aims="Tides.",
        blueprint="local-education-cluster", coordinator=university, founded_by=dora,
        state=Cluster.State.LIVE, live_since=timezone.now(),
    )  # fmt: skip
    for member, role in ((university, "coordinator"), (school, "member"), (museum, "member")):
        Membership.objects.create(
            cluster=cluster, organisation=member, role=role, state="active", joined_on=date(2026, 9, 1)
        )
    return Cast(alice, bob, charlie, dora, erin, school, museum, university, outsider, cluster)
