"""The gallery opens, and shows every component the language has."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.test import Client

from phereclos.badges.artwork import compose
from phereclos.ui.sheet import ROOT
from phereclos.ui.specimens import BADGES


class Outline(HTMLParser):
    """The ids and headings of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {}


@pytest.fixture
def gallery(pages: dict[str, str]) -> str:
    if "gallery" not in pages:
        response = Client().get("/ui/")
        assert response.status_code == 200
        pages["gallery"] = response.content.decode()
    return pages["gallery"]


def test_every_component_is_shown(gallery: str) -> None:
    names = {path.stem for path in (ROOT / "components").glob("*.css")}
    another_class = {
        "breadcrumb": "crumbs",
        "certificate": "sheet",
        "choice": "choice",
        "evidence": "depths",
        "network": "net",
    }
    another_class |= {"pagination": "pages", "specimen": "swatches", "waterline": "below", "result": "results"}
    not_here = {"invented": "only in a demonstration", "case": "only on paper"}

    for name in names - not_here.keys():
        assert re.search(rf'class="[^"]*\b{another_class.get(name, name)}\b', gallery), name


def test_there_is_one_first_heading_and_no_level_is_skipped(gallery: str) -> None:
    headings = Outline(gallery).headings

    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_no_id_stands_twice(gallery: str) -> None:
    ids = Outline(gallery).ids

    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_nothing_in_a_component_was_escaped_by_mistake(gallery: str) -> None:
    assert "&lt;" not in gallery


@pytest.mark.parametrize(("file", "channels"), [(file, rest) for file, *rest in BADGES])
def test_the_badges_shown_are_drawn_by_the_platform(file: str, channels: list[str]) -> None:
    drawn = (ROOT / "specimens" / f"{file}.svg").read_text(encoding="utf-8")

    assert drawn == compose(*channels)
