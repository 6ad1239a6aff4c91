"""The kinds of good and bad badges on which two public verifiers test themselves, each with a badge of our own.

1EdTech/digital-credentials-public-validator (OB30Tests, OB20Tests, CLR20Tests, Endorsement30Tests) and
digitalcredentials/verifier-core (test-fixtures). Open Badges 2.0, records and presentations are in their own modules.
"""

import pytest

from tests.verifiable_badges.makers import (
    LIST,
    MUSEUM_KEY,
    MUSEUM_WEB,
    NOW,
    World,
    codes,
    outcome,
    status_list,
    web_museum,
)
from tests.verifiable_badges.verifying.makers import as_bytes, signed_json, unsigned_badge
from verifiable_badges.keys import did_key_method
from verifiable_badges.proofs.data_integrity import add_proof
from verifiable_badges.status import entry

UNKNOWN = "could not be checked"
ENTRY = entry(LIST, 7)


def judged(document, **world):
    return World(**world).verify(as_bytes(document))


def changed(path, value):
    """A badge with one member replaced, then signed if it can be; None takes the member away."""
    document = unsigned_badge(1)
    document["credentialSubject"]["result"] = [{"type": ["Result"], "value": "7"}]
    place = document
    *parents, last = path.split(".")
    for name in parents:
        place = place[int(name)] if isinstance(place, list) else place.setdefault(name, {})
    if value is None:
        del place[last]
    else:
        place[last] = value
    return document


# --- what passes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["context-3.0.2.json", "context-3.0.3.json"])
def test_each_published_edition_of_the_vocabulary_passes(edition):
    document = unsigned_badge(1)
    document["@context"][1] = f"https://purl.imsglobal.org/spec/ob/v3p0/{edition}"
    achievement = document["credentialSubject"]["achievement"]
    del document["awardedDate"], document["evidence"], achievement["inLanguage"], achievement["related"]

    assert judged(signed_json(document)).verdict.value == "passed"


def test_several_signatures_of_different_kinds_pass_if_one_is_known():
    document = signed_json(unsigned_badge(1))
    foreign = {"type": "BbsBlsSignature2020", "proofPurpose": "assertionMethod", "verificationMethod": "did:x:1",
               "created": "2026-01-01T00:00:00Z", "proofValue": "z1"}  # fmt: skip
    twice = add_proof(document, key=MUSEUM_KEY, verification_method=did_key_method(MUSEUM_KEY.public), created=NOW)

    assert judged(twice).verdict.value == "passed"
    assert judged({**document, "proof": [foreign, document["proof"]]}).verdict.value == "passed"


def test_a_web_identity_with_a_multikey_and_a_status_passes():
    document = unsigned_badge(1, credentialStatus=ENTRY)
    document["issuer"]["id"] = MUSEUM_WEB
    method = f"{MUSEUM_WEB}#{MUSEUM_KEY.public.multibase}"
    lists = {LIST: status_list(issuer=MUSEUM_WEB)}

    report = judged(
        signed_json(document, verification_method=method), documents={MUSEUM_WEB: web_museum()}, lists=lists
    )

    assert outcome(report, "issuer") == "passed"
    assert outcome(report, "expiry") == "passed"


# --- what fails -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "credentialSubject.type",
        "credentialSubject.identifier.0.type",
        "credentialSubject.result.0.type",
        "credentialSubject.source.type",
        "credentialSubject.achievement.type",
        "evidence.0.type",
        "issuer.type",
    ],
)
def test_a_part_of_an_unknown_type_fails(path):
    report = judged(changed(path, ["SomethingElse"]))

    assert codes(report)["structure"] == "type_missing"
    assert report.verdict.value == "failed"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("credentialSubject.achievement.resultDescription", [{"type": ["Other"], "id": "urn:x:1", "name": "x"}]),
        ("issuer.parentOrg", {"type": ["Other"], "id": "urn:x:1"}),
        ("issuer.otherIdentifier", [{"type": ["Other"], "identifier": "x", "identifierType": "ext:x"}]),
        ("credentialSubject.achievement.otherIdentifier", [{"identifier": "x", "identifierType": "ext:x"}]),
    ],
)
def test_an_optional_part_of_an_unknown_type_fails(path, value):
    assert codes(judged(changed(path, value)))["structure"] == "type_missing"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("issuer", None),
        ("type", ["VerifiableCredential", "SomethingElse"]),
        ("@context", ["https://www.w3.org/ns/credentials/v2"]),
        ("id", "not an address"),
        ("undefinedWord", "x"),
        ("validFrom", "2040-01-01T00:00:00Z"),
        ("validUntil", "2020-01-20T00:00:00Z"),
    ],
)
def test_a_broken_badge_fails_unsigned_and_under_an_old_signature(path, value):
    broken = changed(path, value)
    proof = signed_json(unsigned_badge(1))["proof"]

    assert judged(broken).verdict.value == "failed"
    assert judged({**broken, "proof": proof}).verdict.value == "failed"


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"verificationMethod": did_key_method(MUSEUM_KEY.public) + "garbage"}, "failed"),
        ({"verificationMethod": "museum#key"}, "failed"),
        ({"verificationMethod": "foo:museum#key"}, "failed"),
        ({"verificationMethod": "did:foo:museum#key"}, UNKNOWN),
        ({"proofValue": "zGarbage"}, "failed"),
        ({"proofValue": ""}, "failed"),
        ({"proofPurpose": "authentication"}, "failed"),
        ({"type": "SomethingElse"}, UNKNOWN),
    ],
)
def test_a_broken_signature(change, verdict):
    document = signed_json(unsigned_badge(1))
    document["proof"] = document["proof"] | change

    assert judged(document).verdict.value == verdict


def test_withdrawn_and_run_out_are_both_told():
    document = signed_json(unsigned_badge(1, credentialStatus=ENTRY, validUntil="2026-05-03T12:00:00Z"))

    report = judged(document, lists={LIST: status_list([7])})

    assert codes(report)["expiry"] == "expired"
    assert report.verdict.value == "failed"


def test_a_status_list_that_is_not_there_leaves_it_open():
    assert judged(signed_json(unsigned_badge(1, credentialStatus=ENTRY))).verdict.value == UNKNOWN
