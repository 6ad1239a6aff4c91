"""The charter is accepted by name and date and never silently overwritten; the logbook is kept against its points."""

from __future__ import annotations

import pytest
from django.test import Client

from phereclos.clusters import actions
from phereclos.clusters.models import CharterAcceptance, CharterVersion, FoundingStep, LogbookEntry, ReferencePoint
from phereclos.ledger.models import StagedMail
from tests.cast import Cast
from tests.organisations.mails import written

pytestmark = pytest.mark.django_db
CHARTER = "/clusters/tarnhaven/charter/"
LOGBOOK = "/clusters/tarnhaven/logbook/"


@pytest.fixture
def version(cast: Cast) -> CharterVersion:
    return CharterVersion.objects.create(cluster=cast.cluster, number=1, text="## We answer", written_by=cast.dora)


@pytest.fixture
def point(cast: Cast) -> ReferencePoint:
    return ReferencePoint.objects.create(cluster=cast.cluster, position=1, title="Who was reached", question="Who?")


def test_a_lead_accepts_for_the_organisation_once(cast: Cast, version: CharterVersion) -> None:
    for _ in range(2):
        cast.client(cast.alice).post(f"{CHARTER}1/accept/")

    accepted = CharterAcceptance.objects.get()
    assert (accepted.organisation, accepted.accepted_by) == (cast.school, cast.alice)
    assert "1 of 3 members has accepted" in Client().get(CHARTER).content.decode()


def test_only_present_members_count_and_those_missing_are_named(cast: Cast, version: CharterVersion) -> None:
    for who in (cast.alice, cast.charlie):
        actions.accept_charter(version=version, by=who)
    actions.leave(membership=cast.museum.memberships.get(), by=cast.charlie)
    page = Client().get(CHARTER).content.decode()

    assert "1 of 2 members has accepted" in page
    assert "Not yet: Tarnhaven Children&#x27;s University." in page
    assert "1 of 2 members has accepted" in Client().get("/clusters/tarnhaven/").content.decode()


def test_names_of_those_who_accepted_are_for_members(cast: Cast, version: CharterVersion) -> None:
    actions.accept_charter(version=version, by=cast.alice)

    assert '<td data-label="By">Alice' in cast.client(cast.charlie).get(CHARTER).content.decode()
    assert "Alice" not in Client().get(CHARTER).content.decode()


def test_a_colleague_without_the_lead_and_outsiders_cannot_accept(cast: Cast, version: CharterVersion) -> None:
    for who in (cast.bob, cast.erin):
        assert cast.client(who).post(f"{CHARTER}1/accept/").status_code == 404
    assert Client().post(f"{CHARTER}1/accept/").status_code == 302
    assert not CharterAcceptance.objects.exists()


def test_a_second_editor_sees_the_firsts_text_instead_of_overwriting_it(cast: Cast, version: CharterVersion) -> None:
    """Threat 142."""
    browser = cast.client(cast.dora)
    browser.post(f"{CHARTER}edit/", {"text": "First", "based_on": 1})
    answer = browser.post(f"{CHARTER}edit/", {"text": "Second", "based_on": 1})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "First" in page
    assert "Second" in page
    assert [one.text for one in cast.cluster.charter_versions.all()] == ["## We answer", "First"]
    assert browser.post(f"{CHARTER}edit/", {"text": "Second", "based_on": 2}).status_code == 302


def test_an_outdated_version_cannot_be_accepted(cast: Cast, version: CharterVersion) -> None:
    actions.write_charter(cluster=cast.cluster, text="New", based_on=1, by=cast.dora)

    with pytest.raises(actions.NotPossible):
        actions.accept_charter(version=version, by=cast.alice)


def test_only_the_coordinator_writes_the_charter(cast: Cast, version: CharterVersion) -> None:
    for who in (cast.alice, cast.charlie, cast.erin):
        assert cast.client(who).get(f"{CHARTER}edit/").status_code == 404
        assert cast.client(who).post(f"{CHARTER}edit/", {"text": "x", "based_on": 1}).status_code == 404


