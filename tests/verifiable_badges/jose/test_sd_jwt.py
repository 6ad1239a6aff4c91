"""Tokens whose holder chooses what to show."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verifiable_badges.keys.test_signing import key_of
from tests.verifiable_badges.makers import FORGER_KEY, MUSEUM, MUSEUM_KEY, NOW, World, credential
from verifiable_badges.errors import (
    InvalidCredential,
    InvalidDocument,
    InvalidKey,
    InvalidProof,
    InvalidSignature,
    LimitExceeded,
    Unavailable,
    UnreadableInput,
    Unsupported,
    VerifiableBadgesError,
)
from verifiable_badges.jose import jws
from verifiable_badges.jose.disclosures import parse_path
from verifiable_badges.jose.issuer_metadata import metadata_address
from verifiable_badges.jose.sd_jwt import Kind, bind, issue_sd_jwt, parse_sd_jwt, show, verify_sd_jwt
from verifiable_badges.json_text import parse, write
from verifiable_badges.keys import KeyKind, PublicKey, SigningKey, did_key_method
from verifiable_badges.keys.resolving import unavailable

KID = did_key_method(MUSEUM_KEY.public)
ADA_KEY = SigningKey.from_seed(bytes(range(50, 82)))
DOCUMENT = credential().to_json()
IDENTIFIER = ("credentialSubject", "identifier", 0)
HIDDEN = [IDENTIFIER, (*IDENTIFIER, "identityHash"), ("awardedDate",), ("evidence", 0)]
SCHOOL, NONCE = "https://school.example", "c-1234"


def issued(document=DOCUMENT, hidden=HIDDEN, **options) -> str:
    given = {"key": MUSEUM_KEY, "kid": KID, "random": random.Random(7).randbytes, "holder": ADA_KEY.public}
    return issue_sd_jwt(document, hidden=hidden, **{**given, **options})


def bound(text: str, key=ADA_KEY, audience=SCHOOL, nonce=NONCE) -> str:
    return bind(text, key=key, audience=audience, nonce=nonce, issued=NOW)


def judge(text: str, **options):
    return verify_sd_jwt(text, **{"resolve": unavailable, **options})


def without(token: str, *removed: int) -> str:
    parts = token.split("~")
    return "~".join(part for place, part in enumerate(parts) if place not in removed)


def test_the_whole_token_says_everything():
    verified = judge(issued())

    assert verified.document == DOCUMENT
    assert verified.kind is Kind.CREDENTIAL
    assert (verified.key.controller, verified.key.confirmed) == (MUSEUM, True)
    assert verified.binding is None


def test_the_header_is_w3cs():
    header = jws.parse(parse_sd_jwt(issued()).token).header

    assert header == {"alg": "EdDSA", "typ": "vc+sd-jwt", "cty": "vc", "kid": KID}


def test_the_holder_chooses_what_to_show():
    nothing, date = judge(show(issued(), [])), judge(show(issued(), [("awardedDate",)]))

    assert "awardedDate" not in nothing.document
    assert nothing.document["credentialSubject"]["identifier"] == []
    assert date.document["awardedDate"] == DOCUMENT["awardedDate"]
    assert date.document["evidence"] == []


def test_what_is_above_is_shown_with_it():
    verified = judge(show(issued(), [(*IDENTIFIER, "identityHash")]))

    assert verified.document["credentialSubject"]["identifier"] == DOCUMENT["credentialSubject"]["identifier"]


def test_what_was_not_hidden_cannot_be_chosen():
    with pytest.raises(InvalidCredential):
        show(issued(), [("name",)])


@pytest.mark.parametrize("kind", KeyKind)
def test_keys_of_every_kind_sign_and_bind(kind):
    key = key_of(kind)
    text = bound(issued(key=key, holder=key.public), key)

    verified = judge(text, known=key.public, challenge=NONCE, domain=SCHOOL)

    assert (verified.binding.audience, verified.binding.nonce, verified.binding.issued) == (SCHOOL, NONCE, NOW)


def test_the_holder_answers_the_one_who_asked():
    text = bound(show(issued(), []))

    assert judge(text, challenge=NONCE, domain=SCHOOL).binding.nonce == NONCE
    for asked, code in (({"challenge": "x"}, "proof_challenge"), ({"domain": "x"}, "proof_domain")):
        with pytest.raises(InvalidProof) as error:
            judge(text, **asked)
        assert error.value.code == code


@pytest.mark.parametrize("asked", [{"challenge": NONCE}, {"domain": SCHOOL}, {"binding_needed": True}])
def test_whoever_asks_needs_an_answer(asked):
    with pytest.raises(InvalidProof) as error:
        judge(issued(), **asked)
    assert error.value.code == "binding_missing"


def test_a_proof_of_the_holder_is_for_one_choice():
    text = bound(issued())
    parts = parse_sd_jwt(text)
    other = parse_sd_jwt(show(issued(), [("awardedDate",)])).unbound + parts.binding

    with pytest.raises(InvalidProof) as error:
        judge(other)
    assert error.value.code == "binding_other"


def test_somebody_else_is_not_the_holder():
    with pytest.raises(InvalidSignature):
        judge(bound(issued(), FORGER_KEY))


def test_nobody_is_the_holder_if_the_issuer_named_none():
    with pytest.raises(InvalidProof) as error:
        judge(bound(issued(holder=None)))
    assert error.value.code == "binding_nobody"


def with_binding(header: dict, claims: dict) -> str:
    text = issued()
    payload = {"iat": 1, "aud": SCHOOL, "nonce": NONCE} | claims
    if "sd_hash" not in payload:
        payload["sd_hash"] = parse(jws.parse(parse_sd_jwt(bound(text)).binding).payload)["sd_hash"]
    payload = {name: value for name, value in payload.items() if value is not None}
    members = {"typ": "kb+jwt"} | header
    return text + jws.sign(write(payload), key=ADA_KEY, header=jws.protected_header(ADA_KEY.kind, **members))


BINDINGS = {
    "another type": ({"typ": "JWT"}, {}, "token_type"),
    "no type": ({"typ": None}, {}, "token_type"),
    "no audience": ({}, {"aud": None}, "binding_form"),
    "several audiences": ({}, {"aud": [SCHOOL]}, "binding_form"),
    "no nonce": ({}, {"nonce": None}, "binding_form"),
    "no date": ({}, {"iat": None}, "token_date"),
    "another digest": ({}, {"sd_hash": "AA"}, "binding_other"),
    "no digest": ({}, {"sd_hash": None}, "binding_other"),
    "crit": ({"crit": "exp"}, {}, "token_header"),
}


@pytest.mark.parametrize("name", BINDINGS)
def test_malformed_proofs_of_the_holder_fail_though_their_signature_holds(name):
    header, claims, code = BINDINGS[name]

    with pytest.raises(InvalidProof) as error:
        judge(with_binding(header, claims))
    assert error.value.code == code
    assert judge(with_binding({}, {})).binding.nonce == NONCE


@pytest.mark.parametrize(
    ("cnf", "error"),
    [({"kid": "x"}, Unsupported), ({}, InvalidProof), ([], InvalidProof), ({"jwk": {"kty": "oct"}}, InvalidKey)],
)
def test_holders_named_in_other_ways(cnf, error):
    payload = write({**DOCUMENT, "cnf": cnf})
    token = jws.sign(payload, key=MUSEUM_KEY, header=jws.protected_header(MUSEUM_KEY.kind, typ="vc+sd-jwt", kid=KID))

    with pytest.raises(error):
        judge(bound(token + "~"))


def test_changes_are_noticed():
    whole = issued()
    one, other, *_ = whole.split("~")[1:]

    for changed, error in (
        (whole.replace(one, other), InvalidProof),
        (whole + one + "~", InvalidProof),
        (without(whole, 0), UnreadableInput),
        (whole.removesuffix("~"), VerifiableBadgesError),
        (whole.replace("~", "~~", 1), UnreadableInput),
        (issued(key=FORGER_KEY), InvalidSignature),
    ):
        with pytest.raises(error):
            judge(changed)


@pytest.mark.parametrize("text", ["", "a", "a.b.c", "~", "~~", "a.b.c~d~e", "a~" * 2000])
def test_what_is_no_such_token(text):
    with pytest.raises((UnreadableInput, LimitExceeded)):
        judge(text)


@pytest.mark.parametrize(
    "header", [{"typ": "JWT"}, {"typ": "vc+jwt"}, {"typ": None}, {"typ": "example+sd-jwt"}, {"cty": "vp"}, {"cty": "x"}]
)
def test_tokens_made_for_something_else(header):
    members = {"typ": "vc+sd-jwt", "kid": KID} | header
    token = jws.sign(write(DOCUMENT), key=MUSEUM_KEY, header=jws.protected_header(MUSEUM_KEY.kind, **members))

    with pytest.raises(InvalidProof) as error:
        judge(token + "~")
    assert error.value.code == "token_type"


@pytest.mark.parametrize("claim", ["vc", "vp"])
def test_wrapped_credentials_fail(claim):
    members = {"typ": "vc+sd-jwt", "kid": KID}
    payload = write({**DOCUMENT, claim: {}})
    token = jws.sign(payload, key=MUSEUM_KEY, header=jws.protected_header(MUSEUM_KEY.kind, **members))

    with pytest.raises(InvalidCredential):
        judge(token + "~")


def test_what_is_hidden_contradicts_nothing():
    """`sub` may stand in the token while the subject's id is not shown."""
    hidden = [("credentialSubject", "id")]
    concealed = parse_sd_jwt(issued(hidden=hidden))
    payload = parse(jws.parse(concealed.token).payload) | {"sub": DOCUMENT["credentialSubject"]["id"]}
    header = jws.protected_header(MUSEUM_KEY.kind, typ="vc+sd-jwt", kid=KID)
    token = jws.sign(write(payload), key=MUSEUM_KEY, header=header)

    assert judge(token + "~").claims["sub"] == DOCUMENT["credentialSubject"]["id"]
    assert judge("~".join([token, *concealed.disclosures, ""]))
    wrong = jws.sign(write(payload | {"sub": "urn:x"}), key=MUSEUM_KEY, header=header)
    with pytest.raises(InvalidProof):
        judge("~".join([wrong, *concealed.disclosures, ""]))


