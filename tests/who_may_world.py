"""One object of each kind, made by the real actions, for the table of who may what (who_may.py).

Objects belong to Alice's organisation where it can have such; what a cluster has belongs to the one that Dora
coordinates and Alice, Bob and Charlie belong to. Requests go from Alice's school to Charlie's museum. `absent` is
another world's key for each: well formed, and of nothing.
"""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from phereclos.accounts.models import Person
from phereclos.activities import actions as activities
from phereclos.activities.models import Activity
from phereclos.badges import achievements
from phereclos.badges import actions as badges
from phereclos.badges.mails import CLAIM
from phereclos.badges.models import Achievement
from phereclos.badges.recipients import ToMailbox, ToOrganisation, ToPassport, ToPerson
from phereclos.clusters import actions as clusters
from phereclos.clusters.access import INVITATION_PURPOSE
from phereclos.clusters.blueprints import blueprints
from phereclos.clusters.models import Cluster
from phereclos.exchange import actions as exchange
from phereclos.exchange import links as exchange_links
from phereclos.exchange.models import Answer, Need, Request
from phereclos.knowledge import loading
from phereclos.ledger import links
from phereclos.organisations import actions as organisations
from phereclos.organisations.mails import invitation_token
from phereclos.setup.actions import make_operator_link
from tests.cast import Cast, gather, organisation, person, represent

LONG_AGO = timezone.now() - timedelta(days=60)
ROLES = ("stranger", "alice", "bob", "charlie", "dora", "erin")
NEED = {
    "title": "Why does the bridge hum?", "question": "Class 6a wants to know.", "subject": "science",
    "topic": "sound", "setting": "formal", "group_size": 24, "ages_from": 10, "ages_until": 12,
    "place_choice": "either",
}  # fmt: skip
OFFER = {
    "title": "Read the gauge", "what": "Real tide tables and a real gauge.", "subject": "science", "topic": "tides",
    "setting": "non_formal", "group_size": 28, "ages_from": 9, "ages_until": 12, "place_choice": "here",
    "languages": "English", "minutes": 90,
}  # fmt: skip


@dataclass
class World:
    cast: Cast
    cluster: Cluster
    key: dict[str, Any] = field(default_factory=dict)  # the name used in the table -> what stands in the address
    row: dict[str, Any] = field(default_factory=dict)  # the rows that bodies of forms name
    cookies: dict[str, str] = field(default_factory=dict)

    def browser(self, role: str, **more: Any) -> Client:
        """A browser of its own, signed in as this role of the table."""
        client = Client(**more)
        if role in self.cookies:
            client.cookies["sessionid"] = self.cookies[role]
        return client


def absent(key: Any) -> Any:
    """A well-formed key of the same kind that nothing has."""
    if isinstance(key, int):
        return 999_999
    return uuid.UUID(int=7) if isinstance(key, uuid.UUID) else "nothing-here"


def make_world() -> World:
    cast = gather()
    # Vouched for long ago, so that nothing they write waits to be read first.
    for one in (cast.school, cast.museum, cast.university, cast.outsider):
        one.vouched_at = timezone.now() - timedelta(days=400)
        one.save()
    world = World(cast, _cluster(cast))
    _organisations(world)
    _clusters(world)
    _exchange(world)
    _activities(world)
    _badges(world)
    _knowledge(world)
    world.key |= {
        "about": "privacy", "step": "blueprint", "sheet": "0123456789ab", "operator": make_operator_link(),
        "alices_person": cast.alice.person.pk,
    }  # fmt: skip
    for name in ROLES[1:]:
        client = Client()
        client.force_login(getattr(cast, name).person)
        world.cookies[name] = client.cookies["sessionid"].value
    return world


def _cluster(cast: Cast) -> Cluster:
    """The cast's cluster stands by itself; this one has charter, steps, points and all that the blueprint gives."""
    blueprint = blueprints()["local-education-cluster"]
    cluster = clusters.found_cluster(
        by=cast.dora, name="Saltmarsh", region="Tarn Coast", countries=["AT"], languages=["en"], aims="Tides.",
        blueprint=blueprint, reference_points=blueprint.reference_points, once="who-may",
    )  # fmt: skip
    for member in (cast.alice, cast.charlie):
        clusters.admit(membership=clusters.ask_to_join(cluster=cluster, by=member), by=cast.dora)
    cluster.refresh_from_db()
    return cluster


