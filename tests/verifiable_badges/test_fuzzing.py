"""A short sample of what `make soak FUZZ=60` does for an hour, and that it would notice."""

import pytest

from tests.verifiable_badges.fuzzing import running, targets
from tests.verifiable_badges.fuzzing.running import Finding, examine, watched
from tests.verifiable_badges.fuzzing.targets import TARGETS, Target, case
from verifiable_badges.errors import UnreadableInput

SAMPLE = 40 * len(TARGETS)


def test_inputs_made_to_hurt_end_in_our_own_words_within_their_limits():
    *found, count = watched(1, 0, SAMPLE)

    assert [str(finding) for finding in found] == []
    assert count == SAMPLE


def test_a_number_gives_the_same_input_again():
    assert [case(1, number)[1] for number in range(40)] == [case(1, number)[1] for number in range(40)]
    assert len({case(1, number)[1] for number in range(200)}) > 150


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_door_takes_what_it_is_made_for(target):
    """Otherwise nothing behind it would be reached."""
    taken = 0
    for seed in target.seeds():
        try:
            target.run(seed)
        except Exception:
            continue
        taken += 1
    assert taken


def leaking(data):
    raise ValueError("not ours")


def lying(data):
    raise AssertionError("it passes")


def hungry(data):
    bytearray(400_000_000)


def refusing(data):
    raise UnreadableInput("x", "Ours.")


@pytest.mark.parametrize(
    ("run", "said"), [(leaking, "not ours"), (lying, "it passes"), (hungry, " MB"), (refusing, ""), (len, "")]
)
def test_it_notices(run, said, monkeypatch):
    monkeypatch.setattr(targets, "TARGETS", (Target("door", run, lambda: [b"{}"], ()),))
    monkeypatch.setattr(running, "case", lambda seed, number: (targets.TARGETS[0], b"{}"))

    found = examine(1, 1)

    assert (said in found) if said else found == ""


def test_it_notices_slowness(monkeypatch):
    monkeypatch.setattr(running, "SECONDS", -1.0)

    assert "took" in examine(1, 0)


def test_it_notices_a_process_that_dies_and_goes_on(monkeypatch, tmp_path):
    worker = tmp_path / "worker"
    worker.write_text(
        "#!/bin/sh\nfirst=$(echo $4 | cut -d: -f2); echo $first > $5/begun; [ $first -gt 2 ] || exit 9\n"
        "echo 4 > $5/begun\n"
    )
    worker.chmod(0o700)
    monkeypatch.setattr(running.sys, "executable", str(worker))

    *found, count = watched(1, 0, 5)

    assert [finding.number for finding in found if isinstance(finding, Finding)] == [0, 1, 2]
    assert all("ended with 9" in finding.what for finding in found)
    assert count == 5
