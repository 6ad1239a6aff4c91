"""The world of the demonstration: the same day gives the same one, alive, whole, and never unasked."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from phereclos.accounts.models import Person
from phereclos.activities.models import Activity, Feedback, HeadCount, LaneStep
from phereclos.badges.models import Award, AwardBatch
from phereclos.clusters.models import CharterAcceptance, Cluster, LogbookEntry, Membership
from phereclos.demonstration import world
from phereclos.demonstration.people import shown_people
from phereclos.exchange.models import AnswerLink, Need, Offer, Request
from phereclos.ledger import invariants
from phereclos.ledger.models import AuditEntry, StagedMail
from phereclos.organisations.models import Organisation, Representative
from tests.cast import signed_in

# Worlds of other days differ a little, and these tests build that of today: so "about" has some room.
LONG_AGO = date(2026, 6, 17)


class UndoneAgain(Exception):
    """Takes a world back that was built only to be compared."""


def digest() -> str:
    """What a visitor could tell two worlds apart by: names, words, days and counts; not keys and addresses."""
    rows: list[object] = [
        list(Organisation.objects.order_by("name").values_list("name", "kind", "vouched_at")),
        list(Person.objects.order_by("email").values_list("email", "name")),
        list(Membership.objects.order_by("pk").values_list("organisation__name", "state", "joined_on", "left_on")),
        list(CharterAcceptance.objects.order_by("pk").values_list("organisation__name", "accepted_at")),
        list(Need.objects.order_by("pk").values_list("title", "state", "author__person__name", "opened_at")),
        list(Offer.objects.order_by("pk").values_list("title", "state", "opened_at")),
        list(Request.objects.order_by("pk").values_list("need__title", "to__name", "state", "sent_at")),
        list(Activity.objects.order_by("pk").values_list("title", "state", "starts", "children", "adults")),
        list(HeadCount.objects.order_by("pk").values_list("activity__title", "children", "at")),
        list(Feedback.objects.order_by("pk").values_list("went_well", "next_time", "written_at")),
        list(LaneStep.objects.order_by("pk").values_list("text", "phase", "position")),
        list(Award.objects.order_by("pk").values_list("achievement__slug", "recipient", "person__name", "awarded_at")),
        list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)),
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@pytest.fixture(scope="module")
def digests(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """Two worlds of the same day, of which the second stays until the end of this module."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                call_command("load_achievements", verbosity=0)
                first = _built_and_undone()
                world.load(timezone.localdate())
                yield first, digest()
                raise UndoneAgain
        except UndoneAgain:
            pass


def _built_and_undone() -> str:
    try:
        with transaction.atomic():
            world.load(timezone.localdate())
            made = digest()
            raise UndoneAgain
    except UndoneAgain:
        return made


@pytest.fixture
def loaded(digests: tuple[str, str], db: None) -> None:
    """The world stands."""


def test_the_same_day_gives_the_same_world(digests: tuple[str, str]) -> None:
    assert digests[0] == digests[1]


def test_there_is_life_for_two_terms(loaded: None) -> None:
    assert Cluster.objects.filter(state="live").count() == 2
    assert Membership.objects.on_record().count() == 40
    assert 200 <= Request.objects.count() <= 310
    assert 95 <= Activity.objects.count() <= 155
    assert 440 <= Award.objects.count() <= 760
    assert Offer.objects.filter(state="open").count() >= 35
    assert LogbookEntry.objects.count() >= 25


def test_silences_and_refusals_are_as_honest_as_agreements(loaded: None) -> None:
    requests = Counter(Request.objects.values_list("state", flat=True))
    activities = Counter(Activity.objects.values_list("state", flat=True))
    counts = Activity.objects.exclude(count_note="").count()

    assert requests["expired"] >= 6
    assert requests["declined"] >= 40
    assert all(requests[state] for state in ("accepted", "sent", "asked", "other_date", "withdrawn"))
    assert all(activities[state] for state in ("planned", "held", "confirmed", "cancelled"))
    assert counts >= 1
    assert HeadCount.objects.filter(activity__state="held", children=42).exists()
    assert Feedback.objects.exclude(again="yes").exists()
    assert Award.objects.exclude(revoked_at=None).count() == 4
    assert AwardBatch.objects.get().finished_at is not None


