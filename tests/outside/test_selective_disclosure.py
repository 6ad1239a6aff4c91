"""Badges of which a part is shown, to and from an independent implementation of ecdsa-sd-2023 (no site, no network).

It verifies lists whose order counts, but fails over signing and deriving them ("Invalid JSON-LD syntax": it gives ids
to lists), so it gets a badge without them for those.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.outside.checkers import SELECTIVE_DISCLOSURE, verdicts
from tests.outside.letters import with_one_letter_changed
from tests.verifiable_badges.proofs.ecdsa_sd_2023.learner import METHOD, MUSEUM_KEY, NAME, badge, base_signed
from verifiable_badges.keys.multibase import base64url_decode
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.data_integrity import verify_document
from verifiable_badges.proofs.ecdsa_sd_2023 import badge_pointers, derive, verify_base_proof

pytestmark = pytest.mark.node

CHOICES = {
    "the mandatory parts only": [],
    "a hashed mailbox": ["/credentialSubject/identifier/0"],
    "all but the name": ["/credentialSubject/identifier/0", "/credentialSubject/result", "/evidence"],
    "everything": [""],
}
KEY = {
    "@context": "https://w3id.org/security/multikey/v1",
    "id": METHOD,
    "type": "Multikey",
    "controller": METHOD.partition("#")[0],
    "publicKeyMultibase": MUSEUM_KEY.public.multibase,
    "secretKeyMultibase": MUSEUM_KEY.secret_multibase,
}


def theirs(*tasks: dict[str, Any]) -> list[dict[str, Any]]:
    return verdicts(SELECTIVE_DISCLOSURE, tasks)


def badge_without_lists() -> dict[str, Any]:
    document = badge()
    del document["credentialSubject"]["achievement"]["resultDescription"][0]["allowedValue"]
    return document


@pytest.fixture(scope="module")
def their_base() -> Any:
    """Ada's badge with a base proof made on Node."""
    document = badge_without_lists()
    (answer,) = theirs({"do": "sign", "document": document, "pointers": badge_pointers(document), "key": KEY})
    assert answer["errors"] == []
    return answer["document"]


def test_accepts_what_the_engine_derives_from_its_own_base_proof() -> None:
    base = base_signed()

    answers = theirs(
        *({"do": "verify", "document": derive(base, selective_pointers=choice)} for choice in CHOICES.values())
    )

    assert answers == [{"verified": True, "errors": []}] * len(CHOICES)


def test_the_name_of_the_learner_is_in_no_byte_of_what_it_accepts() -> None:
    derived = derive(base_signed(), selective_pointers=CHOICES["all but the name"])
    shown = json.dumps(derived, ensure_ascii=False).encode() + base64url_decode(derived["proof"]["proofValue"][1:])

    (answer,) = theirs({"do": "verify", "document": derived})

    assert answer["verified"]
    assert not [word for word in NAME.split() if word.encode() in shown and word != "(invented)"]


def test_refuses_it_with_one_letter_changed_wherever_that_is() -> None:
    derived = derive(base_signed(), selective_pointers=CHOICES["a hashed mailbox"])
    places, changed = zip(*with_one_letter_changed(derived), strict=True)

    answers = theirs(*({"do": "verify", "document": document} for document in changed))

    assert [place for place, answer in zip(places, answers, strict=True) if answer["verified"]] == []


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_the_engine_accepts_what_it_derives(choice: list[str], their_base: Any) -> None:
    bases = (base_signed(badge_without_lists()), their_base)

    answers = theirs(*({"do": "derive", "document": base, "pointers": choice} for base in bases))

    for answer in answers:
        assert answer["errors"] == []
        assert verify_document(answer["document"], resolve=unavailable).key.public == MUSEUM_KEY.public


def test_accepts_what_the_engine_derives_from_its_base_proof(their_base: Any) -> None:
    derived = [derive(their_base, selective_pointers=choice) for choice in CHOICES.values()]

    assert verify_base_proof(their_base, resolve=unavailable).public == MUSEUM_KEY.public
    assert [verify_document(document, resolve=unavailable).key.public for document in derived]
    assert theirs(*({"do": "verify", "document": document} for document in derived)) == [
        {"verified": True, "errors": []}
    ] * len(CHOICES)


def test_both_derive_the_same_document() -> None:
    base = base_signed(badge_without_lists())
    choice = CHOICES["all but the name"]

    (answer,) = theirs({"do": "derive", "document": base, "pointers": choice})

    assert answer["document"] == derive(base, selective_pointers=choice)
