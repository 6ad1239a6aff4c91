"""One case on its page: what is not known, what is not public, what is not text."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from phereclos.knowledge.models import CasePage
from tests.knowledge.conftest import Folder, facts, outcome
from tests.knowledge.pages import heads, page_of, text_of


def test_what_is_unknown_is_said(folder: Folder, client: Client) -> None:
    folder.write(evidence=[outcome("told", "gain", year=None)])
    folder.load()
    text = text_of(page_of(client, "/knowledge/tide-school/"))
    for words in ("ages not stated", "start undated", "not known whether it still runs", "undated · source 1"):
        assert words in text
    assert "Nothing in the sources read." in text, "a depth without a result stays visible"


def test_an_unpublished_case_is_as_absent(folder: Folder, client: Client) -> None:
    folder.write()
    folder.load()
    CasePage.objects.get().unpublish()
    assert client.get("/knowledge/tide-school/").status_code == 404
    assert client.get("/knowledge/tide-school.json").status_code == 404
    assert "Tide School" not in page_of(client, "/knowledge/")
    assert "Tide School" not in page_of(client, "/knowledge/?q=tide")


def test_a_draft_beside_a_published_case_is_not_shown(folder: Folder, client: Client) -> None:
    folder.write()
    folder.load()
    page = CasePage.objects.get()
    page.title = "Secret draft"
    page.save_revision()
    assert "Secret draft" not in page_of(client, "/knowledge/tide-school/")
    assert "Secret draft" not in page_of(client, "/knowledge/?q=secret")


def test_a_published_change_is_found_at_once(folder: Folder, client: Client) -> None:
    folder.write()
    folder.load()
    page = CasePage.objects.get()
    page.title = "Lighthouse"
    page.save_revision().publish()
    assert heads(page_of(client, "/knowledge/?q=lighthouse")) == ["tide-school"]


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://example.org/x.png)",
    "<a href='vbscript:x' style='position:fixed'>x</a>",
    "{{ request.user }}{% now 'Y' %}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_script_in_any_field_stays_text(folder: Folder, client: Client, payload: str) -> None:
    sources = facts()["sources"]
    folder.write(
        title=payload, summary=payload, region_or_city=payload, lead_organisation=payload, how_it_works=[payload],
        transferable=[payload], conditions=[payload],
        evidence=[outcome("told", "mixed", result=payload, judged=payload)],
        sources=[{**sources[0], "title": payload}],
        body=f"## {payload}\n\n{payload}\n\n## Before you copy it\n\n{payload}\n",
    )  # fmt: skip
    folder.load()
    for address in ("/knowledge/", "/knowledge/tide-school/"):
        html = page_of(client, address)
        main = html.partition("<main")[2].partition("</main>")[0]
        assert not re.search(r"<(script|img|style|iframe)", main)
        assert not re.search(r"<[^>]*\s(on\w+|style)=", main)
        for href in re.findall(r'href="([^"]*)"', main):
            assert href.startswith(("/", "#", "?", "https://museum.example.org/")), href
        assert "AnonymousUser" not in main