def test_what_has_happened_lies_in_the_past_and_something_is_to_come(loaded: None) -> None:
    now = timezone.now()

    assert not Request.objects.filter(sent_at__gt=now).exists()
    assert not Award.objects.filter(awarded_at__gt=now).exists()
    assert not AuditEntry.objects.filter(at__gt=now).exists()
    assert not Activity.objects.filter(state="confirmed", ends__gt=now).exists()
    assert Activity.objects.coming().exists()
    assert not Activity.objects.filter(starts__week_day__in=(1, 7)).exists()


def test_everything_is_marked_as_invented(loaded: None) -> None:
    assert not Organisation.objects.filter(is_demonstration=False).exists()
    assert not Cluster.objects.filter(is_demonstration=False).exists()
    assert not Person.objects.filter(is_demonstration=False).exists()
    assert not Person.objects.exclude(email__endswith="@example.org").exists()
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == Person.objects.count()


def test_there_is_somebody_to_sign_in_as_for_each_way_to_use_it(loaded: None) -> None:
    shown = {person.name: words for person, words in shown_people()}

    assert len(shown) == 8
    assert shown["Ada Renn"] == "teacher, Saltgate Primary School"
    assert shown["Demo Operator"] == "runs this installation"


def test_only_the_scenes_send_mails(loaded: None) -> None:
    waiting = StagedMail.objects.filter(sent_at=None)

    assert set(waiting.values_list("kind", flat=True)) == {"exchange.request"}
    assert set(waiting.values_list("to", flat=True)) == {"ines.okoro@example.org", "leo.brandt@example.org"}
    assert Request.objects.filter(to__slug="museum-of-tides-and-machines", state="sent").count() >= 2
    assert AnswerLink.objects.filter(request__state="sent", representative__person__name="Ines Okoro").count() >= 2


def test_the_story_of_the_home_page_came_true(loaded: None) -> None:
    request = Request.objects.get(
        need__title="Why does the tide come twice a day?", need__author__person__name="Ada Renn",
        answer__representative__person__name="Ines Okoro", answer__note__startswith="Meet at the harbour gauge",
        sent_at__gt=timezone.now() - timedelta(days=40),
    )  # fmt: skip
    shown = Award.objects.get(achievement__name="Machinist: Tide Tables with Real Data", person__name="Aino Salmela")

    assert request.state == "accepted"
    assert request.activity.state == "confirmed"
    assert request.activity.children == 25
    assert shown.holder == "Aino Salmela"
    assert shown.is_open


def test_the_invariants_hold(loaded: None) -> None:
    assert invariants.count() >= 3
    assert list(invariants.broken()) == []


def test_loading_again_does_nothing(loaded: None) -> None:
    before = digest()

    assert world.load(LONG_AGO) is False
    assert digest() == before


def test_outside_the_demonstration_nothing_is_loaded(db: None) -> None:
    with override_settings(DEMONSTRATION=False), pytest.raises(CommandError, match="DEMONSTRATION=1"):
        call_command("load_demonstration")

    assert not settings.DEMONSTRATION or not Cluster.objects.filter(name="Nowhere").exists()


def pages() -> list[str]:
    public = [cluster.get_absolute_url() for cluster in Cluster.objects.all()]
    public += [one.get_absolute_url() for one in Organisation.objects.vouched()]
    return [*public, "/clusters/", "/exchange/", "/activities/", "/"]


def test_every_page_of_a_cluster_or_organisation_stays_within_forty_queries(loaded: None) -> None:
    slow = {}
    for address in pages():
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get(address)
        assert answer.status_code == 200, address
        if len(queries) > 40:
            slow[address] = len(queries)

    assert slow == {}


@pytest.mark.parametrize("name", ["Ada Renn", "Ines Okoro", "Jonas Adeyemi", "Mirja Holt", "Beatriz Louro"])
def test_the_desks_of_the_people_to_sign_in_as_are_not_empty(name: str, loaded: None) -> None:
    representative = Representative.objects.select_related("person").get(person__name=name)
    client = signed_in(representative.person)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/me/")

    assert answer.status_code == 200
    assert len(queries) <= 40
