"""The 97 cases of content/cases: loaded whole, and written as the rules for cases say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from phereclos.knowledge import files
from phereclos.knowledge.choices import themes
from phereclos.knowledge.models import CasePage, CaseWord, KnowledgeIndexPage
from tests.knowledge.conftest import CASES

CONTENTS = dict(files.read_all(CASES))
LONGEST_RUN = 12
# Numbers a text works out from its facts: 258 applications less 78 chosen; 185,285,567 in words.
WORKED_OUT = {"den-naturlige-skolesekken": {"180"}, "globe-programme": {"185"}}


@pytest.mark.database
def test_all_cases_are_loaded_under_the_index(cases: None) -> None:
    index = KnowledgeIndexPage.objects.get()
    assert CasePage.objects.live().count() == len(list(CASES.glob("*.md"))) == 97
    assert index.get_children().count() == 97
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.database
def test_the_site_stands_at_the_public_address(cases: None) -> None:
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.root_page.specific) == ("127.0.0.1", KnowledgeIndexPage.objects.get())
    assert not Page.objects.filter(slug="home").exists()


@pytest.mark.database
def test_loading_again_changes_nothing(cases: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = list(CasePage.objects.order_by("pk").values())
    words = CaseWord.objects.count()
    call_command("load_cases")
    assert "0 loaded, 0 updated, 97 unchanged, 0 kept" in capsys.readouterr().out
    assert list(CasePage.objects.order_by("pk").values()) == before
    assert CaseWord.objects.count() == words


def test_every_theme_is_listed_and_at_most_sixty() -> None:
    assert 1 <= len(themes()) <= 60


def test_at_least_thirty_cases_are_written_up_across_kinds_and_countries() -> None:
    written = [content for content in CONTENTS.values() if content["body"]]
    assert len(written) >= 30
    assert len({content["country"] for content in written}) >= 15
    assert len({content["lead_kind"] for content in written}) >= 6


def test_every_outcome_is_judged_with_a_reason() -> None:
    outcomes = [item for content in CONTENTS.values() for item in content["evidence"] if item["kind"] == "outcome"]
    assert len(outcomes) == 54
    assert all(item["judged"] for item in outcomes)
    assert {item["strength"] for item in outcomes} >= {"told", "compared", "drawn_by_lot"}
    assert {item["finding"] for item in outcomes} >= {"gain", "none", "mixed"}


@pytest.mark.parametrize("slug", CONTENTS)
def test_nothing_is_left_to_do(slug: str) -> None:
    assert not re.search(r"TODO|FIXME|XXX|lorem ipsum", (CASES / f"{slug}.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", [slug for slug, content in CONTENTS.items() if content["body"]])
def test_the_text_is_our_own(slug: str) -> None:
    """No more than twelve equal words in a row between the text and the facts, titles and names aside."""
    content = CONTENTS[slug]
    names = " ".join([content["title"], content["lead_organisation"], *(one["title"] for one in content["sources"])])
    of_facts = {run for fact in _facts(content) for run in _runs(fact)}
    shared = {run for run in _runs(content["body"]) if run in of_facts and " ".join(run) not in " ".join(_words(names))}
    assert not shared, " / ".join(" ".join(run) for run in shared)


@pytest.mark.parametrize("slug", [slug for slug, content in CONTENTS.items() if content["body"]])
def test_the_text_names_no_number_that_the_facts_lack(slug: str) -> None:
    content = CONTENTS[slug]
    known = set(_numbers(" ".join([*_facts(content), content["title"], *(one["title"] for one in content["sources"])])))
    known |= {str(content[key]) for key in ("started", "age_from", "age_to")}
    known |= {str(item["year"]) for item in content["evidence"]}
    assert not set(_numbers(content["body"])) - known - WORKED_OUT.get(slug, set())


def _facts(content: dict[str, Any]) -> Iterator[str]:
    yield content["summary"]
    yield from (*content["how_it_works"], *content["take_overs"], *content["conditions"])
    for item in content["evidence"]:
        yield from (item["result"], item["judged"])


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of one word more than allowed."""
    words = _words(text)
    return (tuple(words[start : start + LONGEST_RUN + 1]) for start in range(len(words) - LONGEST_RUN))


def _numbers(text: str) -> list[str]:
    """Figures as they are written, thousands without their commas; single digits are words too often."""
    return [number.replace(",", "") for number in re.findall(r"\d[\d,]*\d", text)]
