"""Tokens signed with another library, and every way to confuse their algorithm or key."""

import hmac
import json

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

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
)
from verifiable_badges.keys import PublicKey
from verifiable_badges.keys.multibase import base64url_encode

# Issuers in the field still write EdDSA, which RFC 9864 deprecates in favour of Ed25519.
pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")

SITE = "https://museum.example"


def okp(key):
    return OKPKey.import_key(
        {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(key.public.raw), "d": base64url_encode(key.seed)}
    )


MUSEUM_JWK = okp(MUSEUM_KEY)
EC_JWK = ECKey.generate_key("P-256")
RSA_JWK = RSAKey.generate_key(2048)
REGISTRY = jws.JWSRegistry(
    algorithms=["EdDSA", "Ed25519", "ES256", "RS256", "HS256", "none"], strict_check_header=False
)


def claims(issuer=MUSEUM, **changes):
    document = credential().to_json()
    document["issuer"]["id"] = issuer
    return {
        **document,
        "iss": issuer,
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": int(credential().valid_from.timestamp()),
        "exp": int(credential().valid_until.timestamp()),
    } | changes


def token(header, payload, key):
    return jws.serialize_compact(header, json.dumps(payload).encode(), key, registry=REGISTRY).encode()


def document_for(issuer, key):
    jwk = key.as_dict(private=False)
    method = {"id": f"{issuer}#key-1", "type": "JsonWebKey", "controller": issuer, "publicKeyJwk": jwk}
    return {"id": issuer, "verificationMethod": [method], "assertionMethod": ["#key-1"]}


def test_a_token_of_a_did_key():
    world = World()

    report = world.verify(token({"alg": "EdDSA", "kid": MUSEUM}, claims(), MUSEUM_JWK))

    assert report.verdict.value == "passed"
    assert world.asked == []


@pytest.mark.parametrize(("algorithm", "key"), [("EdDSA", MUSEUM_JWK), ("ES256", EC_JWK), ("RS256", RSA_JWK)])
@pytest.mark.parametrize("kid", [MUSEUM_WEB + "#key-1", "#key-1"])
def test_a_token_of_a_did_web(algorithm, key, kid):
    world = World({MUSEUM_WEB: document_for(MUSEUM_WEB, key)})

    report = world.verify(token({"alg": algorithm, "kid": kid, "typ": "JWT"}, claims(MUSEUM_WEB), key))

    assert report.verdict.value == "passed", codes(report)


def test_a_jwk_at_the_issuers_host_proves_the_host_only():
    """Many issuers can live at one host; the issuer's own page must name the key."""
    issuer, kid = f"{SITE}/profile", f"{SITE}/keys/1"
    bare = {kid: RSA_JWK.as_dict(private=False)}
    profile = {"id": issuer, "type": ["Profile"]}
    badge = token({"alg": "RS256", "kid": kid}, claims(issuer), RSA_JWK)

    without = World({**bare, issuer: profile}).verify(badge)
    named = World({**bare, issuer: {**profile, "assertionMethod": [kid]}}).verify(badge)

    assert outcome(without, "proof") == "passed"
    assert outcome(without, "issuer") == "could not be checked"
    assert named.verdict.value == "passed"


def test_a_key_in_the_header_proves_that_it_is_whole_and_not_who_made_it():
    header = {"alg": "RS256", "jwk": RSA_JWK.as_dict(private=False)}
    badge = token(header, claims(MUSEUM_WEB), RSA_JWK)

    alone = World().verify(badge)
    listed = World({MUSEUM_WEB: document_for(MUSEUM_WEB, RSA_JWK)}).verify(badge)
    foreign = World({MUSEUM_WEB: document_for(MUSEUM_WEB, EC_JWK)}).verify(badge)

    assert outcome(alone, "proof") == "passed"
    assert outcome(alone, "issuer") == "could not be checked"
    assert listed.verdict.value == "passed"
    assert foreign.verdict.value == "failed"


def test_a_forgers_key_in_the_header_does_not_pass_for_a_did_key():
    forger = okp(FORGER_KEY)

    report = World().verify(token({"alg": "EdDSA", "jwk": forger.as_dict(private=False)}, claims(), forger))

    assert codes(report)["issuer"] == "issuer_mismatch"


def unsecured(header):
    head, body = (base64url_encode(json.dumps(part).encode()) for part in (header, claims(MUSEUM_WEB)))
    return f"{head}.{body}.".encode()


