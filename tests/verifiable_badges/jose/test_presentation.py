"""A holder shows a badge to one verifier on one occasion."""

import json

import pytest

from tests.verifiable_badges.makers import (
    FORGER_KEY,
    MUSEUM_KEY,
    MUSEUM_WEB,
    NOW,
    World,
    codes,
    credential,
    signed,
    web_museum,
)
from verifiable_badges import verify
from verifiable_badges.errors import InvalidCredential, InvalidKey, InvalidProof, InvalidSignature
from verifiable_badges.jose import jws
from verifiable_badges.jose.presentation import credentials_of, issue_presentation, verify_presentation
from verifiable_badges.jose.vc_jwt import Profile, decode_token, issue_token
from verifiable_badges.json_text import write
from verifiable_badges.keys import SigningKey, did_key, did_key_method
from verifiable_badges.keys.resolving import unavailable
from verifiable_badges.model import EnvelopedVerifiableCredential

CONTEXT = "https://www.w3.org/ns/credentials/v2"
ADA_KEY = SigningKey.from_seed(bytes(range(50, 82)))
ADA, KID = did_key(ADA_KEY.public), did_key_method(ADA_KEY.public)
CHALLENGE, DOMAIN = "c-1234", "https://school.example"
BADGE = issue_token(
    credential().to_json(), key=MUSEUM_KEY, kid=did_key_method(MUSEUM_KEY.public), profile=Profile.VC_JOSE_COSE
)
ENVELOPE = EnvelopedVerifiableCredential.of(BADGE).to_json()


def presentation(**members) -> dict:
    return {
        "@context": [CONTEXT],
        "type": ["VerifiablePresentation"],
        "holder": ADA,
        "verifiableCredential": [ENVELOPE],
    } | members


def shown(document=None, key=ADA_KEY, kid=KID, **options) -> str:
    asked = {"challenge": CHALLENGE, "domain": DOMAIN} | options
    return issue_presentation(document or presentation(), key=key, kid=kid, **asked)


def judge(text: str, challenge=CHALLENGE, domain=DOMAIN, resolve=unavailable):
    return verify_presentation(decode_token(text), resolve=resolve, challenge=challenge, domain=domain)


def test_a_presentation_proves_who_shows_it():
    key = judge(shown())

    assert (key.public, key.controller, key.confirmed) == (ADA_KEY.public, ADA, True)
    assert decode_token(shown()).credential == presentation()


def test_what_is_shown_can_be_taken_out():
    embedded = json.loads(signed())
    document = presentation(verifiableCredential=[ENVELOPE, embedded, BADGE])

    assert list(credentials_of(document)) == [
        ("application/vc+jwt", BADGE),
        ("", embedded),
        ("application/vc+jwt", BADGE),
    ]


def test_verify_judges_the_holder_and_what_is_shown():
    world = World()

    def report(**asked):
        return verify(shown().encode(), resolve=world.resolve, fetch=world.fetch_status, now=NOW, **asked)

    good = report(challenge=CHALLENGE, domain=DOMAIN)
    assert good.verdict.value == "passed", codes(good)
    assert codes(report(challenge="another", domain=DOMAIN))["proof"] == "proof_challenge"
    assert codes(report(challenge=CHALLENGE, domain="https://evil.example"))["proof"] == "proof_domain"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"challenge": "c-1233"}, "proof_challenge"),
        ({"challenge": None}, "proof_challenge"),
        ({"domain": "https://evil.example"}, "proof_domain"),
        ({"domain": None}, "proof_domain"),
    ],
)
def test_an_answer_to_another_question_fails(options, code):
    with pytest.raises(InvalidProof) as error:
        judge(shown(**options))
    assert error.value.code == code


def test_an_answer_may_be_for_several():
    judge(shown(domain=[DOMAIN, "https://other.example"]))


def test_somebody_else_cannot_show_it_as_the_holder():
    with pytest.raises(InvalidProof) as error:
        judge(shown(key=FORGER_KEY, kid=did_key_method(FORGER_KEY.public)))
    assert error.value.code == "kid_foreign"
    with pytest.raises(InvalidSignature):
        judge(shown(key=FORGER_KEY))


