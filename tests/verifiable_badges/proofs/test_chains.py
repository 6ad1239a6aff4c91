"""Sets of proofs, and proofs that build on others: mixed suites, missing ones, circles, too many."""

import pytest

from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM_KEY, NOW, credential
from verifiable_badges.errors import InvalidProof, InvalidSignature, LimitExceeded, Unsupported
from verifiable_badges.jsonld import Reading
from verifiable_badges.keys import KeyKind, SigningKey, did_key_method
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.limits import MAX_PROOFS
from verifiable_badges.proofs.chains import previous_places
from verifiable_badges.proofs.data_integrity import add_proof, verify_document, verify_every_proof

P256 = SigningKey(bytes(range(1, 33)), KeyKind.P256)
KEYS = {"eddsa": MUSEUM_KEY, "ecdsa": P256}
SUITES = ["eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019"]


def add(document, suite, identifier=None, previous=None, key=None):
    key = key or KEYS[suite[:5]]
    return add_proof(
        document,
        key=key,
        cryptosuite=suite,
        verification_method=did_key_method(key.public),
        created=NOW,
        identifier=identifier,
        previous_proof=previous,
    )


def every(document, **options):
    return verify_every_proof(document, resolve=unavailable, **options)


@pytest.mark.parametrize("first", SUITES)
@pytest.mark.parametrize("second", SUITES)
@pytest.mark.parametrize("reading", Reading)
def test_a_proof_of_any_suite_may_build_on_one_of_any_other(first, second, reading):
    document = add(add(credential().to_json(), first, "urn:first"), second, previous="urn:first")

    assert [proof.options["cryptosuite"] for proof in every(document, reading=reading)] == [first, second]


@pytest.mark.parametrize("suite", SUITES)
def test_proofs_of_a_set_do_not_know_of_each_other(suite):
    document = add(add(credential().to_json(), "eddsa-jcs-2022", "urn:first"), suite)
    one, two = document["proof"]

    assert len(every(document)) == 2
    assert every({**document, "proof": [two, one]})
    assert every({**document, "proof": two})
    assert every({**document, "proof": [one]})


@pytest.mark.parametrize("suite", SUITES)
def test_what_a_proof_builds_on_cannot_be_changed_or_left_out(suite):
    document = add(add(credential().to_json(), "eddsa-rdfc-2022", "urn:first"), suite, previous="urn:first")
    first, last = document["proof"]
    forged = add(credential().to_json(), "eddsa-rdfc-2022", "urn:first", key=FORGER_KEY)["proof"]

    for others in ([], [{**first, "created": "2020-01-01T00:00:00Z"}], [first, first], [{**first, "id": "urn:x"}]):
        with pytest.raises((InvalidProof, InvalidSignature)):
            every({**document, "proof": [*others, last]})
    with pytest.raises(InvalidSignature):
        every({**document, "proof": [forged, last]})
    with pytest.raises(InvalidSignature):
        every({**document, "proof": [first, {name: v for name, v in last.items() if name != "previousProof"}]})


def test_one_proof_may_build_on_several():
    document = add(add(credential().to_json(), "eddsa-jcs-2022", "urn:a"), "ecdsa-rdfc-2019", "urn:b")
    document = add(document, "eddsa-rdfc-2022", "urn:c", previous=["urn:b", "urn:a"])
    document = add(document, "ecdsa-jcs-2019", previous="urn:c")

    assert len(every(document)) == 4


def test_circles_end():
    document = credential().to_json()
    proof = add(document, "eddsa-jcs-2022", "urn:a")["proof"]
    to_itself = {**proof, "previousProof": "urn:a"}
    there, back = {**proof, "previousProof": "urn:b"}, {**proof, "id": "urn:b", "previousProof": ["urn:a"]}

    for proofs in ([to_itself], [there, back], [back, there]):
        with pytest.raises(InvalidProof) as error:
            verify_document({**document, "proof": proofs}, resolve=unavailable)
        assert error.value.code == "proof_chain"


def test_each_proof_of_a_dense_chain_is_tried_once():
    document = credential().to_json()
    for number in range(MAX_PROOFS):
        document = add(document, "eddsa-jcs-2022", f"urn:{number}", [f"urn:{n}" for n in range(number)] or None)
    asked = []
    proofs = [{**proof, "verificationMethod": "https://a.example/#k"} for proof in document["proof"][:1]]

    def resolve(address):
        asked.append(address)
        return unavailable(address)

    assert len(every(document)) == MAX_PROOFS
    with pytest.raises(Exception, match="not asked"):
        verify_document({**document, "proof": [*proofs, *document["proof"][1:]]}, resolve=resolve)
    assert len(asked) == 1


def test_too_many_proofs_are_not_looked_at():
    document = add(credential().to_json(), "eddsa-jcs-2022")

    with pytest.raises(LimitExceeded):
        every({**document, "proof": [document["proof"]] * (MAX_PROOFS + 1)})


def test_beside_a_proof_of_an_unknown_kind_a_known_one_is_enough_for_a_badge():
    document = add(credential().to_json(), "eddsa-rdfc-2022")
    unknown = {**document["proof"], "cryptosuite": "bbs-2023"}
    both = {**document, "proof": [unknown, document["proof"]]}

    assert verify_document(both, resolve=unavailable).key.public == MUSEUM_KEY.public
    with pytest.raises(Unsupported):
        every(both)
    with pytest.raises(InvalidSignature):
        verify_document({**both, "name": "Tailor"}, resolve=unavailable)


def test_the_order_of_proofs_is_that_of_the_document():
    proofs = [{"id": "urn:a"}, {"id": "urn:b"}, {}]

    assert previous_places({"previousProof": ["urn:b", "urn:a"]}, proofs) == [0, 1]
    assert previous_places({}, proofs) == []