def _organisations(world: World) -> None:
    cast = world.cast
    frank = person("Frank")
    newcomer = organisation("Newcomer Lab", "company", vouched=False)
    represent(person("Gina"), newcomer)
    asked = organisations.ask_to_join(person=frank, organisation=cast.school)
    invited = organisations.invite(by=cast.alice, email="hanna@example.org")
    world.key |= {
        "school": cast.school.slug, "newcomer": newcomer.slug, "asked": asked.pk, "colleague": cast.bob.pk,
        "invited": invited.uid, "invitation": invitation_token(invited),
    }  # fmt: skip
    world.row |= {"newcomer": newcomer, "frank": frank}


def _clusters(world: World) -> None:
    cast, cluster = world.cast, world.cluster
    harbour = represent(person("Ines"), organisation("Harbour Works", "company"))
    asking = clusters.ask_to_join(cluster=cluster, by=harbour)
    invited = clusters.invite(cluster=cluster, email="jonas@example.org", organisation_name="", by=cast.dora)
    point = cluster.reference_points.first()
    assert point is not None
    clusters.write_logbook(
        cluster=cluster, point=point, happened_on=date(2026, 10, 1), text="A first day.", by=cast.alice, once="log"
    )
    member = cluster.memberships.get(organisation=cast.museum)
    founding = cluster.founding_steps.first()
    assert founding is not None
    world.key |= {
        "cluster": cluster.slug, "asking": asking.pk, "member": member.pk, "charter": 1, "founding": founding.pk,
        "cluster_invited": invited.pk,
        "cluster_invitation": links.make(purpose=INVITATION_PURPOSE, key=str(invited.uid), until=invited.expires_at),
    }  # fmt: skip
    world.row |= {"point": point}


def _need(world: World, title: str, *, post: bool = True) -> Need:
    return exchange.save_need(
        by=world.cast.alice, fields={**NEED, "title": title, "cluster": world.cluster}, post=post, at=LONG_AGO
    )


def _request(world: World, title: str) -> Request:
    start = timezone.now() + timedelta(days=14)
    return exchange.send_request(
        by=world.cast.alice, need=_need(world, title), to=world.cast.museum, proposed_start=start,
        proposed_end=start + timedelta(minutes=90),
    )  # fmt: skip


def _exchange(world: World) -> None:
    cast = world.cast
    need, draft = _need(world, "Why does the bridge hum?"), _need(world, "Not yet asked", post=False)
    offer = exchange.save_offer(by=cast.alice, fields=OFFER, post=True)
    offer_draft = exchange.save_offer(by=cast.alice, fields=OFFER, post=False)
    waiting, other_day, answered = (_request(world, title) for title in ("Sound", "Light", "Heat"))
    question = exchange.ask_question(request=waiting, by=cast.charlie, text="Is there a plug?")
    later = timezone.now() + timedelta(days=20)
    exchange.answer_request(request=other_day, by=cast.charlie, kind=Answer.Kind.OTHER_DATE, other_start=later)
    answer = exchange.answer_request(request=answered, by=cast.charlie, kind=Answer.Kind.DECLINE)
    objection = exchange.object_to_answer(request=answered, by=cast.charlie)
    to_answer, to_date = (
        waiting.links.get(purpose="answer"),
        other_day.links.get(purpose="date", representative=cast.alice),
    )
    to_object = answered.links.get(purpose="answer")
    world.key |= {
        "need": need.pk, "need_draft": draft.pk, "offer": offer.pk, "offer_draft": offer_draft.pk,
        "waiting": waiting.uid, "question": question.pk, "other_day": other_day.uid, "answered": answered.uid,
        "objection": objection.pk, "answer_link": exchange_links.token_of(to_answer),
        "date_link": exchange_links.token_of(to_date),
        "object_link": exchange_links.object_token(to_object, answer.at),
        "stop_link": exchange_links.stop_token(cast.charlie, "exchange.request", timezone.now()),
    }  # fmt: skip
    world.row |= {
        "answer_form": exchange_links.form_token(to_answer, "answer", to_answer.until),
        "date_form": exchange_links.form_token(to_date, "date", to_date.until),
        "object_form": exchange_links.form_token(to_object, "object", answer.at + exchange_links.OBJECT_FOR),
    }


