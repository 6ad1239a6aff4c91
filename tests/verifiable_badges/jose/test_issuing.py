"""Tokens made here, in both profiles; joserfc reads them, and `verify` judges them."""

import json

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey

from tests.verifiable_badges.keys.test_signing import key_of
from tests.verifiable_badges.makers import (
    FORGER_KEY,
    MUSEUM,
    MUSEUM_KEY,
    MUSEUM_WEB,
    NOW,
    World,
    codes,
    credential,
    outcome,
    web_museum,
)
from verifiable_badges.errors import InvalidCredential, InvalidDate, InvalidDocument, InvalidProof, UnreadableInput
from verifiable_badges.jose import jws
from verifiable_badges.jose.vc_jwt import Profile, check_token_time, decode_token, issue_token, verify_token
from verifiable_badges.json_text import write
from verifiable_badges.keys import KeyKind, ResolvedKey, did_jwk, did_key, did_key_method
from verifiable_badges.keys.multibase import base64url_decode, base64url_encode
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.model import Profile as Issuer

pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")

KID = did_key_method(MUSEUM_KEY.public)
DOCUMENT = credential().to_json()


def token(document=DOCUMENT, key=MUSEUM_KEY, kid=KID, profile=Profile.OPEN_BADGES, **options) -> str:
    return issue_token(document, key=key, kid=kid, profile=profile, **options)


def theirs(text: str) -> jwt.Token:
    key = OKPKey.import_key(MUSEUM_KEY.public.to_jwk())
    return jwt.decode(text, key, algorithms=["EdDSA"])


def test_a_token_of_open_badges_says_things_twice():
    """Open Badges 3.0 section 8.2.4.1."""
    found = theirs(token())

    assert found.header == {"alg": "EdDSA", "typ": "JWT", "kid": KID}
    assert found.claims == {
        **DOCUMENT,
        "iss": MUSEUM,
        "jti": DOCUMENT["id"],
        "sub": DOCUMENT["credentialSubject"]["id"],
        "nbf": int(credential().valid_from.timestamp()),
        "exp": int(credential().valid_until.timestamp()),
    }


