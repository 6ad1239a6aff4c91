"""Open Badges 2.0: the hosted documents, the claims of a signed assertion, and what cannot be read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.model.open_badges_2 import (
    HOSTED,
    Alignment,
    Assertion,
    BadgeClass,
    Criteria,
    CryptographicKey,
    Endorsement,
    EndorsementClaim,
    Evidence,
    Image,
    Profile,
    Recipient,
    RevocationList,
    RevokedAssertion,
    Verification,
    signed_by,
)

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOME = "https://museum.example"

ISSUER = Profile(
    f"{HOME}/issuer",
    name="Invented Harbour Museum",
    url=HOME,
    email="office@museum.example",
    verification=Verification(starts_with=(f"{HOME}/assertions/",), allowed_origins=("museum.example",)),
    public_key=f"{HOME}/key",
    revocation_list=f"{HOME}/revoked",
)
BADGE = BadgeClass(
    f"{HOME}/badges/sailor",
    name="Sailor",
    description="Tied six knots.",
    image=Image(f"{HOME}/sailor.png", "A knot"),
    criteria=Criteria(f"{HOME}/criteria", narrative="Six knots."),
    issuer=f"{HOME}/issuer",
    alignment=(Alignment("Knots", "https://example.org/1", target_code="K1"),),
    tags=("knots",),
)
ASSERTION = Assertion(
    f"{HOME}/assertions/1",
    recipient=Recipient.of_email("a@example.com", "Kosher"),
    badge=f"{HOME}/badges/sailor",
    verification=HOSTED,
    issued_on=NOW,
    evidence=(Evidence(narrative="A photograph."), f"{HOME}/photograph"),
)
DOCUMENTS = [
    ISSUER,
    BADGE,
    ASSERTION,
    replace(ASSERTION, badge=replace(BADGE, issuer=ISSUER), expires=NOW.replace(year=2030), revoked=False),
    CryptographicKey(f"{HOME}/key", owner=f"{HOME}/issuer", public_key_pem="-----BEGIN PUBLIC KEY-----"),
    RevocationList(
        f"{HOME}/revoked",
        issuer=f"{HOME}/issuer",
        revoked_assertions=("urn:a", RevokedAssertion("urn:b", "", "Error.")),
    ),
    Endorsement(
        f"{HOME}/endorsements/1",
        claim=EndorsementClaim(f"{HOME}/badges/sailor", "Good knots."),
        issuer="https://shipyard.example/issuer",
        issued_on=NOW,
        verification=HOSTED,
    ),
]


@pytest.mark.parametrize("made", DOCUMENTS, ids=lambda made: type(made).__name__)
def test_every_document_is_read_as_it_was_made(made):
    document = made.to_json()

    assert type(made).from_json(document) == made
    assert document["@context"] == "https://w3id.org/openbadges/v2"


def test_a_hosted_assertion_reads_as_the_standard_writes_it():
    assert ASSERTION.to_json() == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": "https://museum.example/assertions/1",
        "type": "Assertion",
        "recipient": {
            "type": "email",
            "hashed": True,
            "identity": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
            "salt": "Kosher",
        },
        "badge": "https://museum.example/badges/sailor",
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-05-04T12:00:00Z",
        "evidence": [{"narrative": "A photograph."}, "https://museum.example/photograph"],
    }


def test_the_claims_of_a_signed_assertion_name_the_key():
    claims = replace(ASSERTION, id="urn:uuid:1", verification=signed_by(f"{HOME}/key")).to_json()

    assert claims["verification"] == {"type": "SignedBadge", "creator": "https://museum.example/key"}


@pytest.mark.parametrize(
    "form",
    [
        {"type": ["Assertion", "https://example.org/Extended"]},
        {"evidence": "https://museum.example/photograph"},
        {"evidence": {"id": "https://museum.example/photograph", "type": ["Evidence", "https://example.org/Photo"]}},
        {"image": {"id": "https://museum.example/1.png", "caption": "A knot"}},
        {"badge": BADGE.to_json()},
        {"@context": ["https://w3id.org/openbadges/v2", {"x": "https://example.org/x"}], "x": 1},
        {"issuedOn": "2026-05-04T14:00:00+02:00"},
        {"extensions:apply": {"@context": "https://example.org/apply", "type": ["Extension"]}},
    ],
)
def test_every_form_that_is_in_use_is_kept(form):
    document = ASSERTION.to_json() | form

    assert Assertion.from_json(document).to_json() == document


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"recipient": "a@example.com"}, "recipient"),
        ({"recipient": {"type": "email", "identity": "a@example.com"}}, "recipient.hashed"),
        ({"badge": 5}, "badge"),
        ({"badge": {"type": "BadgeClass"}}, "badge.id"),
        ({"verification": None}, "verification"),
        ({"issuedOn": 1262304000}, "issuedOn"),
        ({"expires": "2020-01-01T00:00:00Z"}, ""),
        ({"type": "Badge"}, "type"),
        ({"evidence": [5]}, "evidence[0]"),
    ],
)
def test_what_is_no_assertion_is_refused(change, where):
    with pytest.raises(InvalidCredential) as refusal:
        Assertion.from_json(ASSERTION.to_json() | change)

    assert refusal.value.path == where


def test_an_issuer_may_call_itself_profile_but_nothing_else():
    document = ISSUER.to_json()

    assert Profile.from_json(document | {"type": "Profile"}).name == ISSUER.name
    with pytest.raises(InvalidCredential):
        Profile.from_json(document | {"type": "Organization"})


def test_a_hashed_mailbox_without_salt_is_not_made():
    with pytest.raises(InvalidCredential):
        Recipient.of_email("a@example.com", "")
