"""The fast paths give what the general one gives, on a sample of what `equality` compares at will."""

import random

import pytest
from hypothesis import given

from tests.verifiable_badges import strategies
from tests.verifiable_badges.fast.equality import SIGNING, compare, texts_of
from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM, NOW, World, codes, credential, sign
from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.fast.canonical import canonical_text
from verifiable_badges.fast.issuing import with_texts
from verifiable_badges.fast.knowledge import KNOWLEDGE
from verifiable_badges.fast.walking import Walk
from verifiable_badges.issuing import issue, issue_generally
from verifiable_badges.jsonld import canonical_text as general_text
from verifiable_badges.keys import did_key_method


def test_random_documents_spoiled_ones_among_them_are_the_same_on_every_path():
    found = list(compare(70, seed=5))

    assert [document for _, document in found if document is not None] == []
    assert {"walk", "shape", "issue", "issue_many", "handed over", "tie"} == {what for what, _ in found}


@strategies.whole_documents(40)
@given(strategies.credentials())
def test_whole_credentials_are_walked_and_never_handed_over(document):
    assert canonical_text(Walk(document)) == general_text(document)


@strategies.whole_documents(20)
@given(strategies.open_badges(share=0.2))
def test_badges_signed_again_and_again_come_out_alike(document):
    expected = issue_generally(document, **SIGNING)

    assert {issue(document, **SIGNING) for _ in range(5)} == {expected}


HOSTILE = (
    "",
    " ",
    "\t",
    "x",
    "7",
    "2026-01-01",
    "2026-13-01T00:00:00Z",
    "urn:x",
    "urn:",
    "_:b0",
    "a b",
    "é🚀",
    '"',
    "\\",
)


def report_of(data, *, generally=False):
    with pytest.MonkeyPatch.context() as patch:
        if generally:
            patch.setattr("verifiable_badges.verifying.credential.prove", lambda *_: None)
        return World().verify(data).to_json()


@pytest.mark.parametrize("kind", ["open_badge", "endorsement", "clr"])
@pytest.mark.parametrize("seed", range(3))
def test_reports_are_the_same_for_known_and_unknown_shapes_and_whatever_stands_in_the_texts(kind, seed):
    document = strategies.one(kind, seed, share=0.5, odd=False) | {"issuer": {"id": MUSEUM, "type": ["Profile"]}}
    KNOWLEDGE.forget()
    places = [path for path, text in texts_of(document) if not path.startswith("/issuer")]
    alike = [with_texts(document, {place: f"{dict(texts_of(document))[place]}{n}" for place in places}) for n in "123"]
    chance = random.Random(seed)
    odd = [
        with_texts(document, {place: chance.choice(HOSTILE)}) for place in chance.sample(places, min(12, len(places)))
    ]
    for variant in [document, *alike, *odd]:
        try:
            data = issue_generally(variant, **SIGNING)
        except VerifiableBadgesError:
            continue
        assert report_of(data) == report_of(data, generally=True)
        forged = data.replace(b'"validFrom":"2', b'"validFrom":"1')
        assert report_of(forged) == report_of(forged, generally=True)


def test_a_badge_of_a_known_shape_is_judged_by_its_own_texts():
    """Dates and addresses stand in the gaps of the shape; each is judged, though the structure is not looked at."""
    KNOWLEDGE.forget()
    badge = plain_badge()
    for number in range(6):
        dates = {"validFrom": f"2026-01-0{number + 1}T00:00:00Z", "validUntil": f"2027-01-0{number + 1}T00:00:00Z"}
        signed = issue(badge | dates | {"id": f"urn:uuid:{number}"}, **SIGNING)
        assert World().verify(signed).verdict.value == "passed"

    signed = sign(badge | {"validFrom": "soon", "validUntil": "2025-01-01T00:00:00Z", "id": "urn:uuid:9"})
    assert codes(World().verify(signed)) == codes(World().verify(signed)) | {"valid_from": "date_form"}
    assert report_of(signed) == report_of(signed, generally=True)
    assert World().verify(signed.replace(b"urn:uuid:9", b"urn:uuid:8")).check("proof").code == "signature"


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000 "])
def test_a_name_of_nothing_but_space_is_no_name_for_a_known_shape_either(blank):
    KNOWLEDGE.forget()
    achievement = plain_badge()["credentialSubject"]["achievement"]

    def named(name):
        subject = plain_badge()["credentialSubject"] | {"achievement": achievement | {"name": name}}
        return sign(plain_badge() | {"credentialSubject": subject})

    for number in range(6):
        assert World().verify(named(f"Sailor {number}")).verdict.value == "passed"

    assert codes(World().verify(named(blank)))["structure"] == "achievement_name_missing"


def test_a_forged_badge_teaches_nothing():
    KNOWLEDGE.forget()
    for number in range(6):
        signed = issue_generally(plain_badge() | {"id": f"urn:uuid:{number}"}, **SIGNING)
        World().verify(signed.replace(b"Sailor", b"Captain"))
        foreign = issue_generally(
            plain_badge() | {"id": f"urn:uuid:{number}"},
            key=FORGER_KEY,
            verification_method=did_key_method(FORGER_KEY.public),
            created=NOW,
        )
        World().verify(foreign)

    assert not KNOWLEDGE._issuers


def plain_badge():
    """A badge without blank nodes that look alike."""
    document = credential().to_json()
    del document["credentialSubject"]["achievement"]["alignment"]
    return document
