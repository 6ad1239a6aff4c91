"""What is walked is what is expanded; what is unusual is handed over."""

import pytest

from tests.verifiable_badges.makers import MUSEUM, credential
from verifiable_badges.fast.canonical import canonical_text
from verifiable_badges.fast.terms import Surprise, vocabulary
from verifiable_badges.fast.walking import Walk
from verifiable_badges.jsonld import canonical_text as general_text

BADGE = credential().to_json()
SUBJECT = BADGE["credentialSubject"]
ACHIEVEMENT = SUBJECT["achievement"]


def with_subject(**changes):
    return {**BADGE, "credentialSubject": {**SUBJECT, **changes}}


def with_achievement(**changes):
    return with_subject(achievement={**ACHIEVEMENT, **changes})


UNUSUAL = {
    "an unknown member": {**BADGE, "favourite": "knots"},
    "a member by its full address": {**BADGE, "https://schema.org/name": "x"},
    "a keyword": {**BADGE, "@graph": []},
    "an id by its keyword": {**BADGE, "@id": BADGE["id"]},
    "a member by the name of a class": {**BADGE, "Image": "urn:x"},
    "a relative id": {**BADGE, "id": "badge/7"},
    "a blank id": {**BADGE, "id": "_:b0"},
    "an id with a space": {**BADGE, "id": "https://a b"},
    "an id that PyLD takes for a relative one": {**BADGE, "id": "urn:a\u2028b"},
    "an id of our own base": {**BADGE, "id": "x-relative://relative/a"},
    "an id that is a number": {**BADGE, "id": 7},
    "an id that is null": {**BADGE, "id": None},
    "a type that is null": {**BADGE, "type": None},
    "no types": {**BADGE, "type": []},
    "an unknown type": {**BADGE, "type": [*BADGE["type"], "Medal"]},
    "a type in a list in a list": {**BADGE, "type": [BADGE["type"]]},
    "an address that is a number": with_achievement(image=7),
    "a null": {**BADGE, "name": None},
    "an empty list": with_achievement(tag=[]),
    "an empty object": with_achievement(criteria={}),
    "a list in a list": with_achievement(tag=[["a"]]),
    "a tiny number": with_subject(creditsEarned=1e-7),
    "a huge number": with_subject(creditsEarned=2**53),
    "minus nought": with_subject(creditsEarned=-0.0),
    "a text with a direction": {**BADGE, "name": {"@value": "a", "@language": "he", "@direction": "rtl"}},
    "a text with a language that is none": {**BADGE, "name": {"@value": "a", "@language": "e n"}},
    "a text wrapped for nothing": {**BADGE, "name": {"@value": "a"}},
    "contexts of its own": {**BADGE, "@context": [*BADGE["@context"], {"a": "urn:a"}]},
    "one context without its list": {**BADGE, "@context": BADGE["@context"][0]},
    "an unknown context": {**BADGE, "@context": [*BADGE["@context"], "https://evil.example/"]},
    "contexts in an object that is no credential": with_achievement(**{"@context": BADGE["@context"]}),
    "a text that is no text": {**BADGE, "name": bytearray(b"a")},
}


@pytest.mark.parametrize("situation", UNUSUAL)
def test_what_is_unusual_is_handed_over(situation):
    with pytest.raises(Surprise):
        Walk(UNUSUAL[situation])


def nested(depth):
    document = {"id": "https://a.example/", "type": "Profile", "name": "a"}
    for _ in range(depth):
        document = {"id": "https://a.example/", "type": "Profile", "parentOrg": document}
    return {**BADGE, "issuer": document}


def test_what_is_deep_or_long_is_handed_over():
    assert Walk(nested(40))
    with pytest.raises(Surprise):
        Walk(nested(70))
    with pytest.raises(Surprise):
        Walk(with_achievement(tag=["a"] * 8_000))


USUAL = {
    "a badge": BADGE,
    "numbers": with_subject(creditsEarned=2.5, term=7),
    "a number that is whole": with_subject(creditsEarned=1.0),
    "a text with its language": {**BADGE, "name": {"@value": "Seemann", "@language": "de-AT"}},
    "a text with its language in capitals": {**BADGE, "name": {"@value": "Seemann", "@language": "DE"}},
    "texts that look like something else": with_achievement(tag=["_:b0", "https://a", '"', "\\", "@id", "\x00\x7f\t"]),
    "a tag twice": with_achievement(tag=["a", "a", "b"]),
    "a text that begins another one": with_achievement(tag=["ab", "a", "a b"]),
    "an object with its id alone": with_achievement(creator={"id": MUSEUM}),
    "one node at two places": with_achievement(creator={"id": MUSEUM, "type": ["Profile"], "name": "other"}),
    "a node that is a member of itself": with_achievement(creator={"id": ACHIEVEMENT["id"], "type": ["Profile"]}),
    "blank nodes that look alike": with_subject(result=[{"type": ["Result"], "value": "A"}] * 3),
    "a foreign type": {**BADGE, "evidence": [{"type": ["Evidence", "https://a.example/Film"], "name": "x"}]},
    "an address beyond ASCII": {**BADGE, "id": "https://εκθεση.example/ä"},
    "a scheme that is a term": {**BADGE, "id": "tag:museum.example,2026:7"},
    "a list in order": with_achievement(
        resultDescription=[
            {
                "id": "urn:r",
                "type": ["ResultDescription"],
                "name": "n",
                "resultType": "LetterGrade",
                "allowedValue": list("BAB"),
            }
        ]
    ),
    "an endorsement inside": {
        **BADGE,
        "endorsement": [
            {
                "@context": BADGE["@context"],
                "id": "urn:e",
                "type": ["VerifiableCredential", "EndorsementCredential"],
                "name": "Good",
                "issuer": {"id": "https://b.example", "type": ["Profile"]},
                "validFrom": "2026-01-01T00:00:00Z",
                "credentialSubject": {"id": "urn:a", "type": ["EndorsementSubject"], "endorsementComment": "Good"},
                "proof": [
                    {
                        "type": "DataIntegrityProof",
                        "cryptosuite": "eddsa-rdfc-2022",
                        "created": "2026-01-01T00:00:00Z",
                        "verificationMethod": "https://b.example#1",
                        "proofPurpose": "assertionMethod",
                        "proofValue": "z1",
                    }
                ],
            }
        ],
    },
}


@pytest.mark.parametrize("situation", USUAL)
def test_what_is_usual_is_walked_as_it_would_be_expanded(situation):
    assert canonical_text(Walk(USUAL[situation])) == general_text(USUAL[situation])


def test_the_context_edition_with_a_wrong_datatype_is_taken_at_its_word():
    document = {**BADGE, "awardedDate": "2026-05-01T00:00:00Z"}

    assert '"2026-05-01T00:00:00Z"^^<xsd:dateTime> .' in canonical_text(Walk(document))


def test_tables_are_made_anew_when_strangers_have_filled_them(monkeypatch):
    monkeypatch.setattr("verifiable_badges.fast.terms._MAX_TABLES", vocabulary().count + 20)
    before = vocabulary()
    for number in range(30):
        Walk({**BADGE, "evidence": [{"type": ["Evidence", f"https://a.example/{number}"], "name": "x"}]})

    assert vocabulary() is not before
