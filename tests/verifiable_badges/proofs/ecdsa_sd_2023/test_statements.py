"""Random whole credentials, random parts of them: what is derived verifies, or is refused for a reason we know."""

import random

import pytest

from tests.verifiable_badges.proofs.ecdsa_sd_2023.learner import badge, base_signed
from tests.verifiable_badges.strategies import documents
from verifiable_badges.errors import CannotDecide, InvalidDocument
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.proofs.data_integrity import verify_document
from verifiable_badges.proofs.ecdsa_sd_2023 import derive
from verifiable_badges.proofs.ecdsa_sd_2023.pointers import escaped, select


def pointers_into(value, above=""):
    if isinstance(value, dict):
        steps = [(escaped(name), child) for name, child in value.items() if name not in ("@context", "proof")]
    else:
        steps = list(enumerate(value)) if isinstance(value, list) else []
    for step, child in steps:
        yield f"{above}/{step}"
        yield from pointers_into(child, f"{above}/{step}")


def derived_or_code(document, mandatory, selective, seed):
    """What is derived, or why not."""
    try:
        return derive(base_signed(document, mandatory, seed), selective_pointers=selective), ""
    except (CannotDecide, InvalidDocument) as error:
        return None, error.code


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("merged", [False, True])
def test_random_parts_of_random_credentials(seed, merged):
    dice = random.Random(seed)
    refused = []
    for document in documents(seed, 10, merged=merged):
        places = sorted(pointers_into(document))
        mandatory, selective = dice.sample(places, 3), dice.sample(places, min(len(places), 6))
        derived, code = derived_or_code(document, mandatory, selective, seed)
        if derived is None:
            refused.append(code)
        else:
            assert verify_document(derived, resolve=unavailable)
            assert {k: v for k, v in derived.items() if k != "proof"} == select(document, [*mandatory, *selective])

    assert set(refused) <= {"pointer_cuts_list", "parts_not_separable"} | ({"ambiguous_node"} if merged else set())
    assert len(refused) < 5


def test_long_lists():
    document = badge()
    values = [str(number) for number in range(3_000)]
    document["credentialSubject"]["achievement"]["resultDescription"][0]["allowedValue"] = values

    derived = derive(base_signed(document), selective_pointers=[])

    assert verify_document(derived, resolve=unavailable)
