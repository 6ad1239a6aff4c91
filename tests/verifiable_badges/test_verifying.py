"""The steps of verifying, each with its success and its failures."""

import json
from datetime import datetime, timedelta

import pytest

from tests.verifiable_badges.makers import (
    FORGER_KEY,
    LIST,
    MUSEUM,
    MUSEUM_KEY,
    MUSEUM_WEB,
    NOW,
    VECTORS,
    World,
    changed,
    codes,
    credential,
    outcome,
    sign,
    signed,
    status_list,
    web_museum,
    with_status,
)
from verifiable_badges import verify
from verifiable_badges.keys import SigningKey, did_key, did_key_method
from verifiable_badges.model import Profile
from verifiable_badges.policy import IssuerKnown, RecipientIs
from verifiable_badges.status import entry

UNKNOWN = "could not be checked"
THIRD_KEY = SigningKey.from_seed(b"\3" * 32)


def web_badge(key=MUSEUM_KEY, **changes):
    method = f"{MUSEUM_WEB}#{key.public.multibase}"
    return sign(credential(issuer=Profile(MUSEUM_WEB, "Museum"), **changes), key, method)


def test_a_genuine_badge_passes_every_check_without_asking_anybody():
    world = World()

    report = world.verify(signed(), expectations=[RecipientIs("a@example.com"), IssuerKnown([MUSEUM])])

    assert {check.outcome.value for check in report.checks} == {"passed"}
    names = ["readable", "structure", "proof", "issuer", "valid_from", "expiry", "status", "recipient", "issuer_known"]
    assert [check.name for check in report.checks] == names
    assert report.kind == "open_badge_3"
    assert report.credential["name"] == "Sailor"
    assert len(report.contexts_used[1]["sha256"]) == 64
    assert world.asked == []
    json.dumps(report.to_json())


def test_now_needs_its_zone():
    with pytest.raises(ValueError, match="zone"):
        verify(signed(), resolve=World().resolve, fetch=World().fetch_status, now=datetime(2026, 1, 1))


def test_the_callers_own_mistakes_are_not_swallowed():
    def broken(address):
        raise KeyError(address)

    with pytest.raises(KeyError):
        verify(web_badge(), resolve=broken, fetch=broken, now=NOW)


# --- issuer -----------------------------------------------------------------------------------------------------------


def test_a_did_web_issuer_is_asked_once():
    world = World({MUSEUM_WEB: web_museum()})

    assert world.verify(web_badge()).verdict.value == "passed"
    assert world.asked == [MUSEUM_WEB]


def test_a_silent_did_web_makes_proof_and_issuer_unknown():
    report = World().verify(web_badge())

    assert outcome(report, "proof") == outcome(report, "issuer") == UNKNOWN
    assert report.check("proof").reason == f"{MUSEUM_WEB} does not answer."
    assert report.verdict.value == UNKNOWN


def test_badges_of_three_rotated_keys_all_verify():
    keys = (MUSEUM_KEY, FORGER_KEY, THIRD_KEY)
    world = World({MUSEUM_WEB: web_museum(*keys)})

    assert {world.verify(web_badge(key)).verdict.value for key in keys} == {"passed"}


def test_a_key_the_issuer_does_not_list_fails():
    report = World({MUSEUM_WEB: web_museum(FORGER_KEY)}).verify(web_badge())

    assert codes(report)["proof"] == "key_not_listed"


def test_a_stranger_cannot_sign_in_the_museums_name():
    by_did_key = sign(credential(), FORGER_KEY)
    by_web = sign(credential(issuer=Profile(MUSEUM_WEB)), FORGER_KEY)
    world = World({MUSEUM_WEB: web_museum()})

    assert codes(world.verify(by_did_key))["issuer"] == "issuer_mismatch"
    assert codes(world.verify(by_web))["issuer"] == "issuer_mismatch"


@pytest.mark.parametrize("issuer", [MUSEUM, MUSEUM_WEB])
def test_a_page_that_claims_to_be_controlled_by_the_museum_proves_nothing(issuer):
    page = "https://evil.example/key"
    claim = {"id": page, "type": "Multikey", "controller": issuer, "publicKeyMultibase": FORGER_KEY.public.multibase}
    world = World({page: claim, MUSEUM_WEB: web_museum()})

    report = world.verify(sign(credential(issuer=Profile(issuer)), FORGER_KEY, page))

    assert outcome(report, "proof") == "passed"
    assert codes(report)["issuer"] == "issuer_mismatch"


