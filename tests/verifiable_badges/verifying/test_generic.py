"""Credentials of other kinds than badges, some of which bring contexts of their own."""

import copy

import pytest

from tests.verifiable_badges.makers import FORGER_KEY, LIST, NOW, World, codes, credential, outcome, status_list
from tests.verifiable_badges.verifying.makers import as_bytes, other_credential, signed_json
from verifiable_badges.jsonld import CREDENTIALS_V1, CREDENTIALS_V2, Reading
from verifiable_badges.policy import IssuerKnown
from verifiable_badges.status import entry

OWN = {"sails": "https://museum.example/words#sails"}
PLAIN = other_credential()


def own_words(**changes):
    """A credential with a context of its own, signed."""
    document = other_credential(**changes)
    document["@context"] = [CREDENTIALS_V2, OWN]
    document["credentialSubject"] = {"id": "urn:x:ada", "sails": "well"}
    document["type"] = ["VerifiableCredential"]
    return signed_json(document, reading=Reading.GENERIC)


def verify(document, **world):
    return World(**world).verify(as_bytes(document))


def test_another_credential_passes_and_is_told_to_be_no_badge():
    report = verify(signed_json(PLAIN))

    assert report.verdict.value == "passed", codes(report)
    assert report.kind == "credential"
    assert codes(report)["structure"] == "not_a_badge"


def test_it_need_not_say_from_when_it_holds():
    document = other_credential()
    del document["validFrom"]

    assert codes(verify(signed_json(document)))["valid_from"] == "no_valid_from"


def test_version_1_1_passes_too():
    document = {
        "@context": [CREDENTIALS_V1, "https://w3id.org/security/data-integrity/v2"],
        "type": ["VerifiableCredential"],
        "issuer": PLAIN["issuer"],
        "issuanceDate": "2020-01-01T00:00:00Z",
        "credentialSubject": {"id": "urn:x:ada"},
    }

    assert verify(signed_json(document)).verdict.value == "passed"
    without = {name: value for name, value in document.items() if name != "issuanceDate"}
    assert codes(verify(without))["structure"] == "member_missing"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"credentialSubject": {}}, "subject_empty"),
        ({"issuer": "museum"}, "address"),
        ({"id": ["urn:x:1", "urn:x:2"]}, "address"),
        ({"evidence": [{"id": "urn:x:1"}]}, "type_missing"),
        ({"name": {"@value": "a", "@language": "en", "url": "urn:x"}}, "language_value"),
        ({"relatedResource": [{"id": "urn:x:1"}]}, "digest_missing"),
        ({"@context": ["https://www.w3.org/ns/credentials/examples/v2", CREDENTIALS_V2]}, "context"),
    ],
)
def test_the_rules_of_the_data_model_are_kept(changes, code):
    report = verify(PLAIN | changes)

    assert codes(report)["structure"] == code
    assert report.verdict.value == "failed"


def test_dates_status_and_expectations_count_as_for_badges():
    assert codes(verify(signed_json(other_credential(validUntil="2026-02-01T00:00:00Z"))))["expiry"] == "expired"
    withdrawn = signed_json(other_credential(credentialStatus=entry(LIST, 7)))
    assert codes(verify(withdrawn, lists={LIST: status_list([7])}))["status"] == "revoked"
    assert codes(verify(signed_json(PLAIN, FORGER_KEY)))["issuer"] == "issuer_mismatch"
    report = World().verify(as_bytes(signed_json(PLAIN)), expectations=[IssuerKnown(["did:web:x"])])
    assert outcome(report, "issuer_known") == "failed"


def test_a_context_of_its_own_leaves_open_what_its_words_mean():
    """Decision 10: whoever writes the context says what the words mean, and it need not be the issuer."""
    report = verify(own_words())

    assert outcome(report, "proof") == outcome(report, "issuer") == "passed"
    assert outcome(report, "reading") == report.verdict.value == "could not be checked"
    assert codes(report)["reading"] == "generic_reading"


def test_words_that_a_stranger_has_exchanged_do_not_pass():
    words = {name: f"https://museum.example/words#{name}" for name in ("won", "lost")}
    document = own_words() | {"@context": [CREDENTIALS_V2, words]}
    del document["proof"]
    honest = signed_json(
        document | {"credentialSubject": {"id": "urn:x:ada", "won": "9", "lost": "1"}}, reading=Reading.GENERIC
    )
    exchanged = honest | {
        "@context": [CREDENTIALS_V2, {"won": words["lost"], "lost": words["won"]}],
        "credentialSubject": {"id": "urn:x:ada", "won": "1", "lost": "9"},
    }

    assert outcome(verify(exchanged), "proof") == "passed"
    assert verify(exchanged).verdict.value == "could not be checked"