def test_an_issuer_that_is_not_shown_cannot_be_asked():
    """`iss` must always be shown, `issuer` may be hidden by a careless issuer."""
    with pytest.raises(InvalidCredential) as error:
        judge(show(issued(hidden=[("issuer",)]), []))
    assert error.value.code == "issuer_missing"


def test_times_are_judged_by_whoever_knows_the_time():
    verified = judge(issued(issued=NOW.replace(hour=9), expires=NOW.replace(hour=10)))

    verified.check_time(NOW.replace(hour=9))
    with pytest.raises(InvalidProof):
        verified.check_time(NOW)


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ({**DOCUMENT, "type": []}, InvalidCredential),
        ({**DOCUMENT, "vc": {}}, InvalidCredential),
        ({**DOCUMENT, "colour": "blue"}, InvalidDocument),
        ({**DOCUMENT, "name": {"_sd": []}}, InvalidCredential),
    ],
)
def test_what_is_not_issued(document, error):
    with pytest.raises(error):
        issued(document, hidden=[])


# SD-JWT VC: claims without a credential around them, keys of an https issuer at a well-known place.

ISSUER = "https://museum.example/issuers/1"
CLAIMS = {"vct": "https://museum.example/types/sailor", "iss": ISSUER, "name": "Ada", "knots": 6}
PLACE = "https://museum.example/.well-known/jwt-vc-issuer/issuers/1"
KEYS = {"keys": [{**MUSEUM_KEY.public.to_jwk(), "kid": "k1"}]}