def test_an_issuer_may_list_a_did_key_of_its_own():
    document = {**web_museum(), "assertionMethod": [did_key_method(FORGER_KEY.public)]}

    report = World({MUSEUM_WEB: document}).verify(sign(credential(issuer=Profile(MUSEUM_WEB)), FORGER_KEY))

    assert report.verdict.value == "passed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "did:web:evil.example"}, "controller_document"),
        ({"assertionMethod": []}, "key_not_listed"),
        ({"verificationMethod": []}, "key_not_described"),
        ({"verificationMethod": 7, "assertionMethod": {"x": 1}}, "controller_document"),
    ],
)
def test_did_documents_that_do_not_hold(change, code):
    report = World({MUSEUM_WEB: web_museum() | change}).verify(web_badge())

    assert codes(report)["proof"] == code
    assert report.verdict.value == "failed"


@pytest.mark.parametrize("document", [[], "x", None, {}, {"id": 7}, {"verificationMethod": [None, 7, {"id": []}]}])
def test_any_json_may_lie_at_the_issuers_address(document):
    assert World({MUSEUM_WEB: document}).verify(web_badge()).verdict.value == "failed"


def test_a_key_of_another_controller_fails():
    document = web_museum()
    document["verificationMethod"][0]["controller"] = "did:web:evil.example"

    assert codes(World({MUSEUM_WEB: document}).verify(web_badge()))["proof"] == "key_controller"


@pytest.mark.parametrize(("member", "code"), [("revoked", "key_revoked"), ("expires", "key_expired")])
def test_a_key_ended_before_the_signature_fails_and_after_it_passes(member, code):
    def verdict_with(moment):
        document = web_museum()
        document["verificationMethod"][0][member] = moment.isoformat().replace("+00:00", "Z")
        return World({MUSEUM_WEB: document}).verify(web_badge())

    assert codes(verdict_with(NOW - timedelta(hours=1)))["proof"] == code
    assert verdict_with(NOW + timedelta(hours=1)).verdict.value == "passed"


def test_the_published_vectors_have_an_issuer_that_nobody_can_ask():
    report = World().verify((VECTORS / "eddsa" / "eddsa-rdfc-2022" / "signedDataInt.json").read_bytes())

    assert outcome(report, "proof") == "passed"
    assert outcome(report, "issuer") == UNKNOWN
    assert codes(report)["structure"] == "not_a_badge"


# --- dates ------------------------------------------------------------------------------------------------------------


def test_clocks_may_differ_by_minutes_not_by_more():
    assert World().verify(signed(valid_from=NOW + timedelta(minutes=4))).verdict.value == "passed"
    assert codes(World().verify(signed(valid_from=NOW + timedelta(minutes=6))))["valid_from"] == "not_yet_valid"


def test_an_expired_badge_fails():
    assert codes(World().verify(signed(valid_until=NOW - timedelta(seconds=1))))["expiry"] == "expired"


def test_a_badge_without_an_end_passes():
    assert codes(World().verify(signed(valid_until=None)))["expiry"] == "no_expiry"


BAD_DATES = [
    "10000-01-01T00:00:00Z",
    "2026-12-31T23:59:60Z",
    "2026-01-01T00:00:00+25:00",
    "2026-01-01T00:00:00+14:01",
    "2026-01-01T00:00:00",
    "2026-01-01",
    "2026-02-30T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "2026-01-01 00:00:00Z",
    "２026-01-01T00:00:00Z",
    "",
]


@pytest.mark.parametrize("text", BAD_DATES)
@pytest.mark.parametrize(("member", "check"), [("validFrom", "valid_from"), ("validUntil", "expiry")])
def test_impossible_dates_fail_even_if_signed(text, member, check):
    report = World().verify(sign({**credential().to_json(), member: text}))

    assert outcome(report, check) == "failed"
    assert report.check(check).reason


def test_an_end_before_the_beginning_fails_even_if_signed():
    document = credential().to_json() | {"validUntil": "2020-01-01T00:00:00Z"}

    assert codes(World().verify(sign(document)))["expiry"] == "dates_reversed"


# --- status -----------------------------------------------------------------------------------------------------------


def test_withdrawing_and_restoring():
    def status_with(*withdrawn):
        return codes(World(lists={LIST: status_list(withdrawn)}).verify(with_status(77)))["status"]

    assert status_with() == "status"
    assert status_with(76, 78) == "status"
    assert status_with(77) == "revoked"


def test_suspension_has_its_own_words():
    badge = signed(status=entry(LIST, 3, "suspension"))

    assert codes(World(lists={LIST: status_list([3], purpose="suspension")}).verify(badge))["status"] == "suspended"