def test_without_a_holder_only_the_key_is_proved():
    document = presentation()
    del document["holder"]

    assert judge(shown(document)).controller == ADA


def test_a_holder_on_the_web_needs_a_key_for_authentication():
    kid = f"{MUSEUM_WEB}#{MUSEUM_KEY.public.multibase}"
    text = shown(presentation(holder=MUSEUM_WEB), MUSEUM_KEY, kid)
    document = web_museum()

    with pytest.raises(InvalidKey) as error:
        judge(text, resolve=World({MUSEUM_WEB: document}).resolve)
    assert error.value.code == "key_not_listed"
    document["authentication"] = document["assertionMethod"]
    assert judge(text, resolve=World({MUSEUM_WEB: document}).resolve).confirmed


UNSECURED = {
    "a plain credential": [credential().to_json()],
    "an envelope with an address": [ENVELOPE | {"id": "https://museum.example/badge"}],
    "an envelope without a token": [ENVELOPE | {"id": "data:application/vc+jwt"}],
    "an envelope without an id": [{name: value for name, value in ENVELOPE.items() if name != "id"}],
    "a number": [7],
    "nothing at all": [None],
}


@pytest.mark.parametrize("name", UNSECURED)
def test_credentials_that_nothing_secures_are_not_shown(name):
    document = presentation(verifiableCredential=UNSECURED[name])
    by_hand = jws.sign(write(document), key=ADA_KEY, header=jws.protected_header(ADA_KEY.kind, typ="vp+jwt", kid=KID))

    with pytest.raises(InvalidCredential):
        shown(document)
    with pytest.raises(InvalidCredential):
        judge(by_hand, None, None)


@pytest.mark.parametrize(
    "change",
    [{"@context": []}, {"type": ["VerifiableCredential"]}, {"vp": {}}, {"nonce": "x"}, {"aud": "x"}, {"iss": ADA}],
)
def test_what_is_no_presentation_is_not_issued(change):
    with pytest.raises(InvalidCredential):
        shown(presentation(**change))


AGAINST = {
    "a credential's type": ({"typ": "vc+jwt"}, {}),
    "no type": ({}, {}),
    "another content": ({"typ": "vp+jwt", "cty": "vc"}, {}),
    "a vp claim": ({"typ": "vp+jwt"}, {"vp": presentation()}),
    "a vc claim": ({"typ": "vp+jwt"}, {"vc": {}}),
    "another issuer than holder": ({"typ": "vp+jwt"}, {"iss": did_key(FORGER_KEY.public)}),
    "another id": ({"typ": "vp+jwt"}, {"id": "urn:a", "jti": "urn:b"}),
    "crit": ({"typ": "vp+jwt", "crit": "exp"}, {}),
}


@pytest.mark.parametrize("name", AGAINST)
def test_tokens_that_break_the_rules_fail_though_their_signature_holds(name):
    header, claims = AGAINST[name]
    text = jws.sign(
        write(presentation(**claims)), key=ADA_KEY, header=jws.protected_header(ADA_KEY.kind, kid=KID, **header)
    )

    with pytest.raises(InvalidProof):
        judge(text, None, None)


def test_the_older_form_with_a_vp_claim():
    document = presentation(verifiableCredential=[BADGE])
    document["@context"] = ["https://www.w3.org/2018/credentials/v1"]
    del document["holder"]
    payload = {"vp": document, "iss": ADA, "nonce": CHALLENGE, "aud": DOMAIN}
    text = jws.sign(write(payload), key=ADA_KEY, header=jws.protected_header(ADA_KEY.kind, typ="JWT", kid=KID))

    assert judge(text).controller == ADA
    assert decode_token(text).credential["holder"] == ADA


def test_an_ended_presentation_fails_in_a_report():
    text = shown(issued=NOW.replace(hour=9), expires=NOW.replace(hour=10))
    world = World()

    report = verify(text.encode(), resolve=world.resolve, fetch=world.fetch_status, now=NOW)

    assert codes(report)["proof"] == "proof_expired"
