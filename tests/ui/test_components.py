"""Components mean what they show."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import timezone

from phereclos.ui.drawings import Member


def shown(source: str, request: HttpRequest | None = None, **context: Any) -> str:
    return engines["django"].from_string("{% load ui %}" + source).render(context, request)


def test_a_fact_without_a_second_line_is_no_fact() -> None:
    with pytest.raises(TemplateSyntaxError, match="does not say what it rests on"):
        shown('{% fact "Schools" 3 %} {% endfact %}')


def test_zero_is_a_figure_too() -> None:
    html = shown('{% fact "Schools" 0 of=0 %}twelve months{% endfact %}')

    assert '<dd class="fact__n">0 <small>of 0</small></dd>' in html


@pytest.mark.parametrize(
    "source",
    [
        '{% state "passed" "x" %}',
        '{% setting_tag "non-formal" %}',
        '{% notice "red" "x" %}{% endnotice %}',
        '{% slip kind="wish" title="x" %}{% endslip %}',
        '{% finding "good" "x" %}{% endfinding %}',
        '{% check "ok" "x" %}{% endcheck %}',
        '{% badge "a.svg" "x" size="xl" %}',
        '{% sign "star" %}',
    ],
)
def test_a_word_outside_the_language_is_an_error(source: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="use one of"):
        shown(source)


def test_a_state_carries_its_sign_and_its_word() -> None:
    html = shown('{% state "unknown" "could not be checked" %}')

    assert '<i class="sign sign--unknown" aria-hidden="true"></i>' in html
    assert "could not be checked" in html


def test_the_line_of_a_setting_is_that_of_the_badge_ring() -> None:
    assert 'class="tag tag--nonformal">non-formal<' in shown('{% setting_tag "non_formal" %}')


def test_a_depth_without_a_finding_stays_visible() -> None:
    html = shown("{% depth 3 %}{% enddepth %}")

    assert "Drawn by lot" in html
    assert "Nothing in the sources read." in html


def test_a_finding_says_in_words_what_its_sign_shows() -> None:
    assert "looked for, not found: " in shown(
        '{% depth 2 %}{% finding "none" "No effect" %}{% endfinding %}{% enddepth %}'
    )


def test_slips_leave_out_what_is_not_known() -> None:
    html = shown(
        '{% slip kind="offer" title=title meta=meta %}<p>x</p>{% endslip %}',
        title="<Lab>",
        meta=[("From", "Library"), ("Cost", "")],
    )

    assert "&lt;Lab&gt;" in html
    assert "<dt>From</dt><dd>Library</dd>" in html
    assert "Cost" not in html


def test_the_page_itself_closes_the_breadcrumb() -> None:
    html = shown('{% crumbs "Clusters" "/clusters/" name %}', name="Tarn & haven")

    assert '<a href="/clusters/">Clusters</a>' in html
    assert '<li aria-current="page">Tarn &amp; haven</li>' in html


def test_pagination_keeps_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/knowledge/", {"q": "tides & rope", "setting": ["formal", "informal"], "page": "2"})
    page = Paginator(range(95), 10).page(2)
    html = shown("{% pages page %}", request, page=page)

    assert "11 to 20 of 95" in html
    assert 'href="?q=tides+%26+rope&amp;setting=formal&amp;setting=informal&amp;page=3" rel="next"' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_pagination() -> None:
    page = Paginator(range(9), 10).page(1)

    assert shown("{% pages page %}", RequestFactory().get("/"), page=page).strip() == ""


@pytest.mark.parametrize(
    ("form", "text"),
    [("", "18 Nov 2026"), ("short", "18 Nov"), ("week", "Wed 18 Nov"), ("long", "Wednesday 18 November 2026")],
)
def test_days_are_written_one_way(form: str, text: str) -> None:
    assert shown("{{ day|day:form }}", day=date(2026, 11, 18), form=form) == text


def test_a_moment_is_told_in_the_time_of_the_site(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Vienna"

    assert shown('{{ now|day:"time" }}', now=datetime(2026, 11, 18, 23, 30, tzinfo=UTC)) == "19 Nov 2026, 00:30"


def test_no_day_is_no_text() -> None:
    assert shown("{{ day|day }}", day=None) == ""


def test_a_day_can_be_read_by_programs() -> None:
    assert shown('{% when day "short" %}', day=date(2026, 11, 18)) == '<time datetime="2026-11-18">18 Nov</time>'


def test_a_failed_message_interrupts_and_a_good_one_waits() -> None:
    assert 'role="alert"' in shown("{% message_notice m %}", m=Message(constants.ERROR, "Not sent"))
    assert 'role="status"' in shown("{% message_notice m %}", m=Message(constants.SUCCESS, "Sent"))


def test_messages_are_escaped() -> None:
    assert "<script>" not in shown("{% message_notice m %}", m=Message(constants.INFO, "<script>"))


def test_members_are_numbered_like_the_drawings() -> None:
    gone = Member("Kesting", "company", date(2025, 6, 3), left=date(2026, 3, 31), kind_name="company")
    html = shown("{% members members %}", members=[Member("Saltgate", "school", date(2025, 3, 12)), gone])

    assert '<span class="sr">2: </span>Kesting' in html
    assert "since 3 Jun 2025, left 31 Mar 2026" in html


def test_done_steps_say_so_in_words() -> None:
    html = shown("{% steps steps %}", steps=[("Signed", "", "done"), ("Open", "until Thursday", "now")])

    assert "(done)</span>" in html
    assert '<li aria-current="step">' in html


def based(request: HttpRequest, **context: Any) -> str:
    return engines["django"].get_template("ui/base.html").render(context, request)


@pytest.fixture
def visitor() -> HttpRequest:
    return RequestFactory().get("/")


def test_the_masthead_marks_where_one_is(visitor: HttpRequest) -> None:
    html = based(visitor, section="knowledge")

    assert '<a href="/knowledge/" aria-current="page">Knowledge</a>' in html
    assert html.count("aria-current") == 1
    assert '<a href="/accounts/login/">Sign in</a>' in html


def test_the_masthead_names_the_organisation_one_acts_for(visitor: HttpRequest) -> None:
    visitor.user = SimpleNamespace(is_authenticated=True)  # type: ignore[assignment]
    acting = SimpleNamespace(organisation="Saltgate <Primary>")
    html = engines["django"].get_template("ui/base.html").render({"request": visitor, "acting": acting})

    assert '<a href="/me/">Your desk</a>' in html
    assert "acting for <b>Saltgate &lt;Primary&gt;</b>" in html


def test_a_demonstration_says_so_on_every_page() -> None:
    template = engines["django"].get_template("ui/base.html")

    assert "everything here is invented" in template.render({"demonstration": True})
    assert "everything here is invented" not in template.render({"demonstration": False})


def test_a_moment_of_another_year_says_which() -> None:
    today = timezone.localdate()
    template = '{% moment day "Kites" %}{% endmoment %}'
    assert str(today.year) not in shown(template, day=today).replace(today.isoformat(), "")
    assert f" {today.year - 2}</time>" in shown(template, day=date(today.year - 2, 3, 1))