def sd_jwt_vc(claims=CLAIMS, kid="k1") -> str:
    return issued(claims, [("name",)], kind=Kind.SD_JWT_VC, kid=kid)


def test_an_sd_jwt_vc_of_an_https_issuer():
    world = World({PLACE: {"issuer": ISSUER, "jwks": KEYS}})

    verified = judge(show(sd_jwt_vc(), []), resolve=world.resolve)

    assert "name" not in verified.claims
    assert verified.claims["knots"] == 6
    assert (verified.key.controller, verified.key.confirmed) == (ISSUER, True)
    assert world.asked == [PLACE]


def test_its_keys_may_lie_elsewhere():
    place = "https://museum.example/jwks"
    world = World({PLACE: {"issuer": ISSUER, "jwks_uri": place}, place: KEYS})

    assert judge(sd_jwt_vc(), resolve=world.resolve).key.public == MUSEUM_KEY.public


def test_an_issuer_may_be_a_did():
    assert judge(sd_jwt_vc({**CLAIMS, "iss": MUSEUM}, kid=KID)).key.controller == MUSEUM


@pytest.mark.parametrize(
    "metadata",
    [
        [],
        {"jwks": KEYS},
        {"issuer": "https://evil.example", "jwks": KEYS},
        {"issuer": ISSUER},
        {"issuer": ISSUER, "jwks": KEYS, "jwks_uri": "https://museum.example/jwks"},
        {"issuer": ISSUER, "jwks_uri": "http://museum.example/jwks"},
        {"issuer": ISSUER, "jwks": 7},
        {"issuer": ISSUER, "jwks": {"keys": []}},
        {"issuer": ISSUER, "jwks": {"keys": [{**FORGER_KEY.public.to_jwk(), "kid": "k1"}]}},
    ],
)
def test_pages_about_keys_that_do_not_hold(metadata):
    with pytest.raises((InvalidKey, InvalidSignature)):
        judge(sd_jwt_vc(), resolve=World({PLACE: metadata}).resolve)


