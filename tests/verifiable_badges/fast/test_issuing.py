"""What is signed by shape is refused where the general path refuses it: the first of a kind and every later one."""

import json
from typing import Any

import pytest

from tests.verifiable_badges.makers import LIST, MUSEUM_KEY, NOW, credential
from verifiable_badges.errors import InvalidCredential
from verifiable_badges.fast.knowledge import KNOWLEDGE
from verifiable_badges.issuing import issue, issue_many
from verifiable_badges.keys import did_key_method
from verifiable_badges.status import entry

OPTIONS: dict[str, Any] = {
    "key": MUSEUM_KEY,
    "verification_method": did_key_method(MUSEUM_KEY.public),
    "created": NOW,
}
BAD = {
    "a date that is none": {"validFrom": "2026-01-32T00:00:00Z"},
    "an end before the beginning": {"validUntil": "2001-01-01T00:00:00Z"},
    "a place in the list that is no number": {"credentialStatus": entry(LIST, 1) | {"statusListIndex": "01"}},
}


def document(number: int, **changes: Any) -> dict[str, Any]:
    made = json.loads(json.dumps(credential().to_json()))
    made |= {
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        "validFrom": f"2026-01-{number + 1:02}T00:00:00Z",
        "validUntil": f"2027-01-{number + 1:02}T00:00:00Z",
        "credentialStatus": entry(LIST, number),
    }
    return made | changes


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_a_known_shape_is_judged_as_the_first_of_it(changes: dict[str, Any]) -> None:
    KNOWLEDGE.forget()
    for number in range(6):
        issue(document(number), **OPTIONS)

    with pytest.raises(InvalidCredential):
        issue(document(7, **changes), **OPTIONS)


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_a_later_award_is_judged_as_the_first(changes: dict[str, Any]) -> None:
    def award(made: dict[str, Any]) -> dict[str, str]:
        index = made["credentialStatus"]["statusListIndex"]
        dates = {f"/{name}": made[name] for name in ("validFrom", "validUntil")}
        return {"/id": made["id"], **dates, "/credentialStatus/statusListIndex": index}

    made = issue_many(document(0), [award(document(1)), award(document(2)), award(document(3, **changes))], **OPTIONS)

    assert json.loads(next(made))["validFrom"] == "2026-01-02T00:00:00Z"
    assert json.loads(next(made))["credentialStatus"]["statusListIndex"] == "2"
    with pytest.raises(InvalidCredential):
        next(made)
