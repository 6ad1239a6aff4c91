"""Registering an organisation, names that are or look the same, and who answers for it."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from phereclos.accounts.models import Person
from phereclos.clusters.actions import invite
from phereclos.ledger.models import AuditEntry, StagedMail
from phereclos.organisations import actions
from phereclos.organisations.models import Organisation, Representative, Role
from phereclos.organisations.names import look_alikes
from tests.cast import Cast, organisation, person, represent, signed_in

NEW = "/organisations/new/"


def form(name: str = "City Library", **more: str) -> dict[str, str]:
    return {"name": name, "kind": "library", "country": "AT", "once": str(uuid.uuid4())} | more


@pytest.fixture
def newcomer(cast: Cast) -> Person:
    return person("Nora")


def test_whoever_registers_leads_and_acts_for_it_at_once(newcomer: Person) -> None:
    client = signed_in(newcomer)
    answer = client.post(NEW, form())

    library = Organisation.objects.get(slug="city-library")
    assert answer["Location"] == "/organisations/city-library/"
    assert Representative.objects.get(organisation=library).role == Role.LEAD
    assert client.session["acting_for"] == library.pk
    assert AuditEntry.objects.filter(verb="organisations.create", what=f"organisation:{library.pk}").count() == 1


def test_whoever_came_from_elsewhere_goes_on_there_but_never_abroad(newcomer: Person) -> None:
    client = signed_in(newcomer)
    assert client.post(f"{NEW}?next=/clusters/tarnhaven/join/", form())["Location"] == "/clusters/tarnhaven/join/"
    for abroad in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = client.post(f"{NEW}?next={abroad}", form(f"Library {abroad}", another="on"))
        assert answer["Location"].startswith("/organisations/library-")


def test_an_invitation_to_the_mailbox_waits_on_the_desk(cast: Cast, newcomer: Person) -> None:
    invite(cluster=cast.cluster, email="NORA@example.org", organisation_name="", by=cast.dora)
    actions.invite(by=cast.alice, email="nora@example.org")
    client = signed_in(newcomer)
    page = client.get("/me/").content.decode()

    assert "You are invited into Tarnhaven" in page
    assert "Saltgate Primary School invites you to act for it" in page
    for path in re.findall(r'href="(/[a-z]+/invitation/[^"]+)"', page):
        assert client.get(path).status_code == 200
    assert "You are invited" not in cast.client(cast.bob).get("/me/").content.decode()


def test_the_desk_leads_to_what_one_has(cast: Cast) -> None:
    page = cast.client(cast.bob).get("/me/").content.decode()
    for path in (
        "/clusters/tarnhaven/",
        "/exchange/mine/",
        "/activities/",
        "/organisations/saltgate-primary-school/people/",
    ):
        assert f'<li><a href="{path}"><b>' in page


def test_a_public_mailbox_stands_on_the_page_and_on_the_coordinators_cluster(cast: Cast) -> None:
    sent = form("Tarnhaven Children's University", contact_email="office@example.org")
    cast.client(cast.dora).post("/organisations/tarnhaven-childrens-university/edit/", sent)

    for page in ("/organisations/tarnhaven-childrens-university/", "/clusters/tarnhaven/"):
        assert 'href="mailto:office@example.org"' in Client().get(page).content.decode()


def test_signed_out_visitors_are_led_to_the_sign_in(db: None) -> None:
    assert Client().get(NEW)["Location"].startswith("/accounts/login/")


def test_nothing_of_an_unvouched_organisation_is_public_or_mailed(cast: Cast, newcomer: Person) -> None:
    signed_in(newcomer).post(NEW, form())

    assert Client().get("/organisations/city-library/").status_code == 404
    assert cast.client(cast.charlie).get("/organisations/city-library/").status_code == 404
    assert b"City Library" not in Client().get("/organisations/").content
    assert signed_in(newcomer).get("/organisations/city-library/").status_code == 200
    assert not StagedMail.objects.exists()
    with pytest.raises(actions.NotNow):
        actions.invite(by=Representative.objects.get(person=newcomer), email="ines@example.org")


@pytest.mark.parametrize("again", ["Museum of Tides", "MUSEUM OF TIDES", "Museum  of  Tides", "Museum of Tides."])
def test_the_same_name_in_any_spelling_is_one_clear_choice(cast: Cast, newcomer: Person, again: str) -> None:
    answer = signed_in(newcomer).post(NEW, form(again, about="Kept text"))

    assert answer.status_code == 422
    assert "/organisations/museum-of-tides/" in answer.content.decode()
    assert "Kept text" in answer.content.decode()
    assert Organisation.objects.filter(name_key="museum of tides").count() == 1


def test_composed_and_decomposed_letters_are_one_name(cast: Cast, newcomer: Person) -> None:
    actions.create_organisation(person=cast.erin.person, name="Gesamtschule Brückenfeld", kind="school", country="DE")
    answer = signed_in(newcomer).post(NEW, form("Gesamtschule Bru\u0308ckenfeld"))

    assert answer.status_code == 422


@pytest.mark.parametrize("twin", ["Museum of Tide", "Muséum of Tides", "Мuseum of Tides", "Museumoftides"])
def test_a_look_alike_raises_a_question_and_its_answer_goes_through(cast: Cast, newcomer: Person, twin: str) -> None:
    client = signed_in(newcomer)
    asked = client.post(NEW, form(twin))
    assert asked.status_code == 422
    assert "Ours is a different organisation" in asked.content.decode()
    assert not Organisation.objects.filter(name=twin).exists()

    client.post(NEW, form(twin, another="on"))
    assert Organisation.objects.filter(name=twin).exists()


def test_names_that_share_only_words_raise_no_question() -> None:
    assert look_alikes("Museum of Bridges", ["Museum of Tides", "Saltgate Primary School"]) == []


@pytest.mark.parametrize("name", ["", "   ", "—", "!!!"])
def test_a_name_without_letters_is_answered_with_an_example(newcomer: Person, name: str) -> None:
    answer = signed_in(newcomer).post(NEW, form(name))

    assert answer.status_code == 422
    assert "Saltgate Primary School" in answer.content.decode()


def test_a_double_click_registers_once(newcomer: Person) -> None:
    client, sent = signed_in(newcomer), form()
    first, second = client.post(NEW, sent), client.post(NEW, sent)

    assert Organisation.objects.filter(name="City Library").count() == 1
    assert Representative.objects.filter(person=newcomer).count() == 1
    assert first["Location"] == "/organisations/city-library/"
    assert second.status_code in {302, 422}


@pytest.mark.database
def test_the_same_key_gives_the_same_organisation(newcomer: Person) -> None:
    one = actions.create_organisation(person=newcomer, name="A", kind="school", country="AT", once_key="k")
    two = actions.create_organisation(person=newcomer, name="A", kind="school", country="AT", once_key="k")

    assert one.pk == two.pk


@pytest.mark.database
def test_the_database_refuses_a_second_spelling(cast: Cast, newcomer: Person) -> None:
    with pytest.raises(actions.NameTaken):
        actions.create_organisation(person=newcomer, name="museum OF tides", kind="other", country="AT")


def test_further_fields_change_nothing(newcomer: Person) -> None:
    signed_in(newcomer).post(NEW, form(vouched_at="2026-01-01", slug="new", is_demonstration="", role="x"))

    library = Organisation.objects.get(name="City Library")
    assert not library.is_vouched
    assert library.slug == "city-library"


def test_an_address_never_hides_one_of_ours(newcomer: Person) -> None:
    signed_in(newcomer).post(NEW, form("New"))

    assert Organisation.objects.get(name="New").slug != "new"


# Vouching


@pytest.fixture
def library(cast: Cast, newcomer: Person) -> Organisation:
    found = organisation("City Library", "library", vouched=False)
    represent(newcomer, found)
    return found


def test_the_operator_vouches(cast: Cast, library: Organisation) -> None:
    operator = Person.objects.create_user("olga@example.org", name="Olga", is_superuser=True, is_demonstration=True)
    client = signed_in(operator)
    assert "City Library" in client.get("/me/").content.decode()
    client.post("/organisations/city-library/vouch/")

    library.refresh_from_db()
    assert library.is_vouched
    assert library.vouched_by is None
    assert AuditEntry.objects.get(verb="organisations.vouch").who == f"person:{operator.pk}"
    assert [row.to for row in StagedMail.objects.filter(kind="organisations.vouched")] == ["nora@example.org"]
    assert Client().get("/organisations/city-library/").status_code == 200


def test_a_lead_of_a_vouched_organisation_vouches(cast: Cast, library: Organisation) -> None:
    cast.client(cast.charlie).post("/organisations/city-library/vouch/")

    library.refresh_from_db()
    assert library.vouched_by == cast.museum


def test_nobody_else_vouches_and_all_of_them_see_what_the_absent_page_shows(cast: Cast, library: Organisation) -> None:
    other = organisation("Unvouched Club", "ngo", vouched=False)
    mallory = represent(person("Mallory"), other)
    own = Representative.objects.get(organisation=library)
    for who in (cast.bob, mallory, own):
        client = cast.client(who)
        assert client.post("/organisations/city-library/vouch/").status_code == 404
        assert client.post("/organisations/absent/vouch/").status_code == 404
    for slug in ("city-library", "absent"):
        assert Client().post(f"/organisations/{slug}/vouch/")["Location"].startswith("/accounts/login/")

    library.refresh_from_db()
    assert not library.is_vouched


# The directory


def test_the_directory_finds_by_name_place_and_kind(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.museum.pk).update(place="Harbour Street")

    def names(query: str) -> list[str]:
        return [found.name for found in Client().get(f"/organisations/?{query}").context["page"]]

    assert names("q=TIDES") == ["Museum of Tides"]
    assert names("q=harbour") == ["Museum of Tides"]
    assert names("kind=university") == ["Tarnhaven Children's University"]
    assert names("q=nowhere") == []


def test_a_directory_page_holds_25_and_costs_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    for n in range(60):
        organisation(f"School {n:02}", "school")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        page = Client().get("/organisations/?page=2").context["page"]

    assert len(page) == 25


@pytest.mark.parametrize("query", ["page=999", "page=x", "kind=nothing", "q=" + "x" * 500, "q=%00"])
def test_odd_queries_are_answered(cast: Cast, query: str) -> None:
    assert Client().get(f"/organisations/?{query}").status_code == 200


# Editing


def test_leads_edit_and_others_do_not(cast: Cast) -> None:
    sent = form("Saltgate Primary School", kind="school", about="We measure tides.")
    assert cast.client(cast.alice).post("/organisations/saltgate-primary-school/edit/", sent).status_code == 302
    cast.school.refresh_from_db()
    assert cast.school.about == "We measure tides."

    for who in (cast.bob, cast.charlie):
        assert cast.client(who).post("/organisations/saltgate-primary-school/edit/", form("X")).status_code == 404
    assert Client().post("/organisations/saltgate-primary-school/edit/").status_code == 302
    cast.school.refresh_from_db()
    assert cast.school.name == "Saltgate Primary School"


def test_a_text_with_markup_is_shown_as_text(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.museum.pk).update(
        about="<script>alert(1)</script>", website="javascript:alert(1)"
    )
    page = Client().get("/organisations/museum-of-tides/").content.decode()

    assert "<script>alert" not in page


def test_a_website_must_be_one(cast: Cast) -> None:
    sent = form("Saltgate Primary School", kind="school", website="javascript:alert(1)")

    assert cast.client(cast.alice).post("/organisations/saltgate-primary-school/edit/", sent).status_code == 422


def test_a_second_editor_sees_the_firsts_text_instead_of_overwriting_it(cast: Cast) -> None:
    """Threat 142."""
    path, client = "/organisations/museum-of-tides/edit/", cast.client(cast.charlie)
    seen = cast.museum.edition
    sent = {"name": "Museum of Tides", "kind": "museum_science_centre", "country": "AT", "based_on": seen}
    client.post(path, sent | {"about": "First"})
    answer = client.post(path, sent | {"about": "Second"})

    assert answer.status_code == 422
    assert "First" in answer.content.decode()
    assert "Second" in answer.content.decode()
    cast.museum.refresh_from_db()
    assert cast.museum.about == "First"
    assert client.post(path, sent | {"about": "Second", "based_on": cast.museum.edition}).status_code == 302
