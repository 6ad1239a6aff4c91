"""Credentials packed into credentials by somebody who means no good: each gets a report, within limits."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verifiable_badges.makers import MUSEUM, NOW, World, codes
from tests.verifiable_badges.test_hostile_files import values
from tests.verifiable_badges.verifying.makers import (
    LEARNER,
    as_bytes,
    badge_of,
    other_credential,
    presentation,
    record,
    signed_json,
)
from tests.verifiable_badges.verifying.test_openbadges2 import Web, assertion, pages
from verifiable_badges import Outcome, verify
from verifiable_badges.errors import LimitExceeded
from verifiable_badges.keys.multibase import base64url_encode
from verifiable_badges.limits import MAX_CREDENTIALS
from verifiable_badges.verifying.world import Budget

BADGE = badge_of(1)
SHOWN = presentation(BADGE, other_credential(issuer=LEARNER))
RECORD = signed_json(record(BADGE))


def judged(document):
    return World().verify(as_bytes(document))


def test_records_in_records_end():
    bomb = RECORD
    for _ in range(8):
        bomb = {**RECORD, "credentialSubject": {**RECORD["credentialSubject"], "verifiableCredential": [bomb]}}

    report = judged(bomb)
    deepest, depth = report, 0
    while deepest.parts:
        deepest, depth = deepest.parts[0], depth + 1

    assert report.verdict is not Outcome.PASSED
    assert depth == 4
    assert "credentials_too_deep" in codes(deepest).values()


def test_many_credentials_in_one_are_counted():
    small = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "proof": {}}
    document = copy.deepcopy(SHOWN)
    document["verifiableCredential"] = [small] * 500

    report = judged(document)

    assert len(report.parts) == MAX_CREDENTIALS
    assert report.checks[-1].code == "too_many_credentials"
    assert report.verdict is Outcome.FAILED


def test_large_credentials_inside_are_counted_by_their_parts():
    budget = Budget(credentials=10, nodes=100)
    budget.spend_credential({"a": [1] * 97})

    with pytest.raises(LimitExceeded, match="more credentials"):
        budget.spend_credential({"a": 1})


def test_the_same_credential_through_many_doors_is_paid_for_each_time():
    levels = RECORD
    for _ in range(3):
        levels = {**RECORD, "credentialSubject": {**RECORD["credentialSubject"], "verifiableCredential": [levels] * 4}}

    def count(report):
        return 1 + sum(map(count, report.parts))

    assert count(judged(levels)) <= MAX_CREDENTIALS + 1


def as_token(payload: dict) -> str:
    head = base64url_encode(b'{"alg":"EdDSA","typ":"vc+jwt"}')
    return f"{head}.{base64url_encode(json.dumps(payload).encode())}.AAAA"


def test_envelopes_in_envelopes_are_not_opened():
    envelope = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": "EnvelopedVerifiableCredential", "id": ""}
    token = as_token(BADGE)
    for _ in range(6):
        token = as_token({**envelope, "id": f"data:application/vc+jwt,{token}"})
    document = copy.deepcopy(SHOWN)
    document["verifiableCredential"] = [{**envelope, "id": f"data:application/vc+jwt,{token}"}]

    report = judged(document)

    assert len(report.parts) == 1
    assert not report.parts[0].parts
    assert report.verdict is Outcome.FAILED


@pytest.mark.parametrize("data", ["a.b.c~" * 3000, "e30.e30.AAAA~" + "~" * 5000, "e30.e30.AAAA~e30~e30", "~", "a~b"])
def test_tokens_of_disclosures_that_are_none(data):
    report = World().verify(data.encode())

    assert report.verdict is not Outcome.PASSED


def test_one_member_twice_in_a_credential_inside_fails_the_whole():
    data = as_bytes(SHOWN).replace(b'"proofPurpose": "assertionMethod"', b'"proofPurpose": "x", "proofPurpose": "y"')

    assert codes(World().verify(data)) == {"readable": "duplicate_member"}


def test_an_issuer_that_is_asked_for_everything_is_asked_once():
    many = [badge_of(number, issuer="did:web:museum.example") for number in range(12)]
    world = World()

    world.verify(as_bytes({**SHOWN, "verifiableCredential": many}))

    assert len(world.asked) == len(set(world.asked))


PLACES = ["@context", "id", "type", "holder", "verifiableCredential", "proof", "termsOfUse", "issuer"]


@given(st.sampled_from(PLACES), values)
@settings(max_examples=200, deadline=None)
def test_any_value_at_any_place_of_a_presentation_gets_a_report(place, value):
    report = judged({**SHOWN, place: value})

    assert report.checks
    json.dumps(report.to_json())


@given(st.sampled_from(["verifiableCredential", "achievement", "association", "identifier", "id", "type"]), values)
@settings(max_examples=200, deadline=None)
def test_any_value_in_a_record_gets_a_report(place, value):
    document = {**RECORD, "credentialSubject": {**RECORD["credentialSubject"], place: value}}

    assert judged(document).checks


@given(
    st.sampled_from(["credentialSubject", "credentialSchema", "refreshService", "@context", "relatedResource"]), values
)
@settings(max_examples=200, deadline=None)
def test_any_value_in_another_credential_gets_a_report(place, value):
    report = judged({**signed_json(other_credential()), place: value})

    assert report.checks
    json.dumps(report.to_json())


@given(st.sampled_from(sorted(pages())), values)
@settings(max_examples=200, deadline=None)
def test_any_document_may_lie_where_a_badge_of_2_0_leads(address, value):
    web = Web(pages(**{address: value}))

    report = verify(as_bytes(assertion()), resolve=web.resolve, fetch=web.fetch_status, now=NOW)

    assert report.verdict is not Outcome.PASSED
    assert len(web.asked) < 20


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_may_lie_where_a_badge_is_refreshed_or_hosted(data):
    web = Web(pages(**{sorted(pages())[0]: data}))
    service = {"id": "https://museum.example/refresh", "type": "1EdTechCredentialRefresh"}
    badge = as_bytes(badge_of(1, refreshService=service))

    report = verify(badge, resolve=web.resolve, fetch=web.fetch_status, now=NOW, refresh=lambda address: data)

    assert report.check("refresh").code == "refresh_failed"
    assert report.check("issuer").detail == {"issuer": MUSEUM}
    assert verify(as_bytes(assertion()), resolve=web.resolve, fetch=web.fetch_status, now=NOW).checks