def test_a_token_of_w3c_is_the_credential_alone():
    """VC-JOSE-COSE section 3.1.1."""
    found = theirs(token(profile=Profile.VC_JOSE_COSE))

    assert found.header == {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": KID}
    assert found.claims == DOCUMENT


def test_a_token_of_w3c_may_say_when_it_was_signed():
    found = theirs(token(profile=Profile.VC_JOSE_COSE, issued=NOW, expires=NOW))

    assert found.claims == {**DOCUMENT, "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp())}
    with pytest.raises(InvalidDate):
        token(issued=NOW)


@pytest.mark.parametrize("profile", Profile)
def test_what_is_issued_verifies(profile):
    report = World().verify(token(profile=profile).encode())

    assert report.verdict.value == "passed", codes(report)
    assert report.credential == DOCUMENT


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("kind", KeyKind)
def test_keys_of_every_kind_sign(kind, profile):
    key = key_of(kind)
    issuer = did_key(key.public) if kind is not KeyKind.RSA else did_jwk(key.public)
    document = {**DOCUMENT, "issuer": {**DOCUMENT["issuer"], "id": issuer}}

    report = World().verify(
        token(document, key, f"{issuer}#{issuer[8:] if 'key' in issuer else '0'}", profile).encode()
    )

    assert report.verdict.value == "passed", codes(report)


def test_a_profile_can_be_asked_for():
    one, other = (decode_token(token(profile=profile)) for profile in Profile)

    verify_token(one, resolve=unavailable, profile=Profile.OPEN_BADGES)
    with pytest.raises(InvalidProof):
        verify_token(other, resolve=unavailable, profile=Profile.OPEN_BADGES)
    with pytest.raises(InvalidProof):
        verify_token(one, resolve=unavailable, profile=Profile.VC_JOSE_COSE)


def test_a_known_key_is_not_looked_for():
    document = {**DOCUMENT, "issuer": {"id": "https://museum.example", "type": ["Profile"]}}
    text = token(document, kid="whatever")

    key = verify_token(decode_token(text), resolve=unavailable, known=MUSEUM_KEY.public)

    assert (key.method, key.controller, key.confirmed) == ("whatever", "https://museum.example", True)
    with pytest.raises(InvalidProof):
        verify_token(decode_token(text), resolve=unavailable, known=FORGER_KEY.public)


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize(
    "change",
    [
        {"@context": []},
        {"@context": "https://www.w3.org/ns/credentials/v2"},
        {"@context": ["https://www.w3.org/2018/credentials/v1"]},
        {"type": ["AchievementCredential"]},
        {"type": None},
        {"vc": {}},
        {"iss": MUSEUM},
        {"exp": 1},
    ],
)
def test_what_is_no_credential_is_not_issued(change, profile):
    with pytest.raises(InvalidCredential):
        token({**DOCUMENT, **change}, profile=profile)


@pytest.mark.parametrize("change", [{"id": None}, {"credentialSubject": {"type": ["AchievementSubject"]}}])
def test_what_open_badges_asks_for_in_a_token(change):
    """A subject without an id cannot meet the letter of this profile; W3C's can carry it."""
    document = {name: value for name, value in {**DOCUMENT, **change}.items() if value is not None}

    with pytest.raises(InvalidCredential):
        token(document)
    assert token(document, profile=Profile.VC_JOSE_COSE)


def test_a_date_that_is_none_is_not_issued():
    with pytest.raises(InvalidDate):
        token({**DOCUMENT, "validFrom": "tomorrow"})


@pytest.mark.parametrize("profile", Profile)
def test_words_without_a_meaning_are_not_issued(profile):
    with pytest.raises(InvalidDocument):
        token({**DOCUMENT, "colour": "blue"}, profile=profile)


def test_words_that_a_context_defines_are_issued():
    defined = [*DOCUMENT["@context"], {"colour": "https://museum.example/terms#colour"}]

    assert token({**DOCUMENT, "@context": defined, "colour": "blue"})


@pytest.mark.parametrize("value", [float("nan"), object(), "\ud800"])
def test_what_is_no_json_is_not_issued(value):
    with pytest.raises(UnreadableInput):
        token({**DOCUMENT, "name": value})


def changed(text: str, part: int, change: dict) -> str:
    """The token with other members in its header or payload, signed anew: what a careless issuer would make."""
    parts = [json.loads(base64url_decode(one)) for one in text.split(".")[:2]]
    parts[part] |= change
    header = base64url_encode(json.dumps(parts[0]).encode()).encode()
    return jws.sign(json.dumps(parts[1]).encode(), key=MUSEUM_KEY, header=header)


W3C = token(profile=Profile.VC_JOSE_COSE)
AGAINST_W3C = {
    "a vc claim": (1, {"vc": DOCUMENT}),
    "a vc claim that is no object": (1, {"vc": "oops"}),
    "a vp claim": (1, {"vp": {}}),
    "another issuer": (1, {"iss": "did:web:evil.example"}),
    "another id": (1, {"jti": "urn:x"}),
    "another subject": (1, {"sub": "urn:x"}),
    "a type for something else": (0, {"typ": "at+jwt"}),
    "a presentation's type": (0, {"typ": "vp+jwt"}),
    "a type that is no text": (0, {"typ": 7}),
    "a content that is none": (0, {"cty": "bad+cty"}),
    "a nested token": (0, {"cty": "JWT"}),
    "crit": (0, {"crit": ["exp"]}),
    "no credential": (1, {"type": ["VerifiablePresentation"]}),
    "another context": (1, {"@context": ["https://www.w3.org/2018/credentials/v1"]}),
}


@pytest.mark.parametrize("name", AGAINST_W3C)
def test_tokens_of_w3c_that_break_its_rules_fail_though_their_signature_holds(name):
    part, change = AGAINST_W3C[name]

    report = World().verify(changed(W3C, part, change).encode())

    assert report.verdict.value == "failed"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (1, {"iss": MUSEUM, "jti": DOCUMENT["id"], "sub": DOCUMENT["credentialSubject"]["id"]}),
        (1, {"iat": "2010-01-01T19:23:24Z"}),
        (1, {"exp": int(NOW.timestamp()) + 60}),
        (0, {"x-colour": "blue"}),
        (0, {"typ": "application/VC+JWT", "cty": "application/vc"}),
    ],
)
def test_what_w3c_allows_besides(part, change):
    """A date of signing as text is what the tokens of W3C's own test suite have."""
    assert World().verify(changed(W3C, part, change).encode()).verdict.value == "passed"