def hmac_under_public_key(header):
    """What a library that trusts `alg` would take for a signature."""
    secret = PublicKey.from_jwk(RSA_JWK.as_dict(private=False)).raw
    signing_input = unsecured(header).rstrip(b".")
    return signing_input + b"." + base64url_encode(hmac.digest(secret, signing_input, "sha256")).encode()


WEB = MUSEUM_WEB + "#key-1"
CONFUSIONS = {
    "none": unsecured({"alg": "none", "kid": WEB}),
    "None": unsecured({"alg": "None", "kid": WEB}),
    "no algorithm": unsecured({"kid": WEB}),
    "HS256 under the public key": hmac_under_public_key({"alg": "HS256", "kid": WEB}),
    "ES256 under an Ed25519 key": token({"alg": "ES256", "kid": MUSEUM}, claims(), EC_JWK),
    "jku": token({"alg": "RS256", "kid": WEB, "jku": "https://evil.example/keys"}, claims(MUSEUM_WEB), RSA_JWK),
    "x5u": token({"alg": "RS256", "kid": WEB, "x5u": "https://evil.example/cert"}, claims(MUSEUM_WEB), RSA_JWK),
    "kid elsewhere": token({"alg": "RS256", "kid": "https://evil.example/key"}, claims(MUSEUM_WEB), RSA_JWK),
    "kid inside": token({"alg": "RS256", "kid": "http://169.254.169.254/"}, claims(MUSEUM_WEB), RSA_JWK),
    "kid a path": token({"alg": "RS256", "kid": "../../etc/passwd"}, claims(MUSEUM_WEB), RSA_JWK),
    "kid a number": token({"alg": "RS256"}, claims(MUSEUM_WEB), RSA_JWK),
    "another type": token({"alg": "RS256", "kid": WEB, "typ": "at+jwt"}, claims(MUSEUM_WEB), RSA_JWK),
    "crit": unsecured({"alg": "RS256", "kid": WEB, "crit": ["b64"]}),
    "b64": unsecured({"alg": "RS256", "kid": WEB, "b64": False}),
}


@pytest.mark.parametrize("name", CONFUSIONS)
def test_confused_tokens_fail_and_make_us_ask_nobody(name):
    world = World({MUSEUM_WEB: document_for(MUSEUM_WEB, RSA_JWK)})

    report = world.verify(CONFUSIONS[name])

    assert outcome(report, "proof") == "failed"
    assert set(world.asked) <= {MUSEUM_WEB}


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "did:web:evil.example"},
        {"jti": "urn:x"},
        {"sub": "urn:x"},
        {"nbf": 1},
        {"exp": 4102444800},
        {"nbf": "x"},
    ],
)
def test_claims_that_contradict_the_credential_fail(change):
    report = World().verify(token({"alg": "EdDSA", "kid": MUSEUM}, claims(**change), MUSEUM_JWK))

    assert outcome(report, "proof") == "failed"


def test_an_end_given_only_as_a_claim_counts():
    payload = claims(exp=int(NOW.timestamp()) - 60)
    del payload["validUntil"]

    report = World().verify(token({"alg": "EdDSA", "kid": MUSEUM}, payload, MUSEUM_JWK))

    assert codes(report)["expiry"] in ("expired", "dates_reversed")
    assert report.verdict.value == "failed"


def test_the_older_form_with_a_vc_claim():
    document = claims()
    older = {
        name: value
        for name, value in document.items()
        if name not in ("iss", "jti", "sub", "nbf", "exp", "awardedDate")
    }
    older["@context"] = ["https://www.w3.org/2018/credentials/v1", older["@context"][1]]
    older["issuanceDate"], older["expirationDate"] = older.pop("validFrom"), older.pop("validUntil")
    payload = {"vc": older} | {name: document[name] for name in ("iss", "jti", "sub", "nbf", "exp")}

    report = World().verify(token({"alg": "EdDSA", "kid": MUSEUM}, payload, MUSEUM_JWK))

    assert report.verdict.value == "passed", codes(report)


@pytest.mark.parametrize("text", [b"aa.bb.cc", b"e30.e30.", b"e30.W10.AA", b"e30=.e30.AA", b"eyJh.eyJh.AA"])
def test_broken_tokens_get_a_report(text):
    assert World().verify(text).verdict.value == "failed"
