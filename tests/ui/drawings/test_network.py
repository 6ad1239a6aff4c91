"""The network: the same records always give the same picture."""

import itertools
import math
from datetime import date

import pytest

from phereclos.ui.drawings import Member, network
from phereclos.ui.drawings.network import APART, layout


def members(count: int, kind: str = "school") -> list[Member]:
    return [Member(f"Member {number}", kind, date(2025, 3, 12)) for number in range(1, count + 1)]


TIES = [(1, 2, 3), (2, 3, 1), (3, 1, 2), (4, 5, 1)]


def test_the_same_records_give_the_same_picture() -> None:
    first = network(members(6), TIES, key="n", title="t")
    layout.cache_clear()

    assert network(members(6), TIES, key="n", title="t") == first


def test_a_pair_is_one_line_whichever_way_round_it_was_recorded() -> None:
    text = network(members(3), [(1, 2, 1), (2, 1, 1)], key="n", title="t")

    assert text.count("<line ") == 1
    assert 'stroke-width="4.2"' in text


@pytest.mark.parametrize("count", [2, 13, 40, 60])
def test_no_two_shapes_cover_each_other(count: int) -> None:
    ties = tuple((1, other, 2) for other in range(2, count + 1))
    _width, _height, places = layout(count, ties)

    closest = min(math.dist(one, other) for one, other in itertools.combinations(places, 2))
    assert closest > APART - 8


@pytest.mark.parametrize("count", [1, 2, 14, 40])
def test_everybody_stays_inside_the_picture(count: int) -> None:
    width, height, places = layout(count, ())

    assert all(0 < x < width and 0 < y < height for x, y in places)


def test_a_tie_to_somebody_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="there are 2 members"):
        network(members(2), [(1, 3, 1)], key="n", title="t")


def test_a_cluster_without_joint_activities_says_so() -> None:
    assert "No two organisations have done something together yet." in network(members(3), [], key="n", title="t")


def test_a_cluster_without_members_is_an_empty_picture() -> None:
    assert network([], [], key="n", title="t").startswith("<svg ")


def test_kinds_have_shapes_and_those_who_left_a_broken_outline() -> None:
    gone = Member("Kesting", "company", date(2025, 6, 3), left=date(2026, 3, 31))
    text = network([*members(1), *members(1, "library"), gone], [], key="n", title="t")

    assert "<rect " in text
    assert text.count('class="n n--gone"') == 1


def test_names_are_escaped() -> None:
    evil = [Member("<script>", "school"), Member("</desc>", "school")]

    assert "<script>" not in network(evil, [(1, 2, 1)], key="n", title="<i>")
