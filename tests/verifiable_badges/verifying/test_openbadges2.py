"""Badges of Open Badges 2.0 and 1.1, hosted and signed, over an invented web."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.verifiable_badges.makers import FORGER_KEY, NOW, World, codes, outcome
from verifiable_badges import verify
from verifiable_badges.errors import Gone, Unavailable
from verifiable_badges.keys.multibase import base64url_encode
from verifiable_badges.model import hash_identity
from verifiable_badges.policy import EndorsedBy, IssuerKnown, RecipientIs

SITE = "https://museum.example"
ISSUER, CLASS, ASSERTION = f"{SITE}/issuer", f"{SITE}/sailor", f"{SITE}/awards/1"
KEY, REVOKED, EVIL = f"{SITE}/key", f"{SITE}/revoked", "https://evil.example"
V2 = {"@context": "https://w3id.org/openbadges/v2"}
UNKNOWN = "could not be checked"


@pytest.fixture(scope="module")
def rsa_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def assertion(**changes):
    return V2 | {
        "id": ASSERTION,
        "type": "Assertion",
        "recipient": {
            "type": "email", "hashed": True, "salt": "sea", "identity": hash_identity("a@example.com", "sea")},
        "badge": CLASS,
        "issuedOn": "2026-01-01T00:00:00Z",
        "verification": {"type": "HostedBadge"},
    } | changes  # fmt: skip


def pages(**changes):
    """What lies at which address."""
    found = {
        ASSERTION: assertion(),
        CLASS: V2 | {"id": CLASS, "type": "BadgeClass", "name": "Sailor", "description": "Knots",
                     "image": f"{SITE}/sailor.png", "criteria": {"narrative": "Six knots"}, "issuer": ISSUER},
        ISSUER: V2 | {"id": ISSUER, "type": "Issuer", "name": "Museum", "url": SITE, "email": "a@museum.example"},
    }  # fmt: skip
    return found | changes


class Web(World):
    """Answers with JSON, bytes, or an error."""

    def fetch_status(self, address):
        self.asked.append(address)
        found = self.documents.get(address, Unavailable("unreachable", f"{address} does not answer."))
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, bytes) else json.dumps(found).encode()


def judged(data, web, **options):
    data = data if isinstance(data, bytes) else data.encode() if isinstance(data, str) else json.dumps(data).encode()
    world = web if isinstance(web, Web) else Web(web)
    return verify(data, resolve=world.resolve, fetch=world.fetch_status, now=NOW, **options)


def changed(address, **changes):
    """The pages with one document changed; None takes a member away."""
    document = {name: value for name, value in (pages()[address] | changes).items() if value is not None}
    return pages(**{address: document})


# --- hosted -----------------------------------------------------------------------------------------------------------


def test_a_hosted_badge_passes():
    report = judged(assertion(), pages(), expectations=[RecipientIs("a@example.com"), IssuerKnown([ISSUER])])

    assert report.verdict.value == "passed", [(check.name, check.code, check.reason) for check in report.checks]
    assert report.kind == "openbadges2"
    assert codes(report) == {
        "readable": "readable", "structure": "structure_2", "proof": "hosted", "issuer": "issuer",
        "valid_from": "valid_from", "expiry": "no_expiry", "status": "status", "recipient": "recipient",
        "issuer_known": "issuer_known"}  # fmt: skip
    assert report.credential["badge"]["issuer"]["name"] == "Museum"


def test_only_what_is_fetched_counts():
    presented = assertion(recipient={"type": "email", "hashed": False, "identity": "thief@example.com"})

    report = judged(presented, pages(), expectations=[RecipientIs("thief@example.com")])

    assert codes(report)["recipient"] == "recipient_other"


def test_a_silent_server_leaves_it_open():
    report = judged(assertion(), {})

    assert outcome(report, "proof") == report.verdict.value == UNKNOWN


@pytest.mark.parametrize("page", [b"<!doctype html><p>Not found", b"", b"[]", b"7", b'{"a":' * 5000])
def test_a_server_that_shows_something_else_leaves_it_open(page):
    assert judged(assertion(), pages(**{ASSERTION: page})).verdict.value == UNKNOWN


def test_a_server_that_shows_another_badge_fails():
    report = judged(assertion(), changed(ASSERTION, id=f"{SITE}/awards/2"))

    assert codes(report)["proof"] == "document_other"


def test_a_forged_copy_without_an_address_fails():
    assert codes(judged(assertion(id="urn:uuid:1"), pages()))["proof"] == "hosted_nowhere"


def test_a_badge_hosted_elsewhere_in_the_museums_name_fails():
    forged = assertion(id=f"{EVIL}/1")
    web = pages(**{f"{EVIL}/1": forged})

    report = judged(forged, web)

    assert codes(report)["issuer"] == "hosted_elsewhere"
    assert report.verdict.value == "failed"


@pytest.mark.parametrize(
    ("scope", "passes"),
    [
        ({"startsWith": f"{SITE}/awards/"}, True),
        ({"startsWith": [f"{SITE}/other/", f"{SITE}/awards"]}, True),
        ({"startsWith": f"{SITE}/other/"}, False),
        ({"startsWith": "https://museum.exampl"}, False),
        ({"startsWith": [7, None]}, True),
        ({"allowedOrigins": "museum.example"}, True),
        ({"allowedOrigins": ["a.example", "https://MUSEUM.example"]}, True),
        ({"allowedOrigins": ["a.example"]}, False),
        ("anything", True),
    ],
)
def test_the_issuer_says_where_badges_are_hosted(scope, passes):
    report = judged(assertion(), changed(ISSUER, verification=scope))

    assert (outcome(report, "issuer") == "passed") is passes


def test_a_withdrawn_badge_says_so_or_is_gone():
    gone = judged(assertion(), pages(**{ASSERTION: Gone("gone", "It is gone.")}))
    told = judged(assertion(), pages(**{ASSERTION: {"id": ASSERTION, "revoked": True, "revocationReason": "Lost"}}))

    assert codes(gone)["status"] == codes(told)["status"] == "revoked"
    assert told.check("status").detail == {"reason": "Lost"}
    assert gone.verdict.value == told.verdict.value == "failed"


@pytest.mark.parametrize(
    ("address", "changes", "code"),
    [
        (ASSERTION, {"issuedOn": None}, "valid_from_missing"),
        (ASSERTION, {"recipient": None}, "subject_unnamed"),
        (ASSERTION, {"recipient": {"type": "email", "identity": "x", "hashed": "no"}}, "identity"),
        (ASSERTION, {"type": "Badge"}, "type_missing"),
        (ASSERTION, {"verification": None}, "verification_missing"),
        (CLASS, {"type": "Issuer"}, "type_missing"),
        (CLASS, {"criteria": None}, "badge_criteria_missing"),
        (CLASS, {"image": ""}, "badge_image_missing"),
        (ISSUER, {"type": ["Person"]}, "type_missing"),
        (ISSUER, {"name": None}, "issuer_name_missing"),
    ],
)
def test_required_parts(address, changes, code):
    assert codes(judged(assertion(), changed(address, **changes)))["structure"] == code


def test_another_vocabulary_fails():
    document = assertion() | {"@context": "https://evil.example/v2"}

    assert codes(judged(document, pages(**{ASSERTION: document})))["structure"] == "context_order"


def test_a_badge_class_or_issuer_that_cannot_be_had_leaves_the_issuer_open():
    for address in (CLASS, ISSUER):
        web = pages()
        del web[address]
        assert outcome(judged(assertion(), web), "issuer") == UNKNOWN


def test_a_badge_class_may_be_written_in_place_and_a_profile_is_always_fetched():
    own = pages()[CLASS] | {"id": "urn:uuid:2", "issuer": pages()[ISSUER] | {"name": "Forged"}}

    report = judged(assertion(), changed(ASSERTION, badge=own))

    assert report.verdict.value == "passed"
    assert report.credential["badge"]["issuer"]["name"] == "Museum"


@pytest.mark.parametrize(
    ("changes", "name", "code"),
    [
        ({"expires": "2026-01-02T00:00Z"}, "expiry", "expired"),
        ({"expires": "2025-01-02T00:00:00Z"}, "expiry", "dates_reversed"),
        ({"issuedOn": "2027-01-02T00:00:00+02:00"}, "valid_from", "not_yet_valid"),
        ({"issuedOn": "2026-01-02"}, "valid_from", "date_form"),
        ({"issuedOn": 1767225600}, "valid_from", "date_not_text"),
        ({"expires": "2036-01-02T00:00:00.123+0200"}, "expiry", "expiry"),
    ],
)
def test_dates(changes, name, code):
    assert codes(judged(assertion(), changed(ASSERTION, **changes)))[name] == code


# --- signed -----------------------------------------------------------------------------------------------------------


def token(document, key, header=None) -> str:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    head = base64url_encode(json.dumps(header or {"alg": "RS256"}).encode())
    signing_input = f"{head}.{base64url_encode(json.dumps(document).encode())}"
    if hasattr(key, "seed") or not hasattr(key, "private_numbers"):
        return f"{signing_input}.{base64url_encode(key.sign(signing_input.encode()))}"
    signature = key.sign(signing_input.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signing_input}.{base64url_encode(signature)}"


def signed_assertion(**changes):
    return assertion(id="urn:uuid:8", verification={"type": "SignedBadge", "creator": KEY}) | changes


def signing_pages(key, issuer=None, **changes):
    web = pages(**{
        KEY: V2 | {"id": KEY, "type": "CryptographicKey", "owner": ISSUER, "publicKeyPem": pem(key)},
        REVOKED: V2 | {"id": REVOKED, "type": "RevocationList", "issuer": ISSUER, "revokedAssertions": []},
    })  # fmt: skip
    web[ISSUER] = web[ISSUER] | {"publicKey": KEY, "revocationList": REVOKED} | (issuer or {})
    return web | changes


def test_a_signed_badge_passes(rsa_key):
    report = judged(token(signed_assertion(), rsa_key), signing_pages(rsa_key))

    assert report.verdict.value == "passed", [(check.name, check.code, check.reason) for check in report.checks]
    assert codes(report)["status"] == "status"
    assert report.check("proof").detail == {"method": KEY}


def test_a_changed_signed_badge_fails_and_asks_no_list(rsa_key):
    head, _, signature = token(signed_assertion(), rsa_key).split(".")
    payload = base64url_encode(json.dumps(signed_assertion(issuedOn="2025-01-01T00:00:00Z")).encode())
    web = Web(signing_pages(rsa_key))

    report = judged(f"{head}.{payload}.{signature}", web)

    assert codes(report)["proof"] == "signature"
    assert codes(report)["status"] == "status_not_asked"
    assert REVOKED not in web.asked


def test_a_stranger_cannot_sign_in_the_museums_name(rsa_key):
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    own_key = {f"{EVIL}/key": V2 | {"id": f"{EVIL}/key", "owner": ISSUER, "publicKeyPem": pem(other)}}
    named = signed_assertion(verification={"type": "SignedBadge", "creator": f"{EVIL}/key"})

    by_own_key = judged(token(named, other), signing_pages(rsa_key, **own_key))
    by_the_museums = judged(token(signed_assertion(), other), signing_pages(rsa_key))
    in_place = signed_assertion(badge=pages()[CLASS] | {"id": "urn:x", "issuer": pages()[ISSUER] | {"publicKey": {
        "id": f"{EVIL}/key", "owner": ISSUER, "publicKeyPem": pem(other)}}},
        verification={"type": "signed", "creator": f"{EVIL}/key"})  # fmt: skip

    assert codes(by_own_key)["proof"] == "key_not_listed"
    assert codes(by_the_museums)["proof"] == "signature"
    assert codes(judged(token(in_place, other), signing_pages(rsa_key)))["proof"] == "key_not_listed"


def test_a_key_of_another_owner_fails(rsa_key):
    web = signing_pages(rsa_key)
    web[KEY] = web[KEY] | {"owner": f"{EVIL}/issuer"}

    report = judged(token(signed_assertion(), rsa_key), web)

    assert codes(report)["issuer"] == "issuer_mismatch"


def test_a_key_written_in_the_profile_needs_no_address(rsa_key):
    key = {"type": "CryptographicKey", "id": KEY, "owner": ISSUER, "publicKeyPem": pem(rsa_key)}

    report = judged(token(signed_assertion(), rsa_key), signing_pages(rsa_key, {"publicKey": [key]}))

    assert report.verdict.value == "passed"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"alg": "none"}, "token_algorithm"),
        ({"alg": "HS256"}, "token_algorithm"),
        ({"alg": "EdDSA"}, "key_confusion"),
        ({"alg": "RS256", "crit": ["x"], "x": 1}, "token_header"),
        ({"alg": "RS256", "jku": f"{EVIL}/keys"}, "token_header"),
    ],
)
def test_headers_that_want_something_else(rsa_key, header, code):
    web = Web(signing_pages(rsa_key))

    report = judged(token(signed_assertion(), rsa_key, header), web)

    assert codes(report)["proof"] == code
    assert not any(address.startswith(EVIL) for address in web.asked)


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        ([{"id": "urn:uuid:8", "revocationReason": "Lost"}], "revoked"),
        (["urn:uuid:9", "urn:uuid:8"], "revoked"),
        ([{"id": "urn:uuid:9"}, "urn:uuid:10"], "status"),
        ([{"id": "urn:uuid:9"}, None, 7], "status_list_form"),
        ([" urn%3Auuid:8"], "revoked"),
    ],
)
def test_the_list_of_withdrawn_badges(rsa_key, listed, code):
    web = signing_pages(rsa_key)
    web[REVOKED] = web[REVOKED] | {"revokedAssertions": listed}

    assert codes(judged(token(signed_assertion(), rsa_key), web))["status"] == code


def test_a_list_that_came_over_no_secure_connection_leaves_it_open(rsa_key):
    """Whoever stands in between could have taken the badge off it (decision 10)."""
    address = REVOKED.replace("https:", "http:")
    web = signing_pages(rsa_key, {"revocationList": address}, **{address: {"revokedAssertions": []}})

    assert codes(judged(token(signed_assertion(), rsa_key), web))["status"] == "status_list_insecure"


def test_lists_beyond_the_limit_are_not_taken_for_read(rsa_key):
    lists = {f"{SITE}/revoked/{number}": {"revokedAssertions": []} for number in range(3)}
    lists[f"{SITE}/revoked/3"] = {"revokedAssertions": ["urn:uuid:8"]}
    web = signing_pages(rsa_key, {"revocationList": list(lists)}, **lists)

    assert codes(judged(token(signed_assertion(), rsa_key), web))["status"] == "status_too_many"


@pytest.mark.parametrize(
    "page", [Unavailable("unreachable", "It does not answer."), b"<p>", {"issuer": f"{EVIL}/i"}, {}]
)
def test_a_list_that_cannot_be_believed_leaves_it_open(rsa_key, page):
    report = judged(token(signed_assertion(), rsa_key), signing_pages(rsa_key, **{REVOKED: page}))

    assert outcome(report, "status") == report.verdict.value == UNKNOWN


def test_ed25519_keys_sign_too():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    public = Ed25519PublicKey.from_public_bytes(FORGER_KEY.public.raw)
    text = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    key = {"id": KEY, "owner": ISSUER, "publicKeyPem": text}
    web = changed(ISSUER, publicKey=key)

    assert judged(token(signed_assertion(), FORGER_KEY, {"alg": "EdDSA"}), web).verdict.value == "passed"


# --- versions 1 -------------------------------------------------------------------------------------------------------


def older_pages(**changes):
    documents = {name: dict(page) for name, page in pages().items()}
    for page in documents.values():
        del page["@context"], page["type"], page["id"]
    documents[CLASS]["criteria"] = f"{SITE}/criteria"
    documents[ASSERTION] = {
        "uid": "abc-1",
        "recipient": {"type": "email", "hashed": False, "identity": "a@example.com"},
        "badge": CLASS,
        "verify": {"type": "hosted", "url": ASSERTION},
        "issuedOn": 1735689600,
    } | changes
    return documents


def test_a_hosted_badge_of_1_1_passes():
    web = older_pages()

    report = judged(web[ASSERTION], web, expectations=[RecipientIs("A@example.com")])

    assert report.verdict.value == "passed", [(check.name, check.code, check.reason) for check in report.checks]
    assert report.kind == "openbadges2"


@pytest.mark.parametrize("issued", ["2025-01-01", "2025-01-01T10:00:00", "2025-01-01T10:00:00Z", 1735689600])
def test_dates_of_1_1(issued):
    web = older_pages(issuedOn=issued)

    assert outcome(judged(web[ASSERTION], web), "valid_from") == "passed"


def test_another_uid_at_the_address_fails():
    web = older_pages()

    assert codes(judged(web[ASSERTION] | {"uid": "abc-2"}, web))["proof"] == "document_other"


def test_a_signed_badge_of_1_1_by_the_bare_key_on_the_issuers_host(rsa_key):
    web = older_pages(verify={"type": "signed", "url": KEY})
    badge = token(web[ASSERTION], rsa_key)
    revoked = web[ISSUER] | {"revocationList": REVOKED}

    assert judged(badge, web | {KEY: pem(rsa_key).encode()}).verdict.value == "passed"
    withdrawn = web | {KEY: pem(rsa_key).encode(), ISSUER: revoked, REVOKED: {"abc-1": "Lost"}}
    assert codes(judged(badge, withdrawn))["status"] == "revoked"
    elsewhere = older_pages(verify={"type": "signed", "url": f"{EVIL}/key"})
    foreign = token(elsewhere[ASSERTION], rsa_key)
    found = judged(foreign, elsewhere | {f"{EVIL}/key": pem(rsa_key).encode()})
    assert codes(found)["proof"] == "key_not_listed"


# --- endorsements and bounds ------------------------------------------------------------------------------------------


def endorsed(**changes):
    address, shipyard = "https://shipyard.example/e", "https://shipyard.example/"
    page = V2 | {"id": address, "type": "Endorsement", "issuer": shipyard, "issuedOn": "2026-01-01T00:00:00Z",
                 "claim": {"id": CLASS, "endorsementComment": "Good"},
                 "verification": {"type": "HostedBadge"}} | changes  # fmt: skip
    profile = V2 | {"id": shipyard, "type": "Profile", "name": "Shipyard", "url": shipyard}
    return changed(CLASS, endorsement=[address]) | {address: page, shipyard: profile}


def test_endorsements():
    report = judged(assertion(), endorsed(), expectations=[EndorsedBy(["https://shipyard.example/"])])

    assert codes(report)["endorsements"] == "endorsement"
    assert codes(report)["endorsed_by"] == "endorsed_by"
    assert codes(judged(assertion(), endorsed(claim={"id": f"{EVIL}/x"})))["endorsements"] == "endorsement_elsewhere"
    assert codes(judged(assertion(), endorsed(issuer=ISSUER)))["endorsements"] == "hosted_elsewhere"


def test_a_chain_of_documents_ends():
    many = [f"https://shipyard.example/{number}" for number in range(500)]
    web = Web(changed(CLASS, endorsement=many))

    report = judged(assertion(), web)

    assert len(web.asked) < 20
    assert codes(report)["endorsements"] == "endorsements_too_many"


@pytest.mark.parametrize("value", [None, 7, [], {}, "x", [[]], {"id": []}, {"id": {"id": 1}}, "https://[", "\ud83d"])
@pytest.mark.parametrize("name", ["badge", "verification", "recipient", "issuedOn", "expires", "@context", "type"])
def test_any_value_in_an_assertion_gets_a_report(name, value):
    document = assertion() | {name: value}
    if name == "type":
        document["badge"] = document.get("badge", CLASS)

    report = judged(document, pages(**{ASSERTION: document}))

    assert report.checks
    json.dumps(report.to_json())


@pytest.mark.parametrize("value", [None, 7, [], {}, "x", [[]], {"id": []}, "https://[", [{"publicKeyPem": 7}]])
@pytest.mark.parametrize("name", ["publicKey", "verification", "revocationList", "endorsement", "type", "id"])
def test_any_value_in_a_profile_gets_a_report(rsa_key, name, value):
    report = judged(token(signed_assertion(), rsa_key), signing_pages(rsa_key, {name: value}))

    assert report.checks
    json.dumps(report.to_json())


def test_the_clock_is_the_callers():
    world = Web(pages())
    early = verify(
        json.dumps(assertion()).encode(), resolve=world.resolve, fetch=world.fetch_status, now=NOW - timedelta(days=900)
    )

    assert codes(early)["valid_from"] == "not_yet_valid"
