"""The random documents of the other tests are what they say: valid, various, and the same for the same seed."""

import json

import pytest
from hypothesis import given

from tests.verifiable_badges import strategies
from tests.verifiable_badges.makers import MUSEUM_KEY, NOW
from verifiable_badges import issue
from verifiable_badges.keys import did_key_method


def sign(document):
    return issue(document, key=MUSEUM_KEY, verification_method=did_key_method(MUSEUM_KEY.public), created=NOW)


@pytest.mark.parametrize("kind", ["open_badge", "endorsement", "clr"])
@pytest.mark.parametrize("share", [0, 0.4, 1])
def test_every_kind_can_be_signed(kind, share):
    document = strategies.one(kind, share=share)

    assert json.loads(sign(document)) == {**document, "proof": json.loads(sign(document))["proof"]}


def test_the_same_seed_gives_the_same_documents_and_another_gives_others():
    first, again, other = (list(strategies.documents(seed, 5)) for seed in (1, 1, 2))

    assert first == again
    assert first != other


@strategies.whole_documents(20)
@given(strategies.credentials())
def test_a_random_credential_can_be_signed(document):
    assert sign(document)