def test_a_silent_status_server_makes_it_unknown():
    report = World().verify(with_status())

    assert outcome(report, "status") == report.verdict.value == UNKNOWN


LYING_LISTS = {
    "signed by a stranger": status_list(key=FORGER_KEY),
    "a stranger's own": status_list(key=FORGER_KEY, issuer=did_key(FORGER_KEY.public)),
    "another list": status_list(id="https://museum.example/status/2"),
    "another purpose": status_list(purpose="suspension"),
    "out of date": status_list(valid_until=NOW - timedelta(seconds=1)),
    "from the future": status_list(valid_from=NOW + timedelta(days=1)),
    "changed": changed(status_list(), lambda d: d["credentialSubject"].update(encodedList="u" + "A" * 30)),
    "unsigned": changed(status_list(), lambda d: d.pop("proof")),
    "a badge": signed(),
    "a web page": b"<!doctype html><p>Not found",
    "nothing": b"",
    "a link": b"https://museum.example/status/1",
    "a bomb": b'{"a":' * 5000,
}


@pytest.mark.parametrize("name", LYING_LISTS)
def test_a_lying_list_never_lets_a_badge_pass(name):
    report = World(lists={LIST: LYING_LISTS[name]}).verify(with_status())

    assert outcome(report, "status") == UNKNOWN
    assert report.verdict.value == UNKNOWN


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ({**entry(LIST, 1), "statusListIndex": "01"}, "status_index"),
        ({**entry(LIST, 1), "statusListIndex": "-1"}, "status_index"),
        ({**entry(LIST, 1), "statusListIndex": 1}, "status_index"),
        ({**entry(LIST, 1), "statusListCredential": "file:///etc/passwd"}, "status_entry"),
        (entry(LIST, 131_072), "status_index_outside"),
        ({**entry(LIST, 1), "statusSize": 2}, "status_message"),
        ({**entry(LIST, 1), "statusSize": 0}, "status_size"),
    ],
)
def test_malformed_entries_never_pass(status, code):
    badge = sign(credential().to_json() | {"credentialStatus": status})

    report = World(lists={LIST: status_list()}).verify(badge)

    assert codes(report)["status"] == code
    assert outcome(report, "status") != "passed"


def test_a_forged_badge_does_not_send_us_to_its_list():
    world = World()
    report = world.verify(changed(with_status(), lambda d: d.update(name="Captain")))

    assert codes(report)["status"] == "status_not_asked"
    assert world.asked == []


def test_withdrawn_in_one_of_several_lists_is_withdrawn():
    other = "https://museum.example/status/2"
    document = credential().to_json() | {"credentialStatus": [entry(other, 1, "suspension"), entry(LIST, 5)]}

    report = World(lists={LIST: status_list([5])}).verify(sign(document))

    assert codes(report)["status"] == "revoked"


# --- recipient --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "expected"), [("a@example.com", "passed"), (" A@Example.com ", "passed"), ("b@example.com", "failed")]
)
def test_the_mailbox_is_compared_with_the_salted_hash(email, expected):
    assert outcome(World().verify(signed(), expectations=[RecipientIs(email)]), "recipient") == expected


def test_a_badge_that_names_no_mailbox_leaves_the_recipient_open():
    report = World().verify(signed(identifiers=()), expectations=[RecipientIs("a@example.com")])

    assert codes(report)["recipient"] == "recipient_unnamed"
    assert report.verdict.value == UNKNOWN


def test_nobody_asked_about_the_recipient_does_not_lower_the_verdict():
    report = World().verify(signed())

    assert codes(report)["recipient"] == "recipient_not_asked"
    assert report.verdict.value == "passed"


def test_an_unknown_issuer_fails_the_expectation():
    assert (
        codes(World().verify(signed(), expectations=[IssuerKnown(["did:web:x"])]))["issuer_known"] == "issuer_stranger"
    )


# --- endorsements -----------------------------------------------------------------------------------------------------


