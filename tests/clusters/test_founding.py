"""Founding: short steps, nothing lost on the way, one cluster for one name."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from phereclos.clusters import actions
from phereclos.clusters.blueprints import BlueprintError, blueprints, read
from phereclos.clusters.models import Cluster
from phereclos.ledger.models import AuditEntry
from tests.cast import Cast, organisation, person, represent, signed_in

PLACE = {"name": "Vienna West", "region": "Vienna", "country_1": "AT", "languages": ["de", "en"]}


def found(by: Any, name: str = "Vienna West", once: str = "1") -> Cluster:
    blueprint = blueprints()["local-education-cluster"]
    return actions.found_cluster(
        by=by, name=name, region="Vienna", countries=["AT"], languages=["de"], aims="More questions.",
        blueprint=blueprint, reference_points=blueprint.reference_points, once=once,
    )  # fmt: skip


def walk(browser: Client, place: dict[str, Any] = PLACE) -> Any:
    """Through the wizard as a person would, keeping what each form shows."""
    browser.post("/clusters/found/blueprint/", {"blueprint": "rural-network"})
    browser.post("/clusters/found/place/", place)
    browser.post("/clusters/found/aims/", {"aims": "Every child is asked."})
    for step in ("points", "steps"):
        form = browser.get(f"/clusters/found/{step}/").context["form"]
        browser.post(f"/clusters/found/{step}/", {name: form[name].value() or "" for name in form.fields})
    return browser.get("/clusters/found/check/")


@pytest.mark.django_db
def test_the_wizard_founds_a_draft_with_all_that_the_blueprint_holds(cast: Cast) -> None:
    browser = cast.client(cast.charlie)
    check = walk(browser)
    answer = browser.post("/clusters/found/check/", {"once": check.context["form"]["once"].value()})
    cluster = Cluster.objects.get(slug="vienna-west")

    assert answer.url == "/clusters/vienna-west/members/"
    assert cluster.state == "draft"
    assert cluster.coordinator == cast.museum
    assert [country.code for country in cluster.countries] == ["AT"]
    assert cluster.languages == ["de", "en"]
    assert cluster.reference_points.count() == 9
    assert cluster.founding_steps.count() == 8
    assert "Vienna West joins schools" in cluster.charter_versions.get().text
    assert AuditEntry.objects.filter(verb="clusters.found").count() == 1


@pytest.mark.django_db
def test_going_back_shows_what_was_said(cast: Cast) -> None:
    browser = cast.client(cast.charlie)
    walk(browser)

    assert b'value="Vienna West"' in browser.get("/clusters/found/place/").content
    assert b"Every child is asked." in browser.get("/clusters/found/aims/").content


@pytest.mark.django_db
def test_a_step_left_out_leads_back_to_it(cast: Cast) -> None:
    browser = cast.client(cast.charlie)
    browser.post("/clusters/found/blueprint/", {"blueprint": "rural-network"})

    assert browser.get("/clusters/found/check/").url == "/clusters/found/place/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "This is needed."),
        ({"name": "!!!"}, "Write a name with letters"),
        ({"country_1": "XX"}, "Choose one from the list"),
        ({"languages": []}, "Choose at least one language"),
        ({"other_languages": "klingon!"}, "is not a language code"),
        ({"name": "TARNHAVEN  "}, "exists already"),
    ],
)
def test_a_wrong_answer_keeps_the_others(cast: Cast, wrong: dict[str, Any], says: str) -> None:
    answer = cast.client(cast.charlie).post("/clusters/found/place/", PLACE | wrong)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'value="Vienna"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Tarnhaven", "tarnhaven", " Tarn haven".replace(" h", "h"), "TARNHAVEN!"])
def test_other_spellings_are_the_same_name(cast: Cast, name: str) -> None:
    with pytest.raises(actions.NameTaken) as taken:
        found(cast.charlie, name)

    assert taken.value.cluster == cast.cluster


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"), [("Köln", "Ko\u0308ln"), ("Straße Nord", "STRASSE  nord"), ("Łódź", "łódź")]
)
def test_composed_and_decomposed_letters_are_the_same_name(cast: Cast, first: str, second: str) -> None:
    found(cast.charlie, first)

    with pytest.raises(actions.NameTaken):
        found(cast.alice, second, once="2")


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_founders_in_the_same_moment_get_one_cluster_and_one_clear_no(cast: Cast) -> None:
    """Threat 58."""
    outcomes: list[str] = []

    def go(by: Any, name: str) -> None:
        try:
            found(by, name, once=name)
            outcomes.append("founded")
        except actions.NameTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in ((cast.charlie, "Vienna"), (cast.alice, " VIENNA "))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["founded", "taken"]
    assert Cluster.objects.filter(name_key="vienna").count() == 1


@pytest.mark.database
@pytest.mark.django_db
def test_sending_the_last_form_twice_founds_once(cast: Cast) -> None:
    assert found(cast.charlie) == found(cast.charlie)
    assert AuditEntry.objects.filter(verb="clusters.found").count() == 1


@pytest.mark.django_db
def test_who_may_not_found_is_told_why(cast: Cast) -> None:
    unvouched = represent(person("Uma"), organisation("City Museum", "museum_science_centre", vouched=False))

    assert b"Nobody has vouched" in cast.client(unvouched).get("/clusters/found/").content
    assert b"a lead of" in cast.client(cast.bob).get("/clusters/found/").content
    assert b"Register yours" in signed_in(person("Nora")).get("/clusters/found/").content
    assert cast.client(unvouched).post("/clusters/found/place/", PLACE).status_code == 404
    assert cast.client(cast.bob).post("/clusters/found/check/", {"once": "x"}).status_code == 404
    assert Client().get("/clusters/found/").status_code == 302


def test_every_blueprint_of_the_content_can_be_read() -> None:
    for blueprint in blueprints().values():
        assert len(blueprint.reference_points) == 9
        assert "{cluster}" in blueprint.charter
        assert len(blueprint.founding_steps) >= 5


def test_a_blueprint_with_a_hole_is_named(tmp_path: Any) -> None:
    (tmp_path / "reference_points.yaml").write_text("- {title: a, question: b}")
    (tmp_path / "holed.yaml").write_text("name: Holed\nsummary: ''\n")

    with pytest.raises(BlueprintError, match=r"holed\.yaml: summary is missing or empty"):
        read(tmp_path)
