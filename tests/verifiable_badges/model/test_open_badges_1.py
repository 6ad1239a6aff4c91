"""Open Badges 1.0 and 1.1 are read as what they mean in 2.0."""

from datetime import UTC, datetime

import pytest

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.model.open_badges_1 import is_older, read_assertion, read_badge_class, read_issuer

HOME = "https://museum.example"
OLDEST = {
    "uid": "abc-1",
    "recipient": {"type": "email", "identity": "sha256$aa", "hashed": True, "salt": "s"},
    "badge": f"{HOME}/badge.json",
    "verify": {"type": "hosted", "url": f"{HOME}/1.json"},
    "issuedOn": 1262304000,
    "evidence": f"{HOME}/photograph",
}


def test_a_hosted_assertion_of_1_0_is_known_by_its_address():
    read = read_assertion(OLDEST)

    assert (read.id, read.verification.type, read.badge) == (f"{HOME}/1.json", "hosted", f"{HOME}/badge.json")
    assert read.issued_on == datetime(2010, 1, 1, tzinfo=UTC)
    assert read.more == {"uid": "abc-1"}
    assert read.evidence == (f"{HOME}/photograph",)


def test_the_address_where_it_was_found_is_believed_and_not_the_one_it_names():
    assert read_assertion(OLDEST, f"{HOME}/found.json").id == f"{HOME}/found.json"


def test_a_signed_assertion_names_its_key():
    read = read_assertion(OLDEST | {"verify": {"type": "signed", "url": f"{HOME}/key.pem"}})

    assert (read.id, read.verification.creator) == ("abc-1", f"{HOME}/key.pem")


def test_an_assertion_of_1_1_keeps_its_id():
    document = OLDEST | {"@context": "https://w3id.org/openbadges/v1", "type": "Assertion", "id": f"{HOME}/1"}

    assert read_assertion(document).id == f"{HOME}/1"


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2012-02-29", datetime(2012, 2, 29, tzinfo=UTC)),
        ("2012-02-29T10:00:00+01:00", datetime(2012, 2, 29, 9, tzinfo=UTC)),
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_dates_of_every_older_form_are_read(date, moment):
    assert read_assertion(OLDEST | {"issuedOn": date}).issued_on == moment


@pytest.mark.parametrize("date", ["2012-02-30", "yesterday", "2012-02-29T10:00:00", 10**30, True, None, 1.5])
def test_dates_that_do_not_exist_are_refused(date):
    with pytest.raises(InvalidCredential):
        read_assertion(OLDEST | {"issuedOn": date})


@pytest.mark.parametrize("verify", [None, "hosted", {}, {"type": "magic"}, {"type": []}])
def test_an_assertion_that_cannot_be_verified_is_refused(verify):
    with pytest.raises(InvalidCredential):
        read_assertion(OLDEST | {"verify": verify})


def test_a_badge_class_with_its_alignments():
    document = {
        "name": "Sailor",
        "description": "Tied six knots.",
        "image": f"{HOME}/sailor.png",
        "criteria": f"{HOME}/criteria.html",
        "issuer": f"{HOME}/issuer.json",
        "alignment": [{"name": "Knots", "url": "https://example.org/1", "description": "All of them."}],
    }
    read = read_badge_class(document, f"{HOME}/badge.json")

    assert read.id == f"{HOME}/badge.json"
    assert (read.alignment[0].target_name, read.alignment[0].target_url) == ("Knots", "https://example.org/1")
    with pytest.raises(InvalidCredential):
        read_badge_class(document | {"alignment": ["Knots"]}, f"{HOME}/badge.json")


def test_an_issuer():
    read = read_issuer({"name": "Museum", "url": HOME, "revocationList": f"{HOME}/revoked"}, f"{HOME}/issuer.json")

    assert (read.id, read.revocation_list) == (f"{HOME}/issuer.json", f"{HOME}/revoked")


@pytest.mark.parametrize("document", [None, 5, "text", []])
@pytest.mark.parametrize("read", [read_assertion, read_badge_class, read_issuer])
def test_what_is_no_object_is_refused(read, document):
    with pytest.raises(InvalidCredential):
        read(document, HOME)


def test_older_documents_are_told_by_their_context():
    assert is_older(OLDEST)
    assert is_older({"@context": "https://w3id.org/openbadges/v1"})
    assert not is_older({"@context": ["https://w3id.org/openbadges/v2"]})
