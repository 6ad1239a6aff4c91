"""The hull says what the register says."""

from datetime import date
from xml.etree import ElementTree

import pytest

from phereclos.ui.drawings import Member, hull
from phereclos.ui.drawings.hull import planked

SVG = "{http://www.w3.org/2000/svg}"


def members(count: int) -> list[Member]:
    return [Member(f"Member {number}", "school", date(2025, 3, 12)) for number in range(1, count + 1)]


def drawn(given: list[Member], charter: str = "charter") -> ElementTree.Element:
    text = str(hull(given, key="h", title="A cluster", charter=charter))
    return ElementTree.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def with_class(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in svg.iter() if name in element.get("class", "").split()]


def planks(svg: ElementTree.Element) -> int:
    return sum(len(with_class(svg, look)) for look in ("hull__p1", "hull__p2", "hull__p3", "hull__gone"))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 6, 7, 13, 14, 15, 40, 120])
def test_each_member_is_one_plank(count: int) -> None:
    assert planks(drawn(members(count))) == count


@pytest.mark.parametrize("count", [1, 6, 7, 13, 14])
def test_up_to_fourteen_planks_carry_a_name(count: int) -> None:
    svg = drawn(members(count))

    assert [element.text for element in svg.iter(f"{SVG}textPath")].count("Member 1") == 1
    assert len(with_class(svg, "hull__name")) == count
    assert not with_class(svg, "hull__number")


@pytest.mark.parametrize("count", [15, 40, 120])
def test_more_than_fourteen_planks_carry_their_number_in_the_list(count: int) -> None:
    svg = drawn(members(count))

    assert [element.text for element in with_class(svg, "hull__number")] == [str(n) for n in range(1, count + 1)]
    assert not with_class(svg, "hull__name")


def test_the_oldest_lies_lowest() -> None:
    strakes = planked(members(13))

    assert [plank.number for plank in strakes[0]] == [1, 2]
    assert [plank.number for plank in strakes[-1]] == [13]


def test_numbered_planks_need_at_most_eight_strakes() -> None:
    assert {count: len(planked(members(count))) for count in (15, 40, 120)} == {15: 8, 40: 8, 120: 8}


def test_a_member_that_left_stays_as_an_empty_plank() -> None:
    gone = Member("Kesting Boatworks", "company", date(2025, 6, 3), left=date(2026, 3, 31))
    svg = drawn([*members(2), gone])

    assert len(with_class(svg, "hull__gone")) == 1
    assert "left in March 2026" in "".join(svg.itertext())
    assert "Empty planks, because they left: Kesting Boatworks." in "".join(svg.itertext())


def test_an_empty_cluster_is_a_keel_and_broken_lines() -> None:
    svg = drawn([], charter="")

    assert with_class(svg, "hull__keel--open")
    assert with_class(svg, "hull__open--edge")
    assert not with_class(svg, "hull__edge")
    assert "No organisation has joined yet." in "".join(svg.itertext())


def test_names_and_charter_cannot_break_out_of_the_drawing() -> None:
    evil = Member('"><script>alert(1)</script>', "school", date(2025, 3, 12))
    text = str(hull([evil], key='"k', title="<b>", charter="</textPath><script>"))

    assert "<script>" not in text
    assert "<b>" not in text
    assert 'id="&quot;k-t"' in text


def test_a_name_longer_than_its_plank_is_shortened() -> None:
    svg = drawn([Member("Umweltbildungseinrichtung " * 6, "ngo", date(2025, 3, 12)), *members(13)])
    names = ["".join(element.itertext()) for element in with_class(svg, "hull__name--small")]

    assert len(names) == 1
    assert names[0].endswith("…")
    assert len(names[0]) < 60


def test_the_drawing_names_itself_for_those_who_cannot_see_it() -> None:
    svg = drawn(members(13))
    ids = svg.get("aria-labelledby", "").split()

    assert [svg.find(f".//*[@id='{one}']").text for one in ids] == [  # type: ignore[union-attr]
        "A cluster",
        "13 planks, one for each organisation, the oldest at the bottom.",
    ]


def test_the_only_numbers_are_those_of_members() -> None:
    said = [text.strip() for text in drawn(members(3)).itertext()]
    assert not [text for text in said if text.isdigit() and not 1 <= int(text) <= 3]
