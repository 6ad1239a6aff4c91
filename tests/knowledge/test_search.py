"""The rules of the search on a small shelf, and the order on the real one."""

from __future__ import annotations

from typing import Any

import pytest

from phereclos.knowledge import queries, search
from phereclos.knowledge.models import CasePage
from phereclos.knowledge.search import Entry, Question, Shelf

TRIAL_NONE = ("drawn_by_lot", "none")
TOLD_GAIN = ("told", "gain")
COUNT = ("counted", "only_counted")


def entry(pk: int, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "pk": pk, "title": f"Case {pk}", "country": "AT", "lead": "ngo", "status": "running", "age_from": None,
        "age_to": None, "settings": ["formal"], "partners": ["school"], "themes": ["mentoring"],
        "evidence": frozenset({COUNT}),
    }  # fmt: skip
    return Entry(**(values | changes))


def found(shelf: Shelf, text: str = "", **chosen: list[str]) -> list[int]:
    return [one.pk for one in search.find(shelf, Question(text, chosen)).entries]


def test_facets_widen_within_and_narrow_between() -> None:
    shelf = Shelf([entry(1), entry(2, country="DE"), entry(3, country="DE", settings=["informal"])], {})
    assert found(shelf, country=["AT", "DE"]) == [1, 2, 3]
    assert found(shelf, country=["DE"], setting=["informal"]) == [3]


def test_strength_and_finding_meet_on_one_result() -> None:
    shelf = Shelf([entry(1, evidence=frozenset({("drawn_by_lot", "gain"), ("told", "none")})),
                   entry(2, evidence=frozenset({TRIAL_NONE, TOLD_GAIN}))], {})  # fmt: skip
    assert found(shelf, strength=["drawn_by_lot"], finding=["none"]) == [2]
    assert found(shelf, strength=["told"], finding=["none"]) == [2, 1] or found(
        shelf, strength=["told"], finding=["none"]
    ) == [1, 2]


def test_counts_say_what_a_choice_would_leave() -> None:
    shelf = Shelf([entry(1), entry(2, country="DE", settings=["informal", "formal"]), entry(3, country="DE")], {})
    question = Question("", {"country": ["DE"]})
    counted = search.counts(shelf, question)
    assert counted["setting"] == {"formal": 2, "informal": 1}
    assert counted["country"] == {"AT": 1, "DE": 2}, "a facet's own choice does not narrow its own counts"
    for facet in search.FACETS:
        for value, count in counted[facet].items():
            alone = Question("", {**question.chosen, facet: [value]})
            assert len(search.find(shelf, alone).entries) == count


def test_a_null_result_lies_as_deep_as_a_gain() -> None:
    shelf = Shelf([entry(1, evidence=frozenset({TOLD_GAIN})), entry(2, evidence=frozenset({TRIAL_NONE}))], {})
    assert found(shelf) == [2, 1]
    assert search.counts(shelf, Question())["strength"] == {"counted": 2, "told": 2, "compared": 1, "drawn_by_lot": 1}


def test_cases_of_other_ages_are_left_out_and_unknown_ages_stay_below() -> None:
    shelf = Shelf(
        [entry(1), entry(2, age_from=5, age_to=9), entry(3, age_from=10, age_to=14)],
        {"robot": {1: 99.0, 2: 5.0, 3: 1.0}},
    )
    assert found(shelf, "robots 12") == [3, 1]
    assert found(shelf, "robots 8-12") == [2, 3, 1]
    assert found(shelf, "robots") == [1, 2, 3]


def test_all_words_must_be_there_unless_no_case_has_them_all() -> None:
    shelf = Shelf([entry(1), entry(2), entry(3)], {"robot": {1: 1.0, 2: 1.0}, "girl": {2: 1.0}, "harp": {3: 9.0}})
    assert found(shelf, "robots girls") == [2]
    both = search.find(shelf, Question("girls harp"))
    assert both.partial
    assert {one.pk for one in both.entries} == {2, 3}


def test_a_search_without_hits_says_what_to_give_up() -> None:
    shelf = Shelf([entry(1), entry(2, status="ended"), entry(3, status="ended")], {"robot": {1: 1.0}})
    question = Question("robots", {"status": ["ended"], "setting": ["formal"]})
    assert not search.find(shelf, question).entries
    assert [(one.kind, one.what, one.leaves) for one in search.relax(shelf, question)] == [
        ("word", "robots", 2),
        ("facet", "status", 1),
    ]


@pytest.mark.database
@pytest.mark.parametrize("text", ["robotics girls 12", "Robots for girls aged 12"])
def test_robotics_girls_12(cases: None, text: str) -> None:
    question = Question(text)
    first = search.find(queries.shelf(question.read), question).entries[:3]
    slugs = set(CasePage.objects.filter(pk__in=[one.pk for one in first]).values_list("slug", flat=True))
    assert {"technovation-girls", "first-robotics-programmes"} <= slugs


@pytest.mark.database
@pytest.mark.parametrize(
    ("text", "slug"),
    [("lodz children", "lodz-childrens-university-tul"), ("passport to learning", "childrens-university-uk"),
     ("badges chicago", "chicago-city-of-learning"), ("esplora", "esplora-malta"), ("code club trial", "code-club-uk")],
)  # fmt: skip
def test_the_case_somebody_means_comes_first(cases: None, text: str, slug: str) -> None:
    question = Question(text)
    first = search.find(queries.shelf(question.read), question).entries[0]
    assert CasePage.objects.get(pk=first.pk).slug == slug


@pytest.mark.database
def test_counts_on_the_real_shelf_hold_for_every_choice(cases: None) -> None:
    question = Question("schools", {"setting": ["formal"]})
    shelf = queries.shelf(question.read)
    for facet, counted in search.counts(shelf, question).items():
        for value, count in counted.items():
            alone = Question(question.text, {**question.chosen, facet: [value]})
            assert len(search.find(shelf, alone).entries) == count, (facet, value)