def test_an_issuer_that_does_not_answer_leaves_it_open():
    with pytest.raises(Unavailable):
        judge(sd_jwt_vc())


@pytest.mark.parametrize("missing", ["vct", "iss"])
def test_what_an_sd_jwt_vc_needs(missing):
    with pytest.raises(InvalidCredential):
        sd_jwt_vc({name: value for name, value in CLAIMS.items() if name != missing})


@pytest.mark.parametrize("issuer", ["https://", "https://a@b.example", "https://a.example?x", "https://[::"])
def test_addresses_that_have_no_keys(issuer):
    with pytest.raises(InvalidKey):
        metadata_address(issuer)


def test_a_badge_is_no_sd_jwt_vc():
    token = jws.sign(
        write(DOCUMENT), key=MUSEUM_KEY, header=jws.protected_header(MUSEUM_KEY.kind, typ="dc+sd-jwt", kid=KID)
    )

    with pytest.raises(InvalidCredential):
        judge(token + "~")


WHOLE = bound(issued())


@given(st.integers(0, len(WHOLE) - 1), st.sampled_from("AQg_-.~ é"))
def test_no_letter_can_be_another_one(place, letter):
    changed = WHOLE[:place] + letter + WHOLE[place + 1 :]
    if changed != WHOLE:
        with pytest.raises(VerifiableBadgesError):
            judge(changed, binding_needed=True)


@given(st.text() | st.text("eyJhbGciOiJFZERTQSJ9.-_~A", max_size=80))
def test_whatever_comes_only_our_errors_leave(text):
    with pytest.raises(VerifiableBadgesError):
        judge(text)


def test_paths_of_a_badge():
    assert parse_path("credentialSubject.identifier[0].identityHash") == (*IDENTIFIER, "identityHash")


def test_the_holder_s_key_is_named_by_the_issuer():
    payload = parse(jws.parse(parse_sd_jwt(issued()).token).payload)

    assert PublicKey.from_jwk(payload["cnf"]["jwk"]) == ADA_KEY.public
