"""Lists of withdrawn badges that nobody signed."""

import json

import pytest

from verifiable_badges.errors import Unavailable, UnreadableInput, VerifiableBadgesError
from verifiable_badges.report import Outcome
from verifiable_badges.status.revocation_list import check_revocation_list_2, revocation_in

ADDRESS = "https://a.example/revocations"
ISSUER = "https://a.example/issuer"
BADGE = "https://a.example/badges/1"


def asked(document, *, address=ADDRESS, badge=BADGE):
    return revocation_in(json.dumps(document).encode(), address=address, credential_id=badge, issuer=ISSUER)


def listing(*entries, **changes) -> dict:
    return {"id": ADDRESS, "issuer": ISSUER, "revokedCredential": list(entries), **changes}


NOT_WITHDRAWN = {
    "an empty list": listing(),
    "a list of others": listing({"id": "https://a.example/badges/2"}),
    "taken back": listing({"id": BADGE, "revoked": False}),
    "no list at all, but its id": {"id": ADDRESS, "issuer": {"id": ISSUER}},
}
WITHDRAWN = {
    "without more": listing({"id": BADGE}),
    "with a reason": listing({"id": BADGE, "revoked": True, "revocationReason": "A mistake."}),
    "as mere text": listing(BADGE),
    "by another spelling": listing({"id": " https://a.example/%62adges/1 "}),
    "taken back and withdrawn": listing({"id": BADGE, "revoked": False}, {"id": BADGE}),
    "under the validator's name": {"id": ADDRESS, "revokedCredentials": [{"id": BADGE}]},
    "one entry without its list": {"revokedCredential": {"id": BADGE}},
}


@pytest.mark.parametrize("name", NOT_WITHDRAWN)
def test_a_badge_that_is_not_on_the_list_stands(name):
    assert asked(NOT_WITHDRAWN[name]) is None


@pytest.mark.parametrize("name", WITHDRAWN)
def test_a_badge_on_the_list_is_withdrawn(name):
    assert asked(WITHDRAWN[name]) == ("A mistake." if name == "with a reason" else "")


PROVE_NOTHING = {
    "no object": [],
    "another document": {"error": "not found"},
    "another list": listing(id="https://a.example/other"),
    "another's list": listing({"id": BADGE}, issuer="https://b.example"),
    "an odd issuer": listing({"id": BADGE}, issuer=7),
    "an entry that is a number": listing(7, {"id": BADGE}),
    "an entry without id": listing({"id": BADGE}, {"revoked": True}),
    "an entry that is text instead of true": listing({"id": BADGE, "revoked": "true"}),
}


@pytest.mark.parametrize("name", PROVE_NOTHING)
def test_an_odd_list_proves_nothing(name):
    with pytest.raises(Unavailable):
        asked(PROVE_NOTHING[name])


def test_a_list_that_anybody_could_have_changed_proves_nothing():
    with pytest.raises(Unavailable):
        asked(listing({"id": BADGE}, id="http://a.example/r"), address="http://a.example/r")


def test_a_badge_without_id_cannot_be_looked_up():
    with pytest.raises(Unavailable):
        asked(listing(), badge=None)


def test_what_is_no_json_is_unreadable():
    with pytest.raises(UnreadableInput):
        revocation_in(b"<html>", address=ADDRESS, credential_id=BADGE, issuer=ISSUER)


def listing_2(*revoked, **changes) -> dict:
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "id": ADDRESS,
        "type": "RevocationList",
        "issuer": ISSUER,
        "revokedAssertions": list(revoked),
        **changes,
    }


def outcome_2(document, **names):
    return check_revocation_list_2(document, BADGE, address=ADDRESS, issuer=ISSUER, **names)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (listing_2(BADGE), None),
        (listing_2("https://a.example/badges/2", {"id": BADGE, "revocationReason": "A mistake."}), "A mistake."),
        (listing_2({"uid": "abc123", "revocationReason": "A mistake."}), "A mistake."),
        ({"abc123": "A mistake.", "other": ""}, "A mistake."),
    ],
)
def test_an_assertion_on_the_list_of_2_0_is_withdrawn(document, reason):
    check = outcome_2(document, uid="abc123")

    assert (check.name, check.outcome, check.code) == ("status", Outcome.FAILED, "revoked")
    assert check.detail.get("reason") == reason
    assert check.detail["list"] == ADDRESS


@pytest.mark.parametrize(
    "document",
    [
        listing_2(),
        listing_2("https://a.example/badges/2", {"id": "urn:uuid:1"}, {"uid": "abc1234"}),
        {"type": "RevocationList", "issuer": ISSUER},
        {},
        {"abc1234": "Another one."},
    ],
)
def test_an_assertion_that_is_not_on_the_list_of_2_0_stands(document):
    assert outcome_2(document, uid="abc123").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"error": 404},
        {"error": "not found"},
        listing_2(BADGE, id="https://a.example/other"),
        listing_2(BADGE, issuer="https://b.example"),
        listing_2(BADGE, 7),
        listing_2(BADGE, {"revocationReason": "?"}),
        listing_2(BADGE, {"uid": 7}),
    ],
)
def test_an_odd_list_of_2_0_proves_nothing(document):
    with pytest.raises(VerifiableBadgesError) as error:
        outcome_2(document)
    assert isinstance(error.value, Unavailable)