def test_a_charter_with_script_reads_as_typed(cast: Cast, version: CharterVersion) -> None:
    text = '<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror="alert(1)">'
    actions.write_charter(cluster=cast.cluster, text=text, based_on=1, by=cast.dora)
    page = Client().get(CHARTER).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img src=x" not in page


def test_any_representative_of_a_member_writes_into_the_logbook_once(cast: Cast, point: ReferencePoint) -> None:
    form = cast.client(cast.bob).get(f"{LOGBOOK}write/").context["form"]
    data = {"point": point.pk, "happened_on": "2026-09-10", "text": "We asked.", "once": form["once"].value()}
    for _ in range(2):
        assert cast.client(cast.bob).post(f"{LOGBOOK}write/", data).status_code == 302

    entry = LogbookEntry.objects.get()
    assert (entry.organisation, entry.written_by) == (cast.school, cast.bob)
    assert "We asked." in Client().get(LOGBOOK).content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"text": ""}, "This is needed."), ({"happened_on": "31.02.2026"}, "Write a day"),
     ({"happened_on": "2999-01-01"}, "has not come yet"), ({"point": "999"}, "Choose one from the list")],
)  # fmt: skip
def test_a_wrong_entry_keeps_its_text(cast: Cast, point: ReferencePoint, wrong: dict[str, str], says: str) -> None:
    form = cast.client(cast.bob).get(f"{LOGBOOK}write/").context["form"]
    data = {"point": point.pk, "happened_on": "2026-09-10", "text": "Kept text", "once": form["once"].value()} | wrong
    answer = cast.client(cast.bob).post(f"{LOGBOOK}write/", data)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "text" in wrong or "Kept text" in answer.content.decode()
    assert not LogbookEntry.objects.exists()


def test_outsiders_cannot_write_into_the_logbook(cast: Cast, point: ReferencePoint) -> None:
    assert cast.client(cast.erin).get(f"{LOGBOOK}write/").status_code == 404
    assert Client().get(f"{LOGBOOK}write/").status_code == 302


def test_a_point_of_another_cluster_is_refused(cast: Cast, point: ReferencePoint) -> None:
    cast.cluster.pk = None  # another cluster in all but the row
    cast.cluster.name, cast.cluster.slug = "Other", "other"
    cast.cluster.save()

    with pytest.raises(actions.NotPossible):
        actions.write_logbook(
            cluster=cast.cluster,
            point=point,
            happened_on=point.cluster.founded_at.date(),
            text="x",
            by=cast.dora,
            once="1",
        )


def test_the_coordinator_ticks_steps_and_unticks_them(cast: Cast) -> None:
    step = FoundingStep.objects.create(cluster=cast.cluster, position=1, title="Ask five")
    path = f"/clusters/tarnhaven/steps/{step.pk}/"
    cast.client(cast.dora).post(path, {"done": "1"})
    step.refresh_from_db()
    assert step.done_on is not None
    cast.client(cast.dora).post(path, {"done": "0"})
    step.refresh_from_db()
    assert step.done_on is None
    assert cast.client(cast.alice).post(path, {"done": "1"}).status_code == 404


def test_leads_of_the_other_members_are_told_of_a_new_version_once(cast: Cast, version: CharterVersion) -> None:
    actions.write_charter(cluster=cast.cluster, text="New", based_on=1, by=cast.dora)
    told = StagedMail.objects.filter(kind="clusters.charter_changed")

    assert sorted(row.to for row in told) == ["alice@example.org", "charlie@example.org"]
    assert CHARTER in written(told[0]).body


def test_nobody_is_told_of_a_version_that_changes_nothing(cast: Cast, version: CharterVersion) -> None:
    actions.write_charter(cluster=cast.cluster, text="## We answer", based_on=1, by=cast.dora)

    assert not StagedMail.objects.exists()
