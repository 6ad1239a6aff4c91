"""The files of the invented clusters: complete, varied, and without anything dangerous."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import yaml

from phereclos.badges.models import Achievement
from phereclos.clusters.blueprints import blueprints
from phereclos.demonstration import content
from phereclos.organisations.kinds import Kind, Setting, Subject

CLUSTERS = content.clusters()
WORDS = content.words()
NEEDS = [need for cluster in CLUSTERS for need in cluster.needs]
OFFERS = [offer for cluster in CLUSTERS for offer in cluster.offers]
MEMBERS = [(cluster, one) for cluster in CLUSTERS for one in cluster.organisations]
FILLER = re.compile(
    r"lorem|ipsum|\bfoo\b|\bbar\b|todo|tbd|xxx|example text|placeholder|\bn/a\b|innovative|cutting.edge", re.I
)
FORBIDDEN = re.compile(
    r"open (flame|fire)|candle|bunsen|\bacid\b|lye\b|bleach|mains voltage|230 v|rocket|catapult|slingshot|ladder",
    re.I,
)


def texts_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_of(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_of(each)]
    return [value] if isinstance(value, str) else []


def all_texts() -> list[str]:
    folder = content.settings.CONTENT_DIR / "demo"
    return [text for path in folder.glob("*.yaml") for text in texts_of(yaml.safe_load(path.read_text("utf-8")))]


def test_there_are_about_forty_organisations_of_all_kinds_and_sixty_people() -> None:
    people = [person for _, one in MEMBERS for person in one.people]

    assert [len(cluster.organisations) for cluster in CLUSTERS] == [26, 14]
    assert {one.kind for _, one in MEMBERS} == set(Kind.values)
    assert 55 <= len(people) <= 70
    assert len({person.name for person in people}) == len(people)


def test_needs_and_offers_are_many_and_no_two_are_alike() -> None:
    assert len({need.title for need in NEEDS}) == len(NEEDS) >= 40
    assert len({need.question for need in NEEDS}) == len(NEEDS)
    assert len({need.note for need in NEEDS}) == len(NEEDS)
    assert len({offer.title for offer in OFFERS}) == len(OFFERS) >= 35


def test_needs_and_offers_name_members_settings_and_subjects_that_exist() -> None:
    for cluster in CLUSTERS:
        keys = {one.key for one in cluster.organisations}
        for need in cluster.needs:
            assert {*need.by, *need.suits} <= keys, need.title
            assert set(need.by) != set(need.suits), need.title
            assert need.way in WORDS["steps"], need.title
        assert {offer.by for offer in cluster.offers} <= keys
    for each in (*NEEDS, *OFFERS):
        assert each.setting in Setting.values, each.title
        assert each.subject in Subject.values, each.title
        assert 0 <= each.ages[0] <= each.ages[1] <= 25, each.title


def test_whoever_writes_in_the_logbook_was_a_member_on_that_day() -> None:
    for cluster in CLUSTERS:
        joined = {one.key: one.joined for one in cluster.organisations}
        for entry in cluster.logbook:
            assert joined[entry.by] >= entry.days, entry.text
            assert 1 <= entry.point <= 9
        assert cluster.blueprint in blueprints()


def test_a_member_left_and_another_took_its_place() -> None:
    replaced = [(one.replaces, one.joined) for _, one in MEMBERS if one.replaces]

    assert replaced
    for key, joined in replaced:
        gone = next(one for _, one in MEMBERS if one.key == key)
        assert gone.left > joined
        assert gone.left_reason


def test_no_text_is_filler_and_hardly_a_sentence_comes_twice() -> None:
    texts = all_texts()
    sentences = Counter(s.strip() for text in texts for s in re.split(r"(?<=[.?!])\s", text) if len(s) > 40)

    assert not [text for text in texts if FILLER.search(text)]
    assert len([sentence for sentence, times in sentences.items() if times > 1]) <= 4  # what both charters promise


def test_nothing_dangerous_is_proposed_to_children() -> None:
    asked = [text for need in NEEDS for text in (need.title, need.question, need.note)]
    offered = [text for offer in OFFERS for text in (offer.title, offer.what, offer.access)]

    assert not [text for text in (*asked, *offered) if FORBIDDEN.search(text)]


def test_texts_fit_their_fields() -> None:
    for need in NEEDS:
        assert len(need.title) <= 120
        assert len(need.question) <= 1000
        assert len(need.note) <= 500
    for way in WORDS["steps"].values():
        for side in way.values():
            for steps in side.values():
                assert len(steps) == 3
                assert all(len(step) <= 300 for step in steps)
    assert all(len(reason) <= 500 for reason in WORDS["decline_reasons"])


def test_badges_of_needs_are_ones_that_exist() -> None:
    folder = content.settings.CONTENT_DIR / "achievements"
    titles = {need.title for need in NEEDS}

    assert set(WORDS["badges"]) <= titles
    assert all((folder / f"{slug}.yaml").exists() for slug in WORDS["badges"].values())
    for rows in WORDS["programmes"].values():
        assert {row["role"] for row in rows} <= set(Achievement.Shape.values)
