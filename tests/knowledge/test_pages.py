"""What readers see: the search page, a case for people and for programs, and what strangers do not see."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import escape

from phereclos.knowledge import asking
from phereclos.knowledge.models import CasePage, EvidenceItem
from tests.cast import Cast
from tests.knowledge.pages import heads, page_of, text_of

MOST_QUERIES = 15


def test_the_index_shows_97_cases_from_their_countries(cases: None, client: Client) -> None:
    html = page_of(client, "/knowledge/")
    countries = CasePage.objects.values("country").distinct().count()
    assert f"97 cases from {countries} countries" in text_of(html)
    assert "1 to 25 of 97" in text_of(html)
    assert html.count("<h1") == 1
    assert "soundings" in html


def test_every_page_of_the_list_together_shows_every_case_once(cases: None, client: Client) -> None:
    shown = [slug for number in range(1, 5) for slug in heads(page_of(client, f"/knowledge/?page={number}"))]
    assert len(shown) == len(set(shown)) == 97


def test_robotics_girls_12_says_how_12_is_read_and_how_to_undo_it(cases: None, client: Client) -> None:
    html = page_of(client, "/knowledge/?q=robotics+girls+12")
    assert {"technovation-girls", "first-robotics-programmes"} <= set(heads(html)[:3])
    assert "12 is read as an age" in html
    assert 'href="/knowledge/?q=robotics+girls"' in html


def test_cases_without_ages_are_mentioned_only_where_there_are_some(cases: None, client: Client) -> None:
    silent = CasePage.objects.filter(age_from=None).count()
    assert silent
    chosen = text_of(page_of(client, "/knowledge/?age=6-9"))
    assert f"{silent} of 97 case" in chosen
    assert "“ages not stated”" in chosen
    assert "of 97 case" not in text_of(page_of(client, "/knowledge/?age=not_stated"))

    for words in ("10", "girls 10", "robotics girls 12", "badges 5"):
        text = text_of(page_of(client, f"/knowledge/?q={words}"))
        found = client.get(f"/knowledge/?q={words}").context["found"].entries
        assert ("further down" in text) == any(entry.age_from is None for entry in found)


def test_no_choice_says_only_counted_of_cases_that_hold_more(cases: None, client: Client) -> None:
    assert 'value="only_counted"> holds counts of people or places' in page_of(client, "/knowledge/")


def test_choices_in_the_form_show_counts_and_stay_chosen(cases: None, client: Client) -> None:
    html = page_of(client, "/knowledge/?country=AT&setting=informal")
    found = CasePage.objects.filter(country="AT")
    found = [case for case in found if "informal" in case.settings]
    assert set(heads(html)) == {case.slug for case in found}
    assert 'name="country" value="AT" checked' in html
    assert 'href="/knowledge/?setting=informal"' in html, "a chosen value can be taken away"


def test_an_empty_result_names_what_to_give_up_with_counts(cases: None, client: Client) -> None:
    html = page_of(client, "/knowledge/?q=badges&country=FI&status=ended")
    assert "No case fits all of this" in html
    assert re.search(r"without “Country: Finland”</a>: \d+ case", html)
    assert "without “Country: Finland”" in html


def test_a_word_nobody_wrote_is_named(cases: None, client: Client) -> None:
    assert "No case has the word “xyzzy”" in page_of(client, "/knowledge/?q=xyzzy")


@pytest.mark.parametrize(
    "query",
    ["country=ZZ&theme=nothing&strength=5", "page=99", "page=abc", "q=" + "a" * 5000, "q=%00%22%27%3C", "q=%25%5F",
     "country=AT&country=AT"],
)  # fmt: skip
def test_odd_addresses_get_an_answer(cases: None, client: Client, query: str) -> None:
    page_of(client, f"/knowledge/?{query}")


def test_what_was_typed_reads_as_typed(cases: None, client: Client) -> None:
    typed = '"><script>alert(1)</script>'
    html = client.get("/knowledge/", {"q": typed}).content.decode()
    assert typed not in html
    assert escape(typed) in html


def test_a_question_survives_its_address() -> None:
    question = asking.Question("girls & boys", {"country": ["AT", "DE"], "age": ["3-5"]})
    assert asking.address_of(question) == "/knowledge/?q=girls+%26+boys&country=AT&country=DE&age=3-5"


def test_few_queries(cases: None, cast: Cast, django_assert_max_num_queries: pytest.FixtureRequest) -> None:
    for client in (Client(), cast.client(cast.alice)):
        for address in ("/knowledge/?q=schools&country=AT", "/knowledge/childrens-university-uk/"):
            with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
                page_of(client, address)


def test_every_case_shows_source_year_strength_and_finding_of_each_result(cases: None, client: Client) -> None:
    for case in CasePage.objects.all():
        html = page_of(client, f"/knowledge/{case.slug}/")
        for item in case.evidence.all():
            assert escape(item.result) in html
            assert f'<a href="#s{item.source}">' in html
            assert f"{item.year or 'undated'} ·" in text_of(html)
            assert escape(item.judged) in html
        for number, source in enumerate(case.sources.all(), 1):
            assert f'<li id="s{number}"><a href="{escape(source.url)}"' in html
        assert "23 November 2026" in html


def test_reach_is_never_shown_among_the_outcomes(cases: None, client: Client) -> None:
    reach = EvidenceItem.objects.exclude(kind="outcome").select_related("page")
    for item in reach.filter(page__slug__in=["technovation-girls", "childrens-university-uk"]):
        html = page_of(client, f"/knowledge/{item.page.slug}/")
        outcomes, _, how_many = html.partition('id="many"')
        assert escape(item.result) not in outcomes.partition('id="ev"')[2]
        assert escape(item.result) in how_many


def test_nothing_found_stands_as_plainly_as_a_gain(cases: None, client: Client) -> None:
    html = page_of(client, "/knowledge/childrens-university-uk/")
    assert '<h4 class="finding__title">A gain</h4>' in html
    assert '<h4 class="finding__title">Looked for, not found</h4>' in html
    assert "2025: looked for, not found" in page_of(client, "/knowledge/?q=childrens+university+passport")


def test_our_reading_is_marked_as_ours(cases: None, client: Client) -> None:
    text = text_of(page_of(client, "/knowledge/technovation-girls/"))
    assert text.count("ur reading, not a claim of the organisation") == 1
    assert "Our reading of the sources" not in text
    bare = next(case for case in CasePage.objects.readable() if "## Before you copy it" not in case.body)
    assert "Our reading of the sources" in text_of(page_of(client, f"/knowledge/{bare.slug}/"))
    assert text.index("Our reading") < text.index("What you could take over") < text.index("What it needs")


def test_programs_get_the_case_as_json(cases: None, client: Client) -> None:
    case = client.get("/knowledge/childrens-university-uk.json").json()
    assert case["id"] == "http://127.0.0.1:8000/knowledge/childrens-university-uk/"
    assert case["checked_on"] == "2026-11-23"
    assert [item["finding"] for item in case["evidence"]] == ["gain", "only_counted", "none"]
    assert case["evidence"][0]["source_url"] == case["sources"][1]["url"]
    assert case["cite_as"].endswith("facts read on 23 November 2026, " + case["id"])


@pytest.mark.parametrize("address", ["/knowledge/nobody/", "/knowledge/nobody.json"])
def test_an_absent_case_is_404(cases: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
