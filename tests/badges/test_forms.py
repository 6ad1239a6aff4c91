"""Many badges at once: the lines are read together."""

from __future__ import annotations

from uuid import uuid4

from phereclos.badges import actions
from phereclos.badges.forms import ManyForm
from tests.badges.conftest import Bench
from tests.cast import Cast


def many(bench: Bench, lines: list[str]) -> ManyForm:
    sent = {"achievement": bench.tide.pk, "lines": "\n".join(lines), "once": uuid4()}
    return ManyForm(sent, issuer=bench.issuer)


def test_a_hundred_numbers_ask_no_more_than_one(bench: Bench, cast: Cast, django_assert_num_queries) -> None:
    numbers = actions.create_passports(organisation=cast.school, count=100, by=cast.bob, once="class")
    one, hundred = many(bench, numbers[:1]), many(bench, [number.lower() for number in numbers])
    with django_assert_num_queries(2):
        assert one.is_valid()
    with django_assert_num_queries(2):
        assert hundred.is_valid()
    assert len(hundred.recipients) == 100


def test_a_mailbox_no_row_can_hold_is_said_with_its_line(bench: Bench) -> None:
    form = many(bench, ["aino@example.org", f"aino@{'a.' * 125}org"])
    assert not form.is_valid()
    assert form.faulty[0][0] == 2