def _activities(world: World) -> None:
    """One to come; one of last week with two counts that differ; one that both confirmed."""
    cast, now = world.cast, timezone.now()
    planned, held, confirmed = (
        _accepted(world, title, begins)
        for title, begins in (
            ("Kites", now + timedelta(days=14)),
            ("Rafts", now - timedelta(days=5)),
            ("Kilns", now - timedelta(days=6)),
        )
    )
    for one, counted in ((held, 23), (confirmed, 24)):
        activities.count_heads(by=cast.alice, activity=one, children=24, adults=3)
        activities.count_heads(by=cast.charlie, activity=one, children=counted, adults=3)
    world.key |= {
        "planned": planned.uid, "held": held.uid, "confirmed": confirmed.uid, "accepted": planned.request.uid,
    }  # fmt: skip


def _accepted(world: World, title: str, begins: datetime) -> Activity:
    """What became of a request that the museum accepted a month ago."""
    asked = timezone.now() - timedelta(days=30)
    request = exchange.send_request(
        by=world.cast.alice, need=_need(world, title), to=world.cast.museum, proposed_start=begins,
        proposed_end=begins + timedelta(minutes=90), at=asked,
    )  # fmt: skip
    exchange.answer_request(request=request, by=world.cast.charlie, kind=Answer.Kind.ACCEPT, at=asked)
    return Activity.objects.get(request=request)


def _badges(world: World) -> None:
    cast = world.cast
    achievements.load()
    issuer = badges.become_issuer(organisation=cast.school, by=cast.alice)
    tide = Achievement.objects.get(slug="tide-watcher")
    badges.adopt_achievement(issuer=issuer, achievement=tide, by=cast.alice)
    sailor = Achievement.objects.roles().get(slug="sailor")
    programme = badges.create_role_achievement(
        issuer=issuer, role=sailor, programme="Robot Club", about="Twelve afternoons.", setting="formal",
        subject="technology", glyph=tide.glyph, by=cast.alice,
    )  # fmt: skip
    number = badges.create_passports(organisation=cast.school, count=1, by=cast.alice, once="cards")[0]
    card = badges.passports.passport_of(number)
    assert card is not None

    def give(recipient: Any, once: str) -> Any:
        return badges.award(achievement=tide, issuer=issuer, recipient=recipient, by=cast.alice, once=once)

    mailed, held = give(ToMailbox("kim@example.org"), "mailed"), give(ToPerson(cast.charlie.person), "held")
    child, to_museum = give(ToPassport(card), "child"), give(ToOrganisation(cast.museum), "museum")
    batch = badges.accept_batch(
        achievement=tide, issuer=issuer, recipients=[ToMailbox("lea@example.org")], by=cast.alice, once="batch"
    )
    until = mailed.awarded_at + timedelta(days=100)
    world.key |= {
        "issuer": issuer.slug, "shared": tide.slug, "programme": programme.slug, "list": mailed.status_list.uid,
        "open_award": to_museum.uid, "mailed_award": mailed.uid, "child_award": child.uid, "charlies_award": held.uid,
        "batch": batch.uid, "claim": links.make(purpose=CLAIM, key=str(mailed.uid), until=until),
    }  # fmt: skip
    world.row |= {"tide": tide, "sailor": sailor, "number": number, "card": card, "issuer": issuer}
    world.row["other_shared"] = Achievement.objects.family().exclude(pk=tide.pk).order_by("slug").first()


def _knowledge(world: World) -> None:
    """One real case, from its file."""
    slug = "technovation-girls"
    with TemporaryDirectory() as folder:
        shutil.copy(settings.CONTENT_DIR / "cases" / f"{slug}.md", folder)
        loading.load(folder=Path(folder))
    world.key["case"] = slug


def operator() -> Person:
    """Whoever runs the installation; of the demonstration here, so that no second factor is asked for."""
    return Person.objects.create_superuser("olga@example.org", name="Olga", is_demonstration=True)