def test_a_badge_in_disguise_does_not_pass():
    """Its type by another word, it is no badge to the rules, and its words can be hidden under the same signature."""
    document = credential().to_json()
    document["credentialSubject"]["result"] = [{"type": ["Result"], "status": "Failed"}]
    badge = signed_json(document)
    hidden = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#result"
    words = {"kind": "@type", "r": {"@id": hidden, "@type": "@id"}}
    badge |= {
        "@context": [*badge["@context"], words],
        "type": ["VerifiableCredential"],
        "kind": ["OpenBadgeCredential"],
    }
    badge["credentialSubject"]["r"] = badge["credentialSubject"].pop("result")

    report = verify(badge)

    assert outcome(report, "proof") == "passed"
    assert report.verdict.value == "could not be checked"


def test_a_proof_over_the_json_covers_the_contexts_that_it_names():
    document = own_words()
    del document["proof"]
    badge = signed_json(document, cryptosuite="eddsa-jcs-2022", reading=Reading.GENERIC)
    added = badge | {"@context": [*badge["@context"], {"sails": "https://museum.example/words#sinks"}]}

    assert verify(badge).verdict.value == "passed"
    assert outcome(verify(added), "proof") == "passed"
    assert verify(added).verdict.value == "could not be checked"
    without = signed_json({name: value for name, value in document.items() if name != "@context"},
                          cryptosuite="eddsa-jcs-2022")  # fmt: skip
    assert (outcome(verify(without), "proof"), outcome(verify(without), "structure")) == ("passed", "failed")


CREDENTIALS = "https://www.w3.org/2018/credentials#"
DATE = {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}


def renamed(document):
    """The same end by a name that nobody looks for; the signature over the graph still holds."""
    document["@context"].append({"ends": {"@id": CREDENTIALS + "validUntil", **DATE}})
    document["ends"] = document.pop("validUntil")


def moved(document):
    """The end said where the credential is only mentioned."""
    document["@context"].append({"ends": {"@id": CREDENTIALS + "validUntil", **DATE}})
    document["evidence"]["ends"] = document.pop("validUntil")


def by_address(document):
    document["@context"].append({CREDENTIALS + "validUntil": DATE})
    document[CREDENTIALS + "validUntil"] = document.pop("validUntil")


def by_prefix(document):
    document["@context"].append({"c": {"@id": "https://www.w3.org/2018/cred", "@prefix": True}})
    document["@context"].append({"c:entials#validUntil": DATE})
    document["c:entials#validUntil"] = document.pop("validUntil")


@pytest.mark.parametrize("respell", [renamed, moved, by_address, by_prefix])
def test_an_end_cannot_be_hidden_by_other_words(respell):
    mention = {"id": PLAIN["id"], "type": "https://museum.example/words#Log"}
    honest = own_words(validUntil="2026-02-01T00:00:00Z", evidence=mention)
    assert outcome(verify(honest), "proof") == "passed"
    assert codes(verify(honest))["expiry"] == "expired"
    hidden = copy.deepcopy(honest)
    respell(hidden)

    report = verify(hidden)

    assert codes(report)["expiry"] == "no_expiry"
    assert codes(report)["proof"] == "respelled"
    assert report.verdict.value == "failed"


def test_the_place_in_a_status_list_cannot_be_hidden_either():
    honest = own_words(credentialStatus=entry(LIST, 7))
    hidden = copy.deepcopy(honest)
    status = hidden["credentialStatus"]
    hidden["@context"].append({"spot": "https://www.w3.org/ns/credentials/status#statusListIndex"})
    status["spot"] = status.pop("statusListIndex")

    assert codes(verify(honest, lists={LIST: status_list([7])}))["status"] == "revoked"
    assert codes(verify(hidden, lists={LIST: status_list([7])}))["proof"] == "respelled"


def test_a_badge_may_not_bring_words_of_its_own():
    document = own_words()
    document["type"] = ["VerifiableCredential", "AchievementCredential"]

    assert codes(verify(document))["structure"] == "context_inline"


def test_reports_are_dated_by_the_caller_alone():
    assert World().verify(as_bytes(signed_json(PLAIN)), now=NOW.replace(year=2025)).verdict.value == "failed"