def test_open_badges_allows_no_other_headers():
    report = World().verify(changed(token(), 0, {"x-colour": "blue"}).encode())

    assert codes(report)["proof"] == "token_header"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"exp": int(NOW.timestamp()) - 1}, "proof_expired"), ({"nbf": int(NOW.timestamp()) + 900}, "proof_early")],
)
def test_the_dates_of_w3c_are_those_of_the_signature(change, code):
    report = World().verify(changed(W3C, 1, change).encode())

    assert codes(report)["proof"] == code


@pytest.mark.parametrize(("end", "code"), [("revoked", "key_revoked"), ("expires", "key_expired")])
def test_a_key_that_had_ended_signs_nothing(end, code):
    key = ResolvedKey(MUSEUM_KEY.public, KID, MUSEUM, True, **{end: NOW})
    before, after = (
        decode_token(token(profile=Profile.VC_JOSE_COSE, issued=moment))
        for moment in (NOW.replace(hour=11), NOW.replace(hour=13))
    )

    check_token_time(before, key, NOW)
    for made in (after, decode_token(W3C)):
        with pytest.raises(Exception) as error:
            check_token_time(made, key, NOW)
        assert error.value.code == code


def test_a_withdrawn_key_of_a_did_web_is_noticed():
    document = web_museum()
    document["verificationMethod"][0]["revoked"] = "2026-05-01T00:00:00Z"
    badge = credential(issuer=Issuer(MUSEUM_WEB)).to_json()
    text = token(badge, kid=f"{MUSEUM_WEB}#{MUSEUM_KEY.public.multibase}")

    report = World({MUSEUM_WEB: document}).verify(text.encode())

    assert outcome(report, "proof") == "failed"
    assert codes(report)["proof"] == "key_revoked"


def older(**claims) -> str:
    """A credential of version 1.1 whose members partly are claims only (VC Data Model 1.1 section 6.3.1)."""
    document = {name: value for name, value in DOCUMENT.items() if name not in ("id", "validUntil", "awardedDate")}
    document["@context"] = ["https://www.w3.org/2018/credentials/v1", DOCUMENT["@context"][1]]
    del document["validFrom"]
    document["issuer"] = {name: value for name, value in DOCUMENT["issuer"].items() if name != "id"}
    subject = {name: value for name, value in DOCUMENT["credentialSubject"].items() if name != "id"}
    payload = {
        "vc": {**document, "credentialSubject": subject},
        "iss": MUSEUM,
        "jti": DOCUMENT["id"],
        "sub": DOCUMENT["credentialSubject"]["id"],
        "nbf": int(credential().valid_from.timestamp()),
        "exp": int(credential().valid_until.timestamp()),
        **claims,
    }
    return jws.sign(write(payload), key=MUSEUM_KEY, header=jws.protected_header(MUSEUM_KEY.kind, typ="JWT", kid=KID))


def test_the_older_form_leaves_to_its_claims_what_they_say():
    report = World().verify(older().encode())

    assert report.verdict.value == "passed", codes(report)
    assert report.credential["issuer"]["id"] == MUSEUM
    assert report.credential["credentialSubject"]["id"] == DOCUMENT["credentialSubject"]["id"]
    assert report.credential["issuanceDate"] == DOCUMENT["validFrom"]
    assert report.credential["expirationDate"] == DOCUMENT["validUntil"]


def test_the_older_form_of_another_issuer_fails():
    report = World().verify(older(iss=did_key(FORGER_KEY.public)).encode())

    assert report.verdict.value == "failed"