def endorsement(number=0, key=FORGER_KEY, **changes):
    document = {
        "@context": credential().to_json()["@context"],
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "We know this museum",
        "issuer": {"id": did_key(key.public), "type": ["Profile"], "name": "Invented Shipyard"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": MUSEUM, "type": ["EndorsementSubject"], "endorsementComment": "Good knots."},
    } | changes
    return json.loads(sign(document, key))


def endorsed(*endorsements):
    document = credential().to_json()
    document["issuer"]["endorsement"] = list(endorsements)
    return sign(document)


def test_a_genuine_endorsement_passes():
    report = World().verify(endorsed(endorsement()))

    assert codes(report)["endorsements"] == "endorsement"
    assert report.verdict.value == "passed"


def test_a_forged_endorsement_fails_the_whole():
    forged = endorsement()
    forged["credentialSubject"]["endorsementComment"] = "Best knots of all."

    report = World().verify(endorsed(forged))

    assert codes(report)["endorsements"] == "endorsement_signature"
    assert report.verdict.value == "failed"


def test_an_endorsement_in_anothers_name_fails():
    mine = endorsement(issuer={"id": MUSEUM, "type": ["Profile"]})

    assert codes(World().verify(endorsed(mine)))["endorsements"] == "endorsement_issuer_mismatch"


def test_endorsements_beyond_the_limit_are_named_as_not_checked():
    report = World().verify(endorsed(*(endorsement(number) for number in range(22))))

    checks = [check for check in report.checks if check.name == "endorsements"]
    assert len(checks) == 21
    assert checks[-1].code == "endorsements_too_many"
    assert checks[-1].detail == {"not_checked": 2}


# --- other kinds ------------------------------------------------------------------------------------------------------


def test_a_link_is_left_to_the_caller():
    report = World().verify(b" https://a.example/badge/1\n")

    assert report.kind == "link"
    assert report.check("readable").detail == {"url": "https://a.example/badge/1"}
    assert report.verdict.value == UNKNOWN


def older_badge(**changes):
    """A badge in the form of the data model 1.1, unsigned."""
    document = credential(awarded_date=None, status=None).to_json()
    document["@context"] = [
        "https://www.w3.org/2018/credentials/v1",
        document["@context"][1],
        "https://w3id.org/security/data-integrity/v2",
    ]
    document["issuanceDate"], document["expirationDate"] = document.pop("validFrom"), document.pop("validUntil")
    return document | changes


def test_the_older_data_model_verifies():
    report = World().verify(sign(older_badge()))

    assert report.verdict.value == "passed", codes(report)


def test_an_end_is_not_hidden_by_a_name_that_says_nothing():
    """`null` says nothing in the graph, so that anybody may add it under a valid signature."""
    badge = json.loads(sign(older_badge(expirationDate="2026-05-04T11:00:00Z"))) | {"validUntil": None}

    report = World().verify(json.dumps(badge).encode())

    assert codes(report)["proof"] == "proof"
    assert codes(report)["expiry"] == "expired"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("id", None, "id_missing"),
        ("issuer", None, "part_missing"),
        ("validFrom", None, "valid_from_missing"),
        ("credentialSubject", None, "part_missing"),
        ("credentialSubject.type", None, "type_missing"),
        ("credentialSubject.achievement", None, "part_missing"),
        ("credentialSubject.achievement.id", None, "id_missing"),
        ("credentialSubject.achievement.name", None, "achievement_name_missing"),
        ("credentialSubject.achievement.description", "", "achievement_description_missing"),
        ("credentialSubject.achievement.criteria", None, "criteria_missing"),
        ("credentialSubject.achievement.criteria", {}, "criteria_missing"),
        ("credentialSubject.achievement.alignment", [{"type": ["Alignment"]}], "alignment"),
        ("credentialSubject.achievement.image", "https://a.example/i.png", "part_missing"),
        ("issuer.type", None, "type_missing"),
        ("evidence", [{}], "type_missing"),
    ],
)
def test_required_parts(path, value, code):
    document = json.loads(signed())
    place = document
    *parents, last = path.split(".")
    for name in parents:
        place = place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value

    report = World().verify(json.dumps(document).encode())

    assert codes(report)["structure"] == code


def test_a_subject_needs_an_id_or_another_sign():
    def forget(document):
        document["credentialSubject"].pop("id")
        document["credentialSubject"].pop("identifier")

    assert codes(World().verify(changed(signed(), forget)))["structure"] == "subject_unnamed"


def test_the_order_of_contexts_is_fixed():
    report = World().verify(changed(signed(), lambda d: d["@context"].reverse()))

    assert codes(report)["structure"] == "context_order"


@pytest.mark.parametrize("document", [{"a": 1}, {"type": "FeatureCollection"}])
def test_what_is_no_credential_fails_and_is_asked_nothing_more(document):
    report = World().verify(json.dumps(document).encode())

    assert codes(report) == {"readable": "readable", "structure": "not_a_credential"}
    assert outcome(report, "structure") == "failed"
