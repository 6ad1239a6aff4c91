"""A child that dies is started again, later and later; only a web server that never started is given up."""

from __future__ import annotations

import sys

from phereclos.running import supervisor
from phereclos.running.supervisor import MOST_QUICK_DEATHS, SETTLED_AFTER, Child


def dead_child(*, must_start: bool) -> Child:
    child = Child("thing", [sys.executable, "-S", "-c", "raise SystemExit(3)"], must_start=must_start)
    child.start()
    assert child.process is not None
    child.process.wait()
    return child


def pauses(child: Child, times: int) -> list[float]:
    """The pauses before each start, when every life is short."""
    found = []
    for _ in range(times):
        child.note_death(child.started)
        assert child.again_at is not None
        found.append(child.again_at - child.started)
    return found


def test_the_pause_grows_up_to_half_a_minute() -> None:
    assert pauses(Child("worker", []), 8) == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


def test_a_long_life_is_followed_by_a_start_at_once() -> None:
    child = Child("worker", [])
    pauses(child, 4)

    child.note_death(child.started + SETTLED_AFTER)

    assert (child.again_at, child.quick_deaths) == (child.started + SETTLED_AFTER, 0)


def test_a_dead_child_is_started_when_its_pause_is_over_and_not_before() -> None:
    child, said = dead_child(must_start=False), []
    first = child.process

    assert supervisor._kept_alive(child, child.started, said.append)
    assert child.process is first
    assert supervisor._kept_alive(child, child.started + 1, said.append)
    assert child.process is not first
    assert said == ["The thing ended unexpectedly (code 3); starting it again."]
    child.end(0)


def test_a_worker_is_never_given_up() -> None:
    child = dead_child(must_start=False)
    pauses(child, 4 * MOST_QUICK_DEATHS)

    assert not child.is_hopeless


def test_a_web_server_is_given_up_only_when_it_never_started_well() -> None:
    never, once = Child("web server", [], must_start=True), Child("web server", [], must_start=True)
    once.note_death(SETTLED_AFTER + 1)

    pauses(never, MOST_QUICK_DEATHS)
    pauses(once, MOST_QUICK_DEATHS)

    assert never.is_hopeless
    assert not once.is_hopeless
