"""Editors of cases edit cases, and find nothing else; everybody else finds nothing at all."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page

from phereclos.accounts.models import Person
from phereclos.knowledge.models import CasePage, KnowledgeIndexPage
from phereclos.knowledge.shelf import EDITORS
from tests.cast import Cast, person, signed_in
from tests.knowledge.conftest import Folder


@pytest.fixture
def page(folder: Folder) -> CasePage:
    folder.write()
    folder.load()
    found: CasePage = CasePage.objects.get()
    return found


@pytest.fixture
def editor(page: CasePage) -> Client:
    edith: Person = person("Edith")
    edith.groups.add(Group.objects.get(name=EDITORS))
    return signed_in(edith)


def test_an_editor_opens_the_case_its_history_and_preview(editor: Client, page: CasePage) -> None:
    of_case = [f"pages/{page.pk}/{name}/" for name in ("edit", "history", "view_draft")]
    for address in ("", "pages/", "account/", *of_case):
        assert editor.get(f"/back-office/{address}", follow=True).status_code == 200, address


def test_an_editor_publishes_a_change_through_the_form(editor: Client, page: CasePage) -> None:
    sent: dict[str, object] = {
        "title": "Tide School, corrected", "slug": page.slug, "summary": page.summary, "country": "AT",
        "place": "Tarnhaven", "lead_organisation": "Museum of Tides", "lead_kind": "museum_science_centre",
        "started": "", "status": "unknown", "age_from": "", "age_to": "", "confidence": "low",
        "checked_on": "2026-11-23", "partner_kinds": ["school"], "settings": ["formal"], "themes": ["mentoring"],
        "body": "", "action-publish": "1",
    }  # fmt: skip
    parts = {
        "how_it_works": ["text"], "take_overs": ["text"], "conditions": ["text"], "sources": ["title", "url"],
        "evidence": ["result", "kind", "source", "strength", "finding"],
    }  # fmt: skip
    for name, fields in parts.items():
        rows = list(getattr(page, name).all())
        sent |= {f"{name}-TOTAL_FORMS": str(len(rows)), f"{name}-INITIAL_FORMS": str(len(rows))}
        for number, row in enumerate(rows):
            sent |= {f"{name}-{number}-{field}": getattr(row, field) for field in fields}
            sent |= {f"{name}-{number}-id": row.pk, f"{name}-{number}-ORDER": number + 1}
    too_far = editor.post(f"/back-office/pages/{page.pk}/edit/", sent | {"evidence-0-source": "7"})
    assert too_far.status_code == 200
    assert b"There is no source with this number." in too_far.content
    assert editor.post(f"/back-office/pages/{page.pk}/edit/", sent).status_code == 302
    assert CasePage.objects.get().title == "Tide School, corrected"


def test_the_operator_makes_somebody_an_editor(page: CasePage) -> None:
    root, edith = person("Root"), person("Edith")
    root.is_superuser = root.is_staff = True
    root.save()
    group = Group.objects.get(name=EDITORS)
    sent = {"email": edith.email, "first_name": "-", "last_name": "-", "groups": [group.pk], "is_active": "on"}
    assert signed_in(root).post(f"/back-office/users/edit/{edith.pk}/", sent).status_code == 302
    assert signed_in(edith).get(f"/back-office/pages/{page.pk}/edit/").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["users/", "users/new/", "groups/", "sites/", "locales/", "collections/", "workflows/list/", "redirects/",
     "images/", "documents/", "images/add/", "documents/add/"],
)  # fmt: skip
def test_an_editor_reaches_no_users_settings_or_files(editor: Client, address: str) -> None:
    answer = editor.get(f"/back-office/{address}")
    assert answer.status_code in {302, 403, 404}, address
    if answer.status_code == 302:
        assert answer.url == "/back-office/"


def test_an_editor_cannot_edit_beside_the_knowledge_base(editor: Client, page: CasePage) -> None:
    other = Page(title="Elsewhere", slug="elsewhere")
    Page.objects.get(depth=1).add_child(instance=other)
    for address in (
        f"pages/{other.pk}/edit/",
        f"pages/{other.pk}/delete/",
        f"pages/{other.pk}/history/",
        "pages/1/edit/",
    ):
        assert editor.get(f"/back-office/{address}").status_code in {302, 403, 404}, address
    index = KnowledgeIndexPage.objects.get()
    assert editor.get(f"/back-office/pages/{index.pk}/delete/").status_code in {302, 403}
    for name in ("wagtailcore/page", "knowledge/knowledgeindexpage"):
        assert editor.get(f"/back-office/pages/add/{name}/{index.pk}/").status_code in {302, 403, 404}


@pytest.mark.parametrize(
    "address",
    ["", "pages/", "users/", "reports/", "pages/{pk}/edit/", "pages/{pk}/view_draft/", "pages/{pk}/edit/preview/",
     "pages/{pk}/history/", "api/main/pages/", "nowhere/"],
)  # fmt: skip
def test_strangers_are_sent_to_our_sign_in_and_others_find_nothing(
    cast: Cast, page: CasePage, client: Client, address: str
) -> None:
    address = f"/back-office/{address.format(pk=page.pk)}"
    stranger = client.get(address, follow=True)
    assert stranger.redirect_chain[-1][0].startswith("/accounts/login/") or stranger.status_code == 404
    assert b"Tide School" not in stranger.content
    assert cast.client(cast.alice).get(address).status_code == 404


def test_the_back_office_has_no_password_door(page: CasePage, client: Client) -> None:
    Person.objects.create_superuser("root@example.org", "a long enough password")
    sent = {"username": "root@example.org", "password": "a long enough password", "next": "/back-office/"}
    answer = client.post("/back-office/login/", sent)
    assert answer.url.startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session
    assert client.get("/back-office/password_reset/").url == "/accounts/login/"


def test_sign_in_leads_back_to_the_back_office_only(page: CasePage, client: Client) -> None:
    assert client.get("/back-office/login/?next=https://evil.example/").url == "/accounts/login/"
    assert (
        client.get("/back-office/login/?next=/back-office/pages/").url
        == "/accounts/login/?next=%2Fback-office%2Fpages%2F"
    )


@pytest.mark.parametrize("address", ["/media/", "/documents/1/x.pdf", "/images/1/", "/knowledge", "/pages/"])
def test_wagtails_own_ways_of_serving_are_not_there(page: CasePage, client: Client, address: str) -> None:
    assert client.get(address).status_code in {301, 404}


def test_nobody_is_led_to_files_that_nothing_serves(page: CasePage) -> None:
    root = person("Root")
    root.is_superuser = root.is_staff = True
    root.save()
    client = signed_in(root)
    home = client.get("/back-office/")
    assert home.status_code == 200
    assert b"/back-office/images/" not in home.content
    assert b"/back-office/documents/" not in home.content
    for address in ("images/", "documents/", "images/add/", "documents/multiple/add/"):
        assert client.get(f"/back-office/{address}").status_code == 404, address
    assert client.get(f"/back-office/pages/{page.pk}/edit/").status_code == 200
